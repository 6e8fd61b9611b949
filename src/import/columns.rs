//! The columns of a file of lines: which stands for what, in the file itself or in one that is joined to it, and by which rows are left
//! out.

use super::complaint::Complaint;
use super::fields::{Field, Kind, is_personal, normalised};
use super::layouts::Part;
use super::numbers;
use super::settings::{Source, Values};
use super::table::Table;
use crate::scenario::{DateOrder, Moment, closest};
use std::collections::HashMap;

/// A column: of the row itself, or of a file that is joined to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A column of the row.
    Here(usize),
    /// The value with a number among those kept of a joined file.
    Joined {
        /// The joined file's number.
        join: usize,
        /// The value's number.
        value: usize,
    },
}

/// A file that is joined: its values by key.
#[derive(Debug)]
pub struct Joined {
    /// What it is.
    pub part: &'static Part,
    /// The file's name.
    pub name: String,
    /// What its kept columns are called, normalised.
    pub kept: Vec<String>,
    /// What they are called in the file.
    pub titles: Vec<String>,
    /// The values of the kept columns, by key. Asked for single keys only.
    pub values: HashMap<String, Vec<String>>,
}

/// A file of lines, with where everything in it stands.
#[derive(Debug)]
pub struct Lines {
    /// The file.
    pub table: Table,
    /// What it is.
    pub part: &'static Part,
    /// Which column stands for what.
    pub columns: Vec<(Field, Column)>,
    /// Columns, with their titles, by whose values rows are left out.
    pub filters: Vec<(Column, String, Values)>,
    /// For each joined file the column with its key.
    pub keys: Vec<Option<Column>>,
    /// Where a place of stock has a column of its own: its name and column.
    pub places: Vec<(String, usize)>,
}

