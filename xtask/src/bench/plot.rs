//! A bar for every operation and side: processor time per request.

use std::fmt::Write as _;

use super::report::COMPARED;
use super::{OPERATIONS, Results, SIDES};

const COLOURS: [&str; 3] = ["#2f6fb5", "#8aa4bf", "#c9c9c9"];
const SCALE: f64 = 360.0;
const ROW: u32 = 22;

pub(super) fn svg(results: &Results) -> String {
    let cpu = |operation, side| results.cells[&(operation, COMPARED, side)].cpu;
    let most = OPERATIONS.iter().flat_map(|operation| SIDES.map(|side| cpu(operation, side))).fold(1.0, f64::max);
    let mut bars = String::new();
    let mut y = 34;
    for operation in OPERATIONS {
        let _ = writeln!(bars, r#"<text x="8" y="{}" font-weight="bold">{operation}</text>"#, y + 15);
        for (side, colour) in SIDES.into_iter().zip(COLOURS) {
            let (value, end) = (cpu(operation, side), 220.0 + cpu(operation, side) / most * SCALE);
            let _ = writeln!(
                bars,
                concat!(
                    r#"<text x="210" y="{text}" text-anchor="end">{side}</text>"#,
                    r#"<rect x="220" y="{y}" width="{width:.1}" height="16" fill="{colour}"/>"#,
                    r#"<text x="{label:.1}" y="{text}">{value:.1} µs</text>"#
                ),
                text = y + 13,
                side = side,
                y = y,
                width = end - 220.0,
                colour = colour,
                label = end + 6.0,
                value = value,
            );
            y += ROW;
        }
        y += 10;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"660\" height=\"{y}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"660\" height=\"{y}\" fill=\"#ffffff\"/>\n\
         <text x=\"8\" y=\"20\">Processor time of the client per request, {COMPARED} at a time (less is better)</text>\n\
         {bars}</svg>\n"
    )
}
