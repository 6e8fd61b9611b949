//! Settings written into a scenario's text as a person would write them: comments and layout stay, and a value that
//! changed says what it was.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::scenario::Override;

/// The tables whose rows are named by their id.
const ID: &str = "id";

/// The scenario's text with the settings in it.
///
/// # Errors
/// A sentence where the text is not TOML, or a path leads into a row that is not in it (rows may stand in a file of their own).
pub(super) fn rewrite(text: &str, changes: &[Override]) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    for change in changes {
        set(document.as_item_mut(), &steps(&change.path), value_of(&change.value))
            .map_err(|why| format!("`{}` cannot be written into the scenario: {why}", change.path))?;
    }
    Ok(document.to_string())
}

/// What a setting is in a scenario's text, as a person would name it; `None` where it is not written there.
pub(super) fn written(text: &str, path: &str) -> Option<String> {
    let mut value = &toml::Value::Table(text.parse().ok()?);
    for step in steps(path) {
        value = match value {
            toml::Value::Table(table) => table.get(&step)?,
            toml::Value::Array(rows) => {
                let by_id = rows.iter().find(|row| row.get(ID).and_then(toml::Value::as_str) == Some(&step));
                by_id.or_else(|| rows.get(step.parse::<usize>().ok()?))?
            }
            _ => return None,
        };
    }
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_string))
}

/// A path's keys: dots set them apart, quotes hold a dot together.
fn steps(path: &str) -> Vec<String> {
    let (mut steps, mut quoted) = (vec![String::new()], false);
    for c in path.chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => steps.push(String::new()),
            _ => steps.last_mut().expect("there is always one").push(c),
        }
    }
    steps.iter().map(|step| step.trim().to_string()).collect()
}

/// The value as TOML, or as a text where it is none: `after=never` needs no quotes. A bare time is a text as well, as settings are
/// read: in a file it stands in quotes.
fn value_of(text: &str) -> Value {
    fn with_times_as_texts(value: &mut Value) {
        match value {
            Value::Datetime(time) => *value = Value::from(time.display_repr().trim().to_string()),
            Value::Array(values) => values.iter_mut().for_each(with_times_as_texts),
            Value::InlineTable(table) => table.iter_mut().for_each(|(_, value)| with_times_as_texts(value)),
            _ => {}
        }
    }
    let mut value = text.trim().parse().unwrap_or_else(|_| Value::from(text));
    with_times_as_texts(&mut value);
    value
}

/// Sets a value. What it was is told behind its line; where there is no room for that, it is returned, for whoever has.
fn set(item: &mut Item, steps: &[String], value: Value) -> Result<Option<String>, String> {
    let (step, rest) = steps.split_first().expect("a path has keys");
    if let Item::ArrayOfTables(rows) = item {
        let by_id = rows.iter().position(|row| row.get(ID).and_then(Item::as_str) == Some(step));
        let number = by_id.or(step.parse().ok()).filter(|&number| number < rows.len());
        let row = number.and_then(|number| rows.get_mut(number)).ok_or(format!("there is no row `{step}`"))?;
        return set_in(row, true, rest, value);
    }
    if let Item::Value(Value::Array(rows)) = item {
        return set_in_array(rows, step, rest, value);
    }
    // An inline table ends where its line does: what a value in it was can be told behind the table alone.
    let tells = !item.is_inline_table();
    let table = item.as_table_like_mut().ok_or("the path goes on behind a single value")?;
    set_in(table, tells, steps, value)
}

fn set_in_array(rows: &mut Array, step: &str, rest: &[String], value: Value) -> Result<Option<String>, String> {
    let id = |row: &Value| row.as_inline_table().and_then(|row| row.get(ID)).and_then(Value::as_str) == Some(step);
    let number = rows.iter().position(id).or(step.parse().ok()).filter(|&number| number < rows.len());
    let row = number.and_then(|number| rows.get_mut(number)).ok_or(format!("there is no row `{step}`"))?;
    let row: &mut InlineTable = row.as_inline_table_mut().ok_or("the path goes on behind a single value")?;
    // Rows in one list may share a line, so that it is not told in which of them something changed.
    set_in(row, false, rest, value).map(|_| None)
}

/// Tells behind a value what was there before, before the comment that stands there already.
fn mark(value: &mut Value, before: &str) {
    let suffix = value.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or_default().trim();
    let kept = suffix.strip_prefix('#').map(|comment| format!(";{comment}")).unwrap_or_default();
    value.decor_mut().set_suffix(format!("  # {before}{kept}"));
}