/// Reads the files that are joined to others: of each the columns that something is found in.
pub fn joined(said: &Source, adding: Vec<(Table, &'static Part)>, wrong: &mut Vec<Complaint>) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::new();
    // What a further file is joined by has to be kept, too.
    let further: Vec<&str> =
        adding.iter().filter_map(|(_, part)| part.join.as_ref()).flat_map(|join| join.there.iter().copied()).collect();
    for (table, part) in adding {
        let headers = table.normalised_header();
        let Some(key) = part.join.as_ref().and_then(|join| Part::column_of(join.here, &headers)) else {
            let what = format!("{} has no column that leads to its lines", part.title);
            wrong.push(Complaint::of(&table.name, what));
            continue;
        };
        let is_kept = |header: &str| {
            let fields = part.columns.iter().flat_map(|(_, words)| words.iter());
            let filters = part.filters.iter().flat_map(|filter| filter.column.iter());
            fields.chain(filters).any(|word| *word == header)
                || further.contains(&header)
                || said.columns.values().chain(said.filters.keys()).any(|title| normalised(title) == header)
        };
        let kept: Vec<usize> = (0..headers.len()).filter(|&column| is_kept(&headers[column])).collect();
        let known = all.iter().position(|joined| std::ptr::eq(joined.part, part));
        let at = known.unwrap_or_else(|| {
            all.push(Joined {
                part,
                name: table.name.clone(),
                kept: kept.iter().map(|&column| headers[column].clone()).collect(),
                titles: kept.iter().map(|&column| table.header[column].clone()).collect(),
                values: HashMap::new(),
            });
            all.len() - 1
        });
        let (_, complaints) = table.each(&kept, |row| {
            let id = row.cell(key);
            if !id.is_empty() {
                let values = kept.iter().map(|&column| row.cell(column).to_string()).collect();
                all[at].values.entry(id.to_string()).or_insert(values);
            }
        });
        wrong.extend(complaints);
    }
    all
}

impl Lines {
    /// Finds the columns of a table. `all_headers` are those of all files of lines: what is said of a column that another of them has is
    /// not said of this one.
    pub fn of(
        kind: Kind,
        said: &Source,
        table: Table,
        part: &'static Part,
        joined: &[Joined],
        all_headers: &[String],
    ) -> Result<Self, Vec<Complaint>> {
        let headers = table.normalised_header();
        let mut wrong = Vec::new();
        let mut columns: Vec<(Field, Column)> = Vec::new();
        // A header that is there twice, and which of them is meant: `units#2`.
        let here = |title: &str| -> Option<usize> {
            let (title, number) = match title.rsplit_once('#') {
                Some((title, number))
                    if !headers.contains(&normalised(&format!("{title}#{number}")))
                        || number.parse::<usize>().is_ok() =>
                {
                    (title, number.parse::<usize>().unwrap_or(1))
                }
                _ => (title, 1),
            };
            let title = normalised(title);
            headers.iter().enumerate().filter(|(_, header)| **header == title).map(|(at, _)| at).nth(number.max(1) - 1)
        };
        let in_joined = |title: &str| {
            let title = normalised(title);
            joined.iter().enumerate().find_map(|(join, file)| {
                file.kept.iter().position(|kept| *kept == title).map(|value| Column::Joined { join, value })
            })
        };
        let is_elsewhere = |title: &str| all_headers.contains(&normalised(title));
        let find = |title: &str| here(title).map(Column::Here).or_else(|| in_joined(title));
        for &field in kind.fields() {
            if let Some(title) = said.columns.get(field.word()) {
                if is_personal(title) {
                    let what = format!("`{title}` tells of people, and is not read");
                    wrong.push(Complaint::of(&table.name, what).help("name another column"));
                    continue;
                }
                match find(title) {
                    Some(column) => {
                        columns.push((field, column));
                        continue;
                    }
                    None if is_elsewhere(title) => {}
                    None => {
                        wrong.push(no_column(&table, title));
                        continue;
                    }
                }
            }
            let words = part.columns.iter().find(|(known, _)| *known == field).map(|(_, words)| *words);
            let of_here = words.and_then(|words| Part::column_of(words, &headers));
            // What is the date and the hour in one is no hour beside the date.
            let is_date = |at: usize| field == Field::Time && columns.contains(&(Field::Date, Column::Here(at)));
            if let Some(at) = of_here.filter(|&at| !is_date(at)) {
                let twice = headers.iter().filter(|header| **header == headers[at]).count() > 1;
                if twice {
                    let title = &table.header[at];
                    let what = format!("the column `{title}` is there twice");
                    let help = format!("say which is meant: --column {}='{title}#1' or '{title}#2'", field.word());
                    wrong.push(Complaint::at(&table.name, table.header_line, what).help(help));
                }
                columns.push((field, Column::Here(at)));
                continue;
            }
            let found = joined.iter().enumerate().find_map(|(join, file)| {
                let (_, words) = file.part.columns.iter().find(|(known, _)| *known == field)?;
                let value = Part::column_of(words, &file.kept)?;
                Some(Column::Joined { join, value })
            });
            columns.extend(found.map(|column| (field, column)));
        }
        let mut filters = Vec::new();
        for (title, values) in &said.filters {
            if is_personal(title) {
                wrong.push(Complaint::of(&table.name, format!("`{title}` tells of people, and is not read")));
                continue;
            }
            match find(title) {
                Some(column) => filters.push((column, title.clone(), values.clone())),
                None if is_elsewhere(title) => {}
                None => wrong.push(no_column(&table, title)),
            }
        }
        // Those of the layout hold where nothing is said of their column.
        let of_layout = part.filters.iter().map(|filter| (None, filter)).chain(
            joined
                .iter()
                .enumerate()
                .flat_map(|(join, file)| file.part.filters.iter().map(move |filter| (Some(join), filter))),
        );
        for (join, filter) in of_layout {
            let found = match join {
                None => Part::column_of(filter.column, &headers).map(|at| (Column::Here(at), table.header[at].clone())),
                Some(join) => Part::column_of(filter.column, &joined[join].kept)
                    .map(|value| (Column::Joined { join, value }, joined[join].titles[value].clone())),
            };
            let Some((column, title)) = found else { continue };
            if filters.iter().any(|(known, _, _)| *known == column) {
                continue;
            }
            let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
            let values = match filter.drop {
                [] => Values::Only(list(filter.keep)),
                words => Values::Not { not: list(words) },
            };
            filters.push((column, title, values));
        }
        // A file may be joined to the lines, or to one that is joined to them.
        let keys = joined.iter().map(|file| {
            let join = file.part.join.as_ref()?;
            let of_here = Part::column_of(join.there, &headers).map(Column::Here);
            of_here.or_else(|| {
                joined.iter().enumerate().filter(|(_, other)| !std::ptr::eq(other.part, file.part)).find_map(
                    |(at, other)| {
                        Part::column_of(join.there, &other.kept).map(|value| Column::Joined { join: at, value })
                    },
                )
            })
        });
        let keys: Vec<Option<Column>> = keys.collect();
        for (file, key) in joined.iter().zip(&keys) {
            if key.is_none() {
                let what = format!("no column leads to it from {}", table.name);
                wrong.push(Complaint::of(&file.name, what));
            }
        }
        let places = if part.is_wide { places(part, &table, &headers) } else { Vec::new() };
        let is_there = |field: &Field| {
            columns.iter().any(|(known, _)| known == field)
                || part.constants.iter().any(|(known, _)| known == field)
                || (*field == Field::OnHand && !places.is_empty())
        };
        for needed in kind.needed().iter().filter(|needed| !needed.iter().any(is_there)) {
            wrong.push(lacking(kind, &table, part, needed));
        }
        if wrong.is_empty() { Ok(Self { table, part, columns, filters, keys, places }) } else { Err(wrong) }
    }

    /// What a field is in every row.
    pub fn constant(&self, field: Field) -> Option<&'static str> {
        self.part.constants.iter().find(|(known, _)| *known == field).map(|(_, value)| *value)
    }

    /// The columns of its own that are read.
    pub fn read_columns(&self) -> Vec<usize> {
        let fields = self.columns.iter().map(|(_, column)| *column);
        let filters = self.filters.iter().map(|(column, _, _)| *column);
        let keys = self.keys.iter().flatten().copied();
        let here = |column| match column {
            Column::Here(at) => Some(at),
            Column::Joined { .. } => None,
        };
        fields.chain(filters).chain(keys).filter_map(here).chain(self.places.iter().map(|(_, at)| *at)).collect()
    }
}

