use serde_json::json;

use super::{VENDORS, bare, done};

#[test]
fn the_list_tells_method_quota_lost_answers_and_page_of_every_operation() {
    let rows = done(bare(&["operations", "--json"])).json();
    let rows = rows.as_array().unwrap();
    for (vendor, _) in VENDORS {
        assert!(rows.iter().any(|row| row["vendor"] == vendor), "{vendor}");
    }
    for row in rows {
        assert!(row["page"].as_str().unwrap().starts_with("https://"), "{row}");
        assert!(["repeated", "reported"].iter().any(|word| row["lost_answer"] == *word), "{row}");
        assert_eq!(row["lost_answer"] == "reported", row["idempotency"] == "unsafe", "{row}");
        assert!(row["attempt_timeout_ms"].as_u64() <= row["deadline_ms"].as_u64(), "{row}");
    }
    let find = |name: &str| rows.iter().find(|row| row["operation"] == name).unwrap();
    assert_eq!(find("UpdatePlayer")["quota"], json!({"class": "UpdatePlayer", "permits": 20, "per_ms": 1000}));
    assert_eq!((&find("Query")["method"], &find("Query")["idempotency"]), (&json!("GET"), &json!("safe")));
    assert_eq!(find("Start")["lost_answer"], "reported");
}

#[test]
fn the_table_for_people_has_the_same_rows() {
    let rows = done(bare(&["operations", "--json"])).json();
    let table = done(bare(&["operations"])).stdout;
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), rows.as_array().unwrap().len() + 1);
    for (line, row) in lines[1..].iter().zip(rows.as_array().unwrap()) {
        for member in ["vendor", "operation", "method", "lost_answer", "page"] {
            assert!(line.contains(row[member].as_str().unwrap()), "{line}");
        }
    }
    assert!(lines[1].contains("20/s"), "{}", lines[1]);
}
