//! `report.html` of a comparison, and of what each rule is worth: one page for whoever has no terminal, to look at and to
//! print, with nothing to fetch. The style is that of a result's page.

use super::charts::{self, Chart, escaped};
use super::comparison::{claim, extent, is_telling_part, legend, letters_and_names};
use super::comparison_charts::{charts_of, name, worth_charts};
use super::gates;
use super::number;
use super::worth::{self, HEADINGS};
use crate::experiment::{Comparison, Difference, Measured, RuleWorth, Standing, WORTH, letter};
use crate::measures::{Group, Unit};
use crate::rules::Rule;
use std::fmt::Write;

/// What the page may do: nothing but show what stands in it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/// The page of a comparison: each scenario against the first, the best of several, the gates.
pub(super) fn comparison_page(comparison: &Comparison) -> String {
    let mut body = String::new();
    for index in 1..comparison.results.len() {
        let heading = format!("{} against {}: {}", letter(index), letter(0), comparison.names[index]);
        section(&mut body, &heading, &(contrast(comparison, index) + &figures(&charts_of(comparison, index))));
    }
    if !comparison.best.is_empty() {
        section(&mut body, &format!("Best of {}", comparison.results.len()), &best(comparison));
    }
    let mut judged = String::new();
    gates::section(&mut judged, &comparison.gates);
    if !judged.is_empty() {
        section(&mut body, "Gates", &format!("<pre>{}</pre>", escaped(judged.trim())));
    }
    section(&mut body, "How to read this", &reading(&legend(comparison), &comparison.notes));
    let names = letters_and_names(comparison);
    let lead: String =
        names.iter().map(|(letter, told)| format!("<p class=\"run\">{letter} {}</p>", escaped(told))).collect();
    document(
        &format!("{} scenarios compared", names.len()),
        "Compared on the same customers",
        &lead,
        &extent(comparison),
        &body,
    )
}

/// The page of what each rule is worth: the table, the same in words, pictures, and the rules that cannot be taken back.
pub(super) fn worth_page(found: &RuleWorth) -> String {
    let mut body = String::new();
    section(&mut body, "With the rule, less without it", &worth_table(found));
    section(&mut body, "In words", &listed(&worth::sentences(found)));
    section(&mut body, "In pictures", &figures(&worth_charts(found)));
    section(&mut body, "Not measured", &listed(&worth::not_measured(found)));
    section(&mut body, "How to read this", &reading(&worth::legend(found), &found.comparison.notes));
    let scenario = &found.comparison.results[0].scenario;
    document(scenario, "What each promise brings and costs", "", &extent(&found.comparison), &body)
}

fn document(title: &str, kind: &str, lead: &str, extent: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} – backorder</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{css}{chart_css}</style>\n\
         </head>\n<body>\n<header>\n<p class=\"kind\">{kind}</p>\n<h1>{title}</h1>\n{lead}\n<p class=\"run\">{extent}.</p>\n\
         </header>\n<main>\n{body}</main>\n<footer><p>Made by backorder {version}.</p></footer>\n</body>\n</html>\n",
        title = escaped(title),
        kind = escaped(kind),
        extent = escaped(extent),
        css = include_str!("page/style.css"),
        chart_css = charts::STYLE,
        version = env!("CARGO_PKG_VERSION"),
    )
}

fn section(body: &mut String, title: &str, inner: &str) {
    let _ = writeln!(body, "<section>\n<h2>{}</h2>\n{inner}</section>", escaped(title));
}

fn figures(charts: &[(String, Chart)]) -> String {
    let mut html = String::from("<div class=\"charts\">\n");
    for (_, chart) in charts {
        let (title, caption) = (escaped(&chart.title), escaped(&chart.caption));
        let _ = writeln!(html, "<figure><h3>{title}</h3><figcaption>{caption}</figcaption>{}</figure>", chart.inline());
    }
    html.push_str("</div>\n");
    if charts.is_empty() { String::new() } else { html }
}

/// Rules and a text for each.
fn listed(rows: &[(Rule, String)]) -> String {
    let mut html = String::from("<dl style=\"grid-template-columns:minmax(7rem,13rem) 1fr\">\n");
    for (rule, text) in rows {
        let _ = writeln!(html, "<dt><code>{}</code></dt><dd>{}</dd>", rule.id(), escaped(text));
    }
    html.push_str("</dl>\n");
    html
}

fn reading(legend: &str, notes: &[String]) -> String {
    let mut html = format!("<p class=\"prose\">{}</p>\n", escaped(legend));
    for note in notes {
        let _ = writeln!(html, "<p class=\"prose\">Note: {}.</p>", escaped(note));
    }
    html
}

/// The class of a verdict's colour.
fn class(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(Standing::Better) => "kept",
        Some(Standing::Worse) => "broken",
        Some(Standing::Unclear { .. }) => "undecided",
        Some(Standing::Higher | Standing::Lower) => "changed",
        _ => "none",
    }
}

fn head(html: &mut String, columns: &[(String, bool)]) {
    html.push_str("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    for (title, number) in columns {
        let class = if *number { " class=\"number\"" } else { "" };
        let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escaped(title));
    }
    html.push_str("</tr></thead><tbody>\n");
}

/// A difference with its interval below it, in the colour of its verdict.
fn difference(html: &mut String, unit: Unit, found: Option<&Difference>) {
    let standing = found.and_then(|found| found.judged).map(|judged| judged.standing);
    let shown = match found.and_then(|found| found.estimate.as_ref()) {
        Some(_) if standing == Some(Standing::Same) => "·".to_string(),
        None => number::NONE.to_string(),
        estimate => {
            let (mean, half) = number::difference(unit, estimate);
            format!("{mean}<small>± {half}</small>")
        }
    };
    let _ = write!(html, "<td class=\"number {}\">{shown}</td>", class(standing));
}

