//! The tables that a planner fills in, such as what a unit and a parcel cost: what was typed in stays when the next export is imported.
//!
//! A cell was typed in where it is not as the last import made it. So each import keeps what it made, as it was before anything was
//! filled in, beside rows with such cells that an export had nothing of: they come back with the next one that does.

use super::writing::cell;
use crate::domain::phrase::plural;
use crate::scenario::{RecordLayout, Records, parse_number};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The file's name.
pub const MADE: &str = "import-tables.json.gz";

/// The tables that are filled in, each with the number of columns in front that name its rows.
pub const FILLED: [(&str, usize); 4] = [("zones.csv", 1), ("lanes.csv", 2), ("products.csv", 1), ("levels.csv", 2)];

/// What an import made, by the table's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tables {
    /// The tables as they were made.
    pub made: BTreeMap<String, String>,
    /// Rows that were filled in and that no export since had: their typed cells.
    pub aside: BTreeMap<String, String>,
}

/// A table with what was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Its text.
    pub text: String,
    /// Rows that this export has nothing of, for the next one.
    pub aside: String,
    /// Cells that stay as they were typed in.
    pub cells: usize,
    /// Rows of the planner's own.
    pub rows: usize,
    /// Rows that are set aside.
    pub rows_aside: usize,
}

impl Filled {
    /// What there is to tell of it where the export replaces it.
    pub fn replaced(&self, name: &str) -> Option<String> {
        let lost = match self.cells + self.rows + self.rows_aside {
            0 => return None,
            1 => "1 value or row that was filled in is".to_string(),
            many => format!("{many} values or rows that were filled in are"),
        };
        Some(format!("in {name}, {lost} gone, as --force says."))
    }

    /// What there is to tell of it.
    pub fn told(&self, name: &str) -> Option<String> {
        let mut parts = Vec::new();
        for (count, what) in [(self.cells, "value"), (self.rows, "row")] {
            if count > 0 {
                parts.push(plural(count, what));
            }
        }
        let kept = match (parts.is_empty(), self.cells + self.rows) {
            (true, _) => None,
            (false, 1) => Some(format!("{} that was filled in is kept", parts.join(" and "))),
            (false, _) => Some(format!("{} that were filled in are kept", parts.join(" and "))),
        };
        let aside = match self.rows_aside {
            0 => None,
            1 => Some(
                "1 row that was filled in is of nothing in this export, and comes back with one that has it".into(),
            ),
            rows => Some(format!(
                "{rows} rows that were filled in are of nothing in this export, and come back with one that has them"
            )),
        };
        let told: Vec<String> = kept.into_iter().chain(aside).collect();
        (!told.is_empty()).then(|| format!("in {name}, {} (--force takes what the export says).", told.join("; ")))
    }
}

