//! `report.html`: one file that says it all, with nothing to fetch.
//!
//! Everything in it follows from the contents of the result's other files, which lie in it too, so that a reader can
//! take the data out again. Texts of a scenario's author are escaped; a policy in its head forbids any request.

mod markup;
mod sections;
mod tables;

use super::charts::{self, Chart, escaped};
use super::data::Data;
use super::number::grouped;
use markup::{days, downloads, link_to_data, unbroken};
use std::fmt::Write;

/// Files larger than this stay beside the page.
const LARGEST_INSIDE: usize = 2_000_000;

/// What the page may do: run what stands in it, and fetch nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      form-action 'none'; base-uri 'none'";

/// The page. `files` are the result's files by name; those not too large lie in the page to be taken out.
pub(super) fn page(data: &Data, charts: &[Chart], files: &[&(String, String)]) -> String {
    let inside: Vec<(&str, &str)> = (files.iter())
        .filter(|(_, text)| text.len() <= LARGEST_INSIDE)
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let parts = sections::all(data, charts, &inside, files);
    let mut page = String::new();
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"backorder {version}\">\n\
         <title>{title} – backorder report</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <style>\n{css}{chart_css}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#scorecard\">To the scorecard</a>\n",
        version = escaped(&data.facts.origin.version),
        title = escaped(&data.summary.scenario),
        css = include_str!("../html/style.css"),
        chart_css = charts::STYLE,
    );
    header(&mut page, data);
    page.push_str("<nav aria-label=\"Sections\"><ul>");
    for part in &parts {
        let _ = write!(page, "<li><a href=\"#{}\">{}</a></li>", part.id, part.title);
    }
    page.push_str("</ul></nav>\n<main>\n");
    for part in &parts {
        let _ = writeln!(
            page,
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{}</h2>\n{}</section>",
            part.title,
            part.body,
            id = part.id
        );
    }
    let _ = write!(
        page,
        "</main>\n<footer><p>Made by backorder {}. Everything on this page is computed from the data in it.</p></footer>\n\
         <div id=\"tip\" role=\"status\" hidden></div>\n{}<script>\n{}</script>\n</body>\n</html>\n",
        escaped(&data.facts.origin.version),
        downloads(&inside),
        include_str!("../html/script.js")
    );
    page
}

fn header(page: &mut String, data: &Data) {
    let summary = &data.summary;
    let replications = match summary.replications {
        1 => "1 replication".to_string(),
        n => format!("{} replications", grouped(n as f64, 0)),
    };
    let mut run = format!("{replications} of {}", days(summary.horizon_days));
    if summary.warm_up_days > 0.0 {
        let _ = write!(run, " after {} of warm-up", days(summary.warm_up_days));
    }
    if summary.run_out_days > 0.0 {
        let _ = write!(run, ", {} of run-out", days(summary.run_out_days));
    }
    let _ = write!(run, ", seed {}.", summary.seed);
    let _ = writeln!(
        page,
        "<header>\n<p class=\"kind\">Order fulfilment, simulated</p>\n<h1>{}</h1>",
        escaped(&summary.scenario)
    );
    if !data.facts.description.trim().is_empty() {
        let _ = writeln!(page, "<p class=\"lead\">{}</p>", escaped(data.facts.description.trim()));
    }
    let _ = writeln!(page, "<p class=\"run\">{run}</p>");
    if summary.interrupted {
        page.push_str("<p class=\"warning\">The run was interrupted: these are the replications done by then.</p>\n");
    }
    page.push_str("</header>\n");
}

/// A chart with its title, finding and data.
fn figure(chart: &Chart, inside: &[(&str, &str)]) -> String {
    format!(
        "<figure id=\"chart-{}\"><h3>{}</h3><figcaption>{}</figcaption>{}{}</figure>\n",
        chart.id,
        escaped(&chart.title),
        unbroken(&escaped(&chart.caption)),
        chart.inline(),
        link_to_data(chart.source, inside)
    )
}