fn contrast(comparison: &Comparison, index: usize) -> String {
    let (a, b) = (letter(0), letter(index));
    let mut html = String::new();
    let columns = ["Measure".to_string(), a.to_string(), b.to_string(), format!("{b} − {a}"), "Verdict".to_string()];
    let numbers = [false, true, true, true, false];
    head(&mut html, &columns.into_iter().zip(numbers).collect::<Vec<_>>());
    for group in Group::ALL {
        let shown = comparison.contrasts[index - 1]
            .iter()
            .filter(|difference| difference.metric.definition().group == group)
            .filter(|difference| difference.judged.is_some() || is_telling_part(comparison, difference));
        for found in shown {
            let definition = found.metric.definition();
            let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(&name(found.metric)));
            for scenario in [0, index] {
                let value = number::compact(definition.unit, comparison.results[scenario].estimate(found.metric));
                let _ = write!(html, "<td class=\"number\">{}</td>", escaped(&value));
            }
            difference(&mut html, definition.unit, Some(found));
            let standing = found.judged.map(|judged| judged.standing);
            let verdict = match standing {
                Some(Standing::Unclear { enough: Some(enough) }) => format!("unclear ~{}", number::about(enough)),
                Some(standing) => standing.to_string(),
                None => String::new(),
            };
            let _ = writeln!(html, "<td class=\"verdict {}\">{verdict}</td></tr>", class(standing));
        }
    }
    html.push_str("</tbody></table></div>\n");
    html
}

fn best(comparison: &Comparison) -> String {
    let mut html = String::from("<dl style=\"grid-template-columns:minmax(7rem,13rem) 1fr\">\n");
    for found in &comparison.best {
        let _ = writeln!(html, "<dt>{}</dt><dd>{}</dd>", escaped(&name(found.metric)), escaped(&claim(found)));
    }
    html.push_str("</dl>\n");
    html
}

fn worth_table(found: &RuleWorth) -> String {
    let mut html = String::new();
    let measures = HEADINGS.iter().map(|(first, second)| (format!("{first} {second}"), true));
    head(&mut html, &std::iter::once(("Rule".to_string(), false)).chain(measures).collect::<Vec<_>>());
    html.push_str("<tr><th scope=\"row\">as it is</th>");
    for metric in WORTH {
        let unit = metric.definition().unit;
        let (value, half) = number::estimate(unit, found.comparison.results[0].estimate(metric));
        let value = value.trim_end_matches([' ', '%', 'd']);
        let _ = write!(html, "<td class=\"number\">{value}<small>± {half}</small></td>");
    }
    html.push_str("</tr>\n");
    for &(rule, measured) in &found.rules {
        if !matches!(measured, Measured::By(_)) {
            continue;
        }
        let promise = escaped(rule.promise());
        let _ = write!(html, "<tr><th scope=\"row\">{}<small>{promise}</small></th>", rule.id());
        for metric in WORTH {
            difference(&mut html, metric.definition().unit, found.effect(measured, metric).as_ref());
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Replications;
    use crate::experiment::{Judging, Settings, rule_worth};
    use crate::measures::fixture;
    use crate::report::fixture::compared;

    /// Tags that open and close alike, and nothing that a browser would fetch or run.
    fn assert_sound(page: &str) {
        for tag in ["section", "table", "thead", "tbody", "tr", "dl", "figure", "main", "header", "small", "svg"] {
            let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        for forbidden in ["<script", "src=", "NaN", "inf "] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn a_page_for_every_scenario_with_its_verdicts() {
        let mut comparison = compared();
        comparison.names[1] = "less <b>&".into();
        let page = comparison_page(&comparison);
        assert_sound(&page);
        assert!(page.contains("<h2>B against A: less &lt;b&gt;&amp;</h2>"), "a name is text");
        for heading in ["C against A: today again", "Best of 3", "Gates", "How to read this"] {
            assert!(page.contains(&format!("<h2>{heading}</h2>")), "{heading}");
        }
        let row = |label: &str| page.lines().find(|line| line.contains(&format!("<th scope=\"row\">{label}</th>")));
        assert!(row("order fill rate").is_some_and(|row| row.contains("<td class=\"verdict broken\">worse</td>")));
        assert!(row("on hand mean cost").is_some_and(|row| row.contains("<td class=\"verdict kept\">better</td>")));
    }

    #[test]
    fn every_rule_stands_on_the_page_measured_or_not() {
        let mut model = fixture::model();
        model.run.replications = Replications::Fixed(2);
        let worth = rule_worth(&model, &Settings::default(), &Judging::default(), &|_, _| ()).unwrap();
        let page = worth_page(&worth);
        assert_sound(&page);
        let measured = worth.rules.iter().filter(|(_, measured)| matches!(measured, Measured::By(_))).count();
        for (rule, measured) in &worth.rules {
            let rows = page.matches(&format!("<tr><th scope=\"row\">{}<small>", rule.id())).count();
            let told = page.matches(&format!("<dt><code>{}</code></dt>", rule.id())).count();
            assert_eq!((rows, told), (usize::from(matches!(measured, Measured::By(_))), 1), "{}", rule.id());
        }
        assert!((5..15).contains(&measured), "{measured}");
    }
}