/// The columns of a table of stock that are places.
fn places(part: &Part, table: &Table, headers: &[String]) -> Vec<(String, usize)> {
    const OTHERS: [&str; 30] = [
        "handle",
        "title",
        "option1 name",
        "option1 value",
        "option2 name",
        "option2 value",
        "option3 name",
        "option3 value",
        "sku",
        "hs code",
        "coo",
        "incoming",
        "unavailable",
        "committed",
        "bin",
        "bin name",
        "barcode",
        "vendor",
        "type",
        "tags",
        "status",
        "price",
        "cost",
        "on hand",
        "available",
        "sum",
        "total",
        "totals",
        "total on hand",
        "total available",
    ];
    let is_other = |header: &str| {
        header.is_empty() || OTHERS.contains(&header) || part.columns.iter().any(|(_, words)| words.contains(&header))
    };
    let headers = headers.iter().enumerate().filter(|(_, header)| !is_other(header) && !is_personal(header));
    let mut found: Vec<(usize, bool, bool)> = headers.map(|(at, _)| (at, false, false)).collect();
    table.each(&[], |row| {
        for (at, has_number, has_words) in &mut found {
            let cell = row.cell(*at);
            let is_number = ['.', ','].iter().any(|&mark| numbers::read(cell, mark).is_some());
            *has_number |= is_number;
            *has_words |= !is_number && !cell.is_empty();
        }
    });
    // Where nothing but words stands, nothing is counted.
    let places = found.into_iter().filter(|(_, has_number, has_words)| *has_number || !has_words);
    places.map(|(at, ..)| (table.header[at].clone(), at)).collect()
}

fn no_column(table: &Table, title: &str) -> Complaint {
    let meant = closest(title, table.header.iter().map(String::as_str));
    let what = format!("there is no column `{title}`");
    let complaint = Complaint::at(&table.name, table.header_line, what);
    match meant {
        Some(meant) => complaint.help(format!("did you mean `{meant}`?")),
        None => complaint.help(format!("there are {}", table.header.join(", "))),
    }
}

fn lacking(kind: Kind, table: &Table, part: &Part, needed: &[Field]) -> Complaint {
    let meanings: Vec<&str> = needed.iter().map(|field| field.meaning()).collect();
    let what = format!("no column says {}", meanings.join(", or "));
    // Another file of the layout may have it.
    let has = |part: &&Part| part.columns.iter().any(|(field, _)| needed.contains(field));
    let beside =
        super::layouts::all().filter(|other| other.kind == kind && other.layout == part.layout && other.join.is_some());
    if let Some(other) = beside.into_iter().find(has) {
        let help = format!("it stands in another file, {}: name that, too: --{kind} FILE", other.title);
        return Complaint::at(&table.name, table.header_line, what).help(help);
    }
    let is_value =
        |title: &String| numbers::read(title, '.').is_some() || Moment::parse(title, DateOrder::YearFirst).is_ok();
    if table.header.iter().any(is_value) {
        let what = format!("{what}: this line looks like a row, and not like headers");
        let help =
            "put a row of headers above it, such as order,date,product,units; --header-row N says where they stand";
        return Complaint::at(&table.name, table.header_line, what).help(help);
    }
    let prefix = if kind == Kind::Orders { String::new() } else { format!("{kind}.") };
    let help = format!("name it: --column {prefix}{}='…'; there are {}", needed[0].word(), table.header.join(", "));
    Complaint::at(&table.name, table.header_line, what).help(help)
}
