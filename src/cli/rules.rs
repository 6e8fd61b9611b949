//! `rules`: the catalogue of the retailer's rules, and one rule's page.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;

use super::console;
use super::failure::Failure;
use super::options::Output;
use crate::report::wrap;
use crate::rules::Rule;
use crate::scenario;

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// The rule to explain
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

/// Columns of the catalogue, and of its identifiers.
const WIDTH: usize = 80;
const IDS: usize = 22;

/// Lists the rules, or explains one.
pub(super) fn rules(args: &RulesArgs, output: Output) -> Result<(), Failure> {
    match &args.rule {
        None if output.json => {
            let rules: Vec<_> = Rule::ALL.into_iter().map(as_json).collect();
            console::json(&format!("{:#}\n", json!(rules)))
        }
        None => console::data(&catalogue()),
        Some(id) => {
            let rule = Rule::from_id(id).ok_or_else(|| unknown(id))?;
            if output.json { console::data(&format!("{:#}\n", as_json(rule))) } else { console::data(&page(rule)) }
        }
    }
}

fn as_json(rule: Rule) -> serde_json::Value {
    json!({"id": rule.id(), "promise": rule.promise(), "settings": settings(rule), "page": rule.page()})
}

fn unknown(id: &str) -> Failure {
    let hint = match scenario::closest(id, Rule::ALL.iter().map(|rule| rule.id())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`backorder rules` lists them".to_string(),
    };
    Failure::wrong(format!("there is no rule `{id}`; {hint}"))
}

/// A rule's page, which is written for wider lines.
fn page(rule: Rule) -> String {
    let page = rule.page();
    let paragraphs: Vec<String> = page.split("\n\n").map(|text| wrap(text, WIDTH).join("\n")).collect();
    paragraphs.join("\n\n") + "\n"
}

/// Every rule with its promise and the settings that change it.
fn catalogue() -> String {
    let mut text = format!("{:IDS$} {}\n", "Rule", "What the retailer promises, and its settings");
    for rule in Rule::ALL {
        let mut lines = wrap(rule.promise(), WIDTH - IDS - 1);
        let settings = settings(rule);
        if !settings.is_empty() {
            lines.extend(wrap(&format!("settings: {}", settings.join(", ")), WIDTH - IDS - 1));
        }
        text.push('\n');
        for (number, line) in lines.iter().enumerate() {
            let id = if number == 0 { rule.id() } else { "" };
            writeln!(text, "{id:IDS$} {line}").expect("writing to a string cannot fail");
        }
    }
    text.push_str("\n`backorder rules RULE` explains one.\n");
    text
}

/// The settings that a rule's page names, in its order: what stands there as code, without values.
fn settings(rule: Rule) -> Vec<String> {
    let page = rule.page();
    let Some(paragraph) = page.split("\n\n").find(|paragraph| paragraph.starts_with("**Settings.**")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::new();
    for code in paragraph.replace('\n', " ").split('`').skip(1).step_by(2) {
        let name = code.split(" =").next().unwrap_or(code).to_string();
        let is_value = name.starts_with('"') || name.parse::<f64>().is_ok();
        if !is_value && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_named_without_their_values() {
        assert_eq!(settings(Rule::AutoCancel), ["rules.cancellation.after", "clock", "scope"]);
        assert_eq!(settings(Rule::FreeSplit), [""; 0]);
    }

    #[test]
    fn the_catalogue_fits_the_page() {
        let text = catalogue();
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(Rule::ALL.iter().all(|rule| text.contains(&format!("\n{} ", rule.id()))), "{text}");
    }
}
