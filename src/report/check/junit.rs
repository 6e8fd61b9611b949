//! A check as JUnit XML: a test case for each baseline, and one for decisions that are others.

use std::fmt::Write as _;

use super::CHECK_TITLE;
use super::summary::CheckSummary;
use super::words;
use crate::experiment::check::Verdict;
use crate::report::charts::escaped;

/// The check as JUnit XML.
pub fn junit(check: &CheckSummary) -> String {
    let mut files: Vec<&str> = check.decisions.iter().map(|moved| moved.file.as_str()).collect();
    files.dedup();
    let failures = files.len() + check.baselines.iter().filter(|it| it.verdict != Verdict::Unmoved).count();
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", files.len() + check.baselines.len());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut line = |text: std::fmt::Arguments<'_>| {
        out.write_fmt(text).expect("writing to a string cannot fail");
        out.push('\n');
    };
    line(format_args!("<testsuites name=\"{CHECK_TITLE}\" {counts}>"));
    line(format_args!("  <testsuite name=\"{CHECK_TITLE}\" {counts}>"));
    for file in files {
        let told: Vec<String> =
            check.decisions.iter().filter(|moved| moved.file == file).map(|moved| moved.sentence()).collect();
        let file = escaped(file);
        line(format_args!("    <testcase classname=\"{file}\" name=\"decisions\" file=\"{file}\">"));
        line(format_args!(
            "      <failure type=\"moved\" message=\"{}\">{}</failure>",
            escaped(&told[0]),
            escaped(&told.join("\n"))
        ));
        line(format_args!("    </testcase>"));
    }
    for baseline in &check.baselines {
        let (name, file) = (escaped(&baseline.name), escaped(&baseline.file));
        let case = format!("<testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\"");
        let told: Vec<String> = baseline
            .cells
            .iter()
            .filter(|cell| cell.verdict != Verdict::Unmoved)
            .map(|cell| words::cell(baseline, cell))
            .collect();
        let kind = match baseline.verdict {
            Verdict::Unmoved => {
                line(format_args!("    {case}/>"));
                continue;
            }
            Verdict::Moved => "moved",
            Verdict::Undecided => "undecided",
        };
        let message = escaped(told.first().map_or(&check.sentence, |first| first));
        line(format_args!("    {case}>"));
        line(format_args!(
            "      <failure type=\"{kind}\" message=\"{message}\">{}</failure>",
            escaped(&told.join("\n"))
        ));
        line(format_args!("    </testcase>"));
    }
    line(format_args!("  </testsuite>"));
    line(format_args!("</testsuites>"));
    out
}