fn set_in(table: &mut dyn TableLike, tells: bool, steps: &[String], value: Value) -> Result<Option<String>, String> {
    let (step, rest) = steps.split_first().ok_or("it names a whole row")?;
    if !rest.is_empty() {
        if rest.len() == 1 && table.get("file").is_some() {
            return Err(format!(
                "the rows stand in the file {}",
                table.get("file").map(Item::to_string).unwrap_or_default()
            ));
        }
        let inner = table.entry(step).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let untold = set(inner, rest, value)?.map(|before| format!("{step}.{before}"));
        return Ok(match (untold, inner) {
            (Some(before), Item::Value(inner)) if tells => {
                mark(inner, &before);
                None
            }
            (untold, _) => untold,
        });
    }
    let mut untold = None;
    match table.get_mut(step) {
        Some(item) => {
            let before = item.to_string().trim().to_string();
            let mut value = value;
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            if before == value.to_string().trim() {
                return Ok(None);
            }
            let suffix = value.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or_default().trim();
            let was = format!("was {}", before.strip_suffix(suffix).unwrap_or(&before).trim());
            if tells {
                mark(&mut value, &was);
            } else {
                untold = Some(format!("{step} {was}"));
            }
            *item = Item::Value(value);
        }
        None => {
            let (mut value, was) = (value, "was not set");
            if tells {
                mark(&mut value, was);
            } else {
                untold = Some(format!("{step} {was}"));
            }
            table.insert(step, Item::Value(value));
        }
    }
    Ok(untold)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# A shop.
[run]
horizon = \"90d\" # a quarter

[[vendors]]
id = \"acme\"
expedite = { lead_time = \"2d\", cost_per_unit = 1 }

[replenishment]
reorder_point = 3
target = { fill_rate = 0.95 }
";

    fn rewritten(changes: &[(&str, &str)]) -> Result<String, String> {
        let changes: Vec<Override> =
            changes.iter().map(|&(path, value)| Override { path: path.into(), value: value.into() }).collect();
        rewrite(TEXT, &changes)
    }

    #[test]
    fn what_is_written_is_found_by_its_path() {
        let text =
            "a = { b = 5 }\n[[vendors]]\nid = \"acme\"\nlead_time = \"6d\"\n[rules.split]\nship_available = 0.5\n";
        for (path, value) in [
            ("a.b", Some("5")),
            ("vendors.acme.lead_time", Some("6d")),
            ("vendors.0.lead_time", Some("6d")),
            ("rules.split.ship_available", Some("0.5")),
            ("rules.split.when", None),
            ("vendors.other.lead_time", None),
            ("a.b.c", None),
        ] {
            assert_eq!(written(text, path).as_deref(), value, "{path}");
        }
    }

    #[test]
    fn what_is_not_changed_stays_as_it_was() {
        assert_eq!(rewritten(&[]).unwrap(), TEXT);
        assert_eq!(rewritten(&[("replenishment.reorder_point", "3")]).unwrap(), TEXT);
    }

    #[test]
    fn a_changed_value_says_what_it_was() {
        let text = rewritten(&[("replenishment.reorder_point", "7"), ("run.horizon", "1y")]).unwrap();
        let expected = TEXT
            .replace("reorder_point = 3", "reorder_point = 7  # was 3")
            .replace("\"90d\" # a quarter", "\"1y\"  # was \"90d\"; a quarter");
        assert_eq!(text, expected);
    }

    #[test]
    fn rows_are_found_by_id_and_what_was_missing_is_added() {
        let text = rewritten(&[("vendors.acme.minimum_units", "5"), ("rules.split.ship_available", "0.5")]).unwrap();
        assert!(text.contains("minimum_units = 5  # was not set\n"), "{text}");
        assert!(text.contains("[rules.split]\nship_available = 0.5  # was not set\n"), "{text}");
        assert!(text.parse::<toml::Table>().is_ok());
    }

    #[test]
    fn a_value_in_an_inline_table_is_changed_in_its_line() {
        let text =
            rewritten(&[("replenishment.target.fill_rate", "0.98"), ("vendors.acme.expedite.cost_per_unit", "2")]);
        let text = text.unwrap();
        // What it was is told behind the table.
        assert!(text.contains("target = { fill_rate = 0.98 }  # target.fill_rate was 0.95\n"), "{text}");
        let expected = "{ lead_time = \"2d\", cost_per_unit = 2 }  # expedite.cost_per_unit was 1\n";
        assert!(text.contains(expected), "{text}");
        let text = "a = { b = 1, c = { d = 2 } } # a remark\n";
        let changes = [("a.b", "3"), ("a.c.d", "4"), ("a.c.e", "5")];
        let changes = changes.map(|(path, value)| Override { path: path.into(), value: value.into() });
        let expected = "a = { b = 3, c = { d = 4 , e = 5 } }  # a.c.e was not set; a.c.d was 2; a.b was 1; a remark\n";
        assert_eq!(rewrite(text, &changes).unwrap(), expected);
    }

    #[test]
    fn a_bare_time_is_written_as_the_text_that_it_is_read_as() {
        let text = rewritten(&[
            ("vendors.acme.cut_off", "14:00"),
            ("run.start", "2026-01-05"),
            ("calendar.holidays", "[2026-12-25]"),
        ]);
        let text = text.unwrap();
        for line in ["cut_off = \"14:00\"", "start = \"2026-01-05\"", "holidays = [\"2026-12-25\"]"] {
            assert!(text.contains(line), "{line}: {text}");
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_is_told() {
        assert!(rewritten(&[("vendors.zeta.minimum_units", "5")]).unwrap_err().contains("no row `zeta`"));
    }
}