/// A table with what was filled in: `there` is the file as it stands, `made` what this import made of it.
///
/// # Errors
/// Why the file cannot be read as the table that it is.
pub fn filled(name: &str, tables: &Tables, there: &str, made: &str) -> Result<Filled, String> {
    let keys = FILLED.iter().find(|(known, _)| *known == name).map_or(1, |(_, keys)| *keys);
    let new = Sheet::of(made, keys, None)?;
    let there = Sheet::of(there, keys, Some(&new.header))?;
    let was = tables.made.get(name).map(|text| Sheet::of(text, keys, Some(&new.header))).transpose()?;
    let aside = tables.aside.get(name).map(|text| Sheet::of(text, keys, Some(&new.header))).transpose()?;
    let aside = aside.unwrap_or_default();
    // Nothing is known of a cell of no import: then what says something else than this one was typed in.
    let is_typed = |key: &[String], title: &str, value: &str| match &was {
        Some(was) => was.value(key, title).map_or(!value.is_empty(), |before| !is_same(before, value)),
        None => !value.is_empty() && !new.value(key, title).is_some_and(|made| is_same(made, value)),
    };
    let is_own_column = |title: &&String| {
        let is_any = || there.rows.iter().any(|row| is_typed(&row.key, title, there.cell(row, title)));
        !new.header.contains(title) && is_any()
    };
    let mut header = new.header.clone();
    header.extend(there.header.iter().filter(is_own_column).cloned());
    header.extend(aside.header.iter().filter(|title| !new.header.contains(title)).cloned());
    let header: Vec<String> = header
        .iter()
        .enumerate()
        .filter(|(at, title)| !header[..*at].contains(title))
        .map(|(_, title)| title.clone())
        .collect();
    let mut found = Filled { text: line(&header), ..Filled::default() };
    for row in &new.rows {
        let mut cells = Vec::with_capacity(header.len());
        for title in &header {
            let made = new.cell(row, title);
            let typed = match there.row(&row.key) {
                Some(here) => Some(there.cell(here, title)).filter(|value| is_typed(&row.key, title, value)),
                None => aside.value(&row.key, title).filter(|value| !value.is_empty()),
            };
            found.cells += usize::from(typed.is_some_and(|value| !is_same(value, made)));
            cells.push(typed.unwrap_or(made).to_string());
        }
        found.text.push_str(&line(&cells));
    }
    let mut set_aside = String::new();
    let gone = there.rows.iter().filter(|row| new.row(&row.key).is_none());
    for row in gone {
        let is_own = was.as_ref().is_some_and(|was| was.row(&row.key).is_none());
        let cells: Vec<String> = header.iter().map(|title| there.cell(row, title).to_string()).collect();
        if is_own {
            found.rows += 1;
            found.text.push_str(&line(&cells));
            continue;
        }
        let typed = header.iter().zip(cells).enumerate().map(|(at, (title, value))| {
            if at < keys || is_typed(&row.key, title, &value) { value } else { String::new() }
        });
        let typed: Vec<String> = typed.collect();
        if typed[keys..].iter().any(|value| !value.is_empty()) {
            found.rows_aside += 1;
            set_aside.push_str(&line(&typed));
        }
    }
    let still = aside.rows.iter().filter(|row| new.row(&row.key).is_none() && there.row(&row.key).is_none());
    for row in still {
        set_aside.push_str(&line(&header.iter().map(|title| aside.cell(row, title).to_string()).collect::<Vec<_>>()));
    }
    if !set_aside.is_empty() {
        found.aside = format!("{}{set_aside}", line(&header));
    }
    Ok(found)
}

/// Whether two cells say the same: a spreadsheet writes 5 for 5.00.
fn is_same(one: &str, other: &str) -> bool {
    one == other || parse_number(one).is_some_and(|number| Some(number) == parse_number(other))
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\n", cells.join(","))
}

/// A table in memory.
#[derive(Debug, Default)]
struct Sheet {
    header: Vec<String>,
    rows: Vec<SheetRow>,
    index: HashMap<Vec<String>, usize>,
}

#[derive(Debug)]
struct SheetRow {
    key: Vec<String>,
    cells: Vec<String>,
}

impl Sheet {
    /// Reads a table; `of` are the headers of which the first ones name its rows, where they are not its own.
    fn of(text: &str, keys: usize, of: Option<&[String]>) -> Result<Self, String> {
        let mut records = Records::new(text, RecordLayout { separator: b',', skip_rows: 0 });
        let mut fields = Vec::new();
        let mut all: Vec<Vec<String>> = Vec::new();
        while let Some(record) = records.next_into(&mut fields) {
            record.map_err(|_| "it has a quote that nothing closes, or more behind one that closes".to_string())?;
            if fields.iter().any(|field| !field.text.trim().is_empty()) {
                all.push(fields.iter().map(|field| field.text.trim().to_string()).collect());
            }
        }
        let mut all = all.into_iter();
        let header = all.next().unwrap_or_default();
        let wanted = of.unwrap_or(&header);
        let mut sheet = Self { header: header.clone(), ..Self::default() };
        let mut places = Vec::new();
        for title in wanted.iter().take(keys) {
            let at = header.iter().position(|other| other == title);
            places.push(
                at.ok_or_else(|| format!("it has no column `{title}`, or other signs than commas between columns"))?,
            );
        }
        for cells in all {
            let key: Vec<String> = places.iter().map(|&at| cells.get(at).cloned().unwrap_or_default()).collect();
            sheet.index.entry(key.clone()).or_insert(sheet.rows.len());
            sheet.rows.push(SheetRow { key, cells });
        }
        Ok(sheet)
    }

