//! Pieces of markup: text with emphasis, data to take out, days in words.

use crate::report::charts::escaped;
use crate::report::number::grouped;
use std::fmt::Write;

/// The data inside the page, in a form that no text in it can break out of.
pub(super) fn downloads(inside: &[(&str, &str)]) -> String {
    let mut json = String::from("<script type=\"application/json\" id=\"files\">{");
    for (index, (name, text)) in inside.iter().enumerate() {
        let value = |text: &str| serde_json::Value::from(text).to_string().replace('<', "\\u003c");
        let _ = write!(json, "{}\n{}:{}", if index > 0 { "," } else { "" }, value(name), value(text));
    }
    json.push_str("\n}</script>\n");
    json
}

/// A link that saves a file of the data, or says where it lies.
pub(super) fn link_to_data(name: &str, inside: &[(&str, &str)]) -> String {
    let name_shown = escaped(name);
    if inside.iter().any(|(file, _)| *file == name) {
        format!("<p class=\"data\">Data: <a href=\"#data\" data-file=\"{name_shown}\">{name_shown}</a></p>")
    } else {
        format!("<p class=\"data\">Data: <code>{name_shown}</code>, beside this page</p>")
    }
}

/// Days in words: `365 days`, `1 day`, `0.5 days`.
pub(super) fn days(days: f64) -> String {
    let decimals = if days.fract() == 0.0 { 0 } else { 2 };
    format!("{} {}", grouped(days, decimals), if days == 1.0 { "day" } else { "days" })
}

/// A text whose numbers are not torn from what belongs to them at the end of a line.
pub(super) fn unbroken(markup: &str) -> String {
    markup.replace(" %", "\u{a0}%").replace("&lt; 0", "&lt;\u{a0}0").replace("&gt; 9", "&gt;\u{a0}9")
}

/// Paragraphs of Markdown as far as a rule's page uses it: emphasis and code; headings are left out.
pub(super) fn paragraphs(markdown: &str) -> String {
    let mut html = String::new();
    for block in markdown.split("\n\n").filter(|block| !block.starts_with('#')) {
        let _ = write!(html, "<p>{}</p>", emphasised(&block.replace('\n', " ")));
    }
    html
}

/// A line of Markdown with emphasis and code.
fn emphasised(text: &str) -> String {
    let mut html = String::new();
    for (index, part) in escaped(text).split('`').enumerate() {
        if index % 2 == 1 {
            let _ = write!(html, "<code>{part}</code>");
            continue;
        }
        for (index, part) in part.split("**").enumerate() {
            let inner = part.split('*').enumerate();
            let inner: String = inner
                .map(|(index, part)| if index % 2 == 1 { format!("<em>{part}</em>") } else { part.into() })
                .collect();
            html.push_str(&if index % 2 == 1 { format!("<strong>{inner}</strong>") } else { inner });
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;

    #[test]
    fn emphasis_and_code() {
        let html = paragraphs("# title\n\n**Promise.** It is *more* than `a < b`,\nalways.");
        let expected = "<p><strong>Promise.</strong> It is <em>more</em> than <code>a &lt; b</code>, always.</p>";
        assert_eq!(html, expected);
    }

    #[test]
    fn every_rules_page_comes_out_clean() {
        for rule in Rule::ALL {
            // An apostrophe is escaped by its number, whose sign is no heading's.
            let html = paragraphs(&rule.page()).replace("&#39;", "'");
            assert!(!html.contains("**") && !html.contains('`') && !html.contains('#'), "{html}");
            for tag in ["p", "strong", "em", "code"] {
                let count = |pattern: String| html.matches(&pattern).count();
                assert_eq!(count(format!("<{tag}>")), count(format!("</{tag}>")), "{tag} in {html}");
            }
        }
    }

    #[test]
    fn data_cannot_end_the_script_they_lie_in() {
        let json = downloads(&[("a.csv", "</script><script>alert(1)</script>")]);
        assert_eq!(json.matches("</script>").count(), 1);
        let inner = json.split_once('>').unwrap().1.rsplit_once("</script>").unwrap().0;
        let files: serde_json::Value = serde_json::from_str(inner).unwrap();
        assert_eq!(files["a.csv"], "</script><script>alert(1)</script>");
    }
}
