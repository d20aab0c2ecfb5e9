//! `livecloud operations`: what can be called by name.

use clap::{Args, ValueEnum as _};
use livecloud::core::{Idempotency, Meta};
use serde_json::{Value, json};

use crate::accounts::{Known, VendorName, with_account};
use crate::failure::Failure;
use crate::output;

const AFTER_HELP: &str = "\
A lost answer (time-out, broken connection, server error) is repeated where a repeat does no harm, and reported with
exit code 6 elsewhere.

Examples:
  livecloud operations
  livecloud operations --json";

/// List the typed operations of all vendors
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Print a JSON list
    #[arg(long)]
    json: bool,
}

/// An operation and whose it is.
type Row = (&'static str, &'static Meta);

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let rows: Vec<Row> = VendorName::value_variants().iter().flat_map(|vendor| with_account!(vendor, rows())).collect();
    if arguments.json {
        output::json(rows.iter().map(|row| as_json(*row)).collect())?;
    } else {
        output::line(&table(&rows))?;
    }
    Ok(())
}

fn rows<V: Known>() -> Vec<Row> {
    V::REGISTRY.iter().map(|entry| (V::NAME, entry.meta())).collect()
}

fn as_json((vendor, meta): Row) -> Value {
    let milliseconds = |duration: std::time::Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    json!({
        "vendor": vendor,
        "operation": meta.name,
        "method": meta.method.as_str(),
        "quota": meta.quota.map(|quota| json!({
            "class": quota.class, "permits": quota.permits, "per_ms": milliseconds(quota.per),
        })),
        "idempotency": match meta.idempotency {
            Idempotency::Safe => "safe",
            Idempotency::Idempotent => "idempotent",
            Idempotency::Unsafe => "unsafe",
        },
        "lost_answer": lost(meta),
        "attempt_timeout_ms": milliseconds(meta.attempt_timeout),
        "deadline_ms": milliseconds(meta.deadline),
        "page": meta.page,
    })
}

fn table(rows: &[Row]) -> String {
    let header = ["VENDOR", "OPERATION", "METHOD", "QUOTA", "LOST ANSWER", "PAGE"].map(str::to_owned);
    let cells = rows.iter().map(|(vendor, meta)| {
        [vendor, meta.name, meta.method.as_str(), &quota(meta), lost(meta), meta.page].map(str::to_owned)
    });
    let cells: Vec<_> = std::iter::once(header).chain(cells).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].len()).max().unwrap_or_default();
    let widths: Vec<_> = (0..5).map(width).collect();
    let lines = cells.iter().map(|row| {
        let padded: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}  {}", padded.join("  "), row[5])
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn quota(meta: &Meta) -> String {
    match meta.quota {
        None => "none documented".to_owned(),
        Some(quota) if quota.per.as_secs() == 1 => format!("{}/s", quota.permits),
        Some(quota) => format!("{} per {} s", quota.permits, quota.per.as_secs()),
    }
}

fn lost(meta: &Meta) -> &'static str {
    if meta.idempotency.is_repeatable() { "repeated" } else { "reported" }
}