    fn row(&self, key: &[String]) -> Option<&SheetRow> {
        self.index.get(key).map(|&at| &self.rows[at])
    }

    fn cell<'s>(&'s self, row: &'s SheetRow, title: &str) -> &'s str {
        let at = self.header.iter().position(|other| other == title);
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// The cell of a row and a column that are there.
    fn value(&self, key: &[String], title: &str) -> Option<&str> {
        let at = self.header.iter().position(|other| other == title)?;
        Some(self.row(key)?.cells.get(at).map_or("", String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAS: &str = "id,price,unit_cost,share\nA,9.90,5.94,1\nB,4.00,2.40,3\nC,1.00,0.60,1\n";

    fn tables(made: &str, aside: &str) -> Tables {
        let of = |text: &str| BTreeMap::from([("products.csv".to_string(), text.to_string())]);
        Tables { made: of(made), aside: if aside.is_empty() { BTreeMap::new() } else { of(aside) } }
    }

    #[test]
    fn what_was_typed_in_stays_and_all_else_is_of_the_new_export() {
        let there =
            "id,price,unit_cost,share,max_backorders\nA,9.90,7.00,1,\nB,4,2.40,3,8\nC,1.00,0.55,1,\nZ,3.00,1.00,0,\n";
        let new = "id,price,unit_cost,share\nA,9.95,5.97,2\nB,4.20,2.52,5\nD,2.00,1.20,1\n";
        let found = filled("products.csv", &tables(WAS, ""), there, new).expect("a table");
        assert_eq!(
            found.text,
            "id,price,unit_cost,share,max_backorders\nA,9.95,7.00,2,\nB,4.20,2.52,5,8\nD,2.00,1.20,1,\nZ,3.00,1.00,0,\n"
        );
        assert_eq!(found.aside, "id,price,unit_cost,share,max_backorders\nC,,0.55,,\n");
        assert_eq!((found.cells, found.rows, found.rows_aside), (2, 1, 1));
        // The next export has C again, and A is as it was filled in.
        let next = "id,price,unit_cost,share\nA,9.95,5.97,1\nC,1.10,0.66,4\n";
        let again = filled("products.csv", &tables(new, &found.aside), &found.text, next).expect("a table");
        assert!(again.text.contains("\nA,9.95,7.00,1,\nC,1.10,0.55,4,\n"), "{}", again.text);
        assert!(again.aside.contains("\nB,,,,8\n") && !again.aside.contains("C,"), "{}", again.aside);
    }

    #[test]
    fn a_table_that_nobody_changed_is_made_anew() {
        let new = "id,price,unit_cost,share\nA,1.00,0.60,1\n";
        let found = filled("products.csv", &tables(WAS, ""), WAS, new).expect("a table");
        assert_eq!(found, Filled { text: new.to_string(), ..Filled::default() });
        assert_eq!(found.told("products.csv"), None);
        let saved = "id,price,unit_cost,share\r\nA,9.9,5.94,1\r\nB,4,2.4,3\r\nC,1,0.6,1\r\n";
        assert_eq!(filled("products.csv", &tables(WAS, ""), saved, new).expect("a table").text, new);
    }

    #[test]
    fn without_what_was_made_nothing_that_differs_is_lost() {
        let there = "from,to,parcel_cost,transit\nmain,US,4.20,2d\nmain,FR,9.00,3d\n";
        let new = "from,to,parcel_cost,transit\nmain,US,5.00,2d\nmain,DE,5.00,2d\n";
        let found = filled("lanes.csv", &Tables::default(), there, new).expect("a table");
        assert_eq!(found.text, "from,to,parcel_cost,transit\nmain,US,4.20,2d\nmain,DE,5.00,2d\n");
        assert_eq!(found.aside, "from,to,parcel_cost,transit\nmain,FR,9.00,3d\n");
        for wrong in ["from;to\nmain;US\n", "from,to\nmain,\"US\n"] {
            assert!(filled("lanes.csv", &Tables::default(), wrong, new).is_err(), "{wrong}");
        }
    }
}
