//! What is told at the end of a command that wrote a folder.

use std::path::Path;

use crate::report::wrap;

/// Columns of what is told; two of them are for the second and further lines.
const WIDTH: usize = 78;

/// What was written, and what to look at first.
pub(super) fn told(folder: &Path, names: &[String]) -> String {
    let (charts, others): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| name.starts_with("charts/"));
    let mut listed: Vec<String> = others.into_iter().cloned().collect();
    match charts.len() {
        0 => {}
        1 => listed.push("1 chart in charts/".into()),
        many => listed.push(format!("{many} charts in charts/")),
    }
    let written = format!("Written to {}: {}.", folder.display(), listed.join(", "));
    let written = wrap(&written, WIDTH).join("\n  ");
    format!("{written}\nTo look at: {}", folder.join("report.html").display())
}
