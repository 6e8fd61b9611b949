//! The files of a kind together: each recognised by its headers, its columns found, files that only add to others joined to
//! them, rows left out that are cancelled or refunded.

use super::columns::{Column, Joined, Lines, joined};
use super::complaint::Complaint;
use super::dates::{self, Dates};
use super::fields::{Field, Kind, is_personal, normalised};
use super::hours::with_hour;
use super::layouts::{self, Part};
use super::met::Met;
use super::numbers;
use super::settings::Source;
use super::states::{States, rows_by};
use super::table::{Hints, NoRows, Row, Table, separator_name};
use crate::domain::phrase::plural;
use crate::scenario::DateForm;
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// The file's bytes by its name, or why there are none.
pub type Open<'o> = &'o dyn Fn(&str) -> Result<Vec<u8>, String>;

/// The files of a kind, ready to be read.
#[derive(Debug)]
pub struct Opened {
    /// The kind.
    pub kind: Kind,
    lines: Vec<Lines>,
    joined: Vec<Joined>,
    /// How dates are written.
    pub dates: Dates,
    /// Whether dates name hours.
    pub have_time: bool,
    /// The mark before decimals.
    pub decimal: char,
    /// What was found out, for people.
    pub facts: Vec<Fact>,
    /// What is worth telling.
    pub notes: Vec<String>,
    /// Columns that stand for something, by the field's word, and filters: as `import.toml` keeps them.
    pub settled: Source,
}

/// Something that was understood of a file, and how else it can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Whether it is about a file as a whole.
    pub is_file: bool,
    /// What.
    pub what: String,
    /// How it was understood.
    pub found: String,
    /// The option that says otherwise.
    pub option: String,
}

/// A row of lines with all that is joined to it.
pub struct View<'v> {
    source: &'v Opened,
    lines: &'v Lines,
    row: &'v Row<'v>,
    joined: Vec<Option<&'v [String]>>,
    /// Values of its order's first row, where its own cells are empty.
    first: Option<&'v [String]>,
}

impl Opened {
    /// Opens the files of a kind and finds out how they are written; `None` where there are none.
    pub fn open(
        kind: Kind,
        said: &Source,
        zone: Option<&TimeZone>,
        open: Open<'_>,
    ) -> Result<Option<Self>, Vec<Complaint>> {
        if said.files.is_empty() {
            return Ok(None);
        }
        let mut wrong = Vec::new();
        let separator = match said.separator.as_deref().map(separator).transpose() {
            Ok(separator) => separator,
            Err(why) => return Err(vec![Complaint::of("", why)]),
        };
        let asked: Vec<String> = said.columns.values().map(|title| normalised(title)).collect();
        let is_known = |header: &str| layouts::is_known(kind, header) || asked.iter().any(|title| title == header);
        let hints = Hints { encoding: said.encoding.as_deref(), separator, header_row: said.header_row };
        let mut tables: Vec<(Table, &'static Part)> = Vec::new();
        for file in &said.files {
            let table = open(file)
                .map_err(|why| Complaint::of(file, why))
                .and_then(|bytes| Table::open(file, bytes, hints, is_known));
            match table {
                Ok(table) => match layouts::recognised(kind, &table.header, said.layout.as_deref()) {
                    Some(part) => tables.push((table, part)),
                    None => {
                        let what =
                            format!("there is no layout \"{}\" of {kind}", said.layout.as_deref().unwrap_or_default());
                        wrong.push(
                            Complaint::of("", what).help(format!("there are {}", layouts::names(kind).join(", "))),
                        );
                    }
                },
                Err(complaint) => wrong.push(complaint),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Self::of(kind, said, zone, tables).map(Some)
    }

    fn of(
        kind: Kind,
        said: &Source,
        zone: Option<&TimeZone>,
        tables: Vec<(Table, &'static Part)>,
    ) -> Result<Self, Vec<Complaint>> {
        let mut wrong = Vec::new();
        let (lines, adding): (Vec<_>, Vec<_>) = tables.into_iter().partition(|(_, part)| part.join.is_none());
        if lines.is_empty() {
            let files: Vec<&str> = adding.iter().map(|(table, _)| table.name.as_str()).collect();
            let what = format!("{} only adds to a file of lines, and there is none", adding[0].1.title);
            let help = format!("name the file with the lines, too: --{kind} FILE");
            return Err(vec![Complaint::of(files.join(", "), what).help(help)]);
        }
        let joined = joined(said, adding, &mut wrong);
        let mut opened = Self {
            kind,
            lines: Vec::new(),
            joined,
            dates: Dates::new(DateForm::of(crate::scenario::DateOrder::YearFirst), None),
            have_time: false,
            decimal: '.',
            facts: Vec::new(),
            notes: Vec::new(),
            settled: Source { files: said.files.clone(), ..Source::default() },
        };
        let headers: Vec<String> = lines.iter().flat_map(|(table, _)| table.normalised_header()).collect();
        for (table, part) in lines {
            match Lines::of(kind, said, table, part, &opened.joined, &headers) {
                Ok(lines) => opened.lines.push(lines),
                Err(complaints) => wrong.extend(complaints),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        opened.describe(said);
        opened.survey(said, zone)?;
        Ok(opened)
    }

    /// Puts down what was understood: of files that are alike once, of others for each.
    fn describe(&mut self, said: &Source) {
        let first = &self.lines[0];
        let (alike, others): (Vec<&Lines>, Vec<&Lines>) =
            self.lines.iter().partition(|lines| self.columns_of(lines) == self.columns_of(first));
        let mut facts: Vec<Fact> = alike.iter().map(|lines| file_fact(self.kind, lines)).collect();
        for joined in &self.joined {
            let found = format!("{}, joined by {}", joined.part.title, joined.kept.first().map_or("", String::as_str));
            facts.push(Fact { is_file: true, what: file_name(&joined.name), found, option: String::new() });
        }
        facts.extend(self.column_facts(first));
        for lines in others {
            facts.push(file_fact(self.kind, lines));
            facts.extend(self.column_facts(lines));
        }
        let columns = self.columns_of(first).into_iter().map(|(field, title)| (field.word().to_string(), title));
        let mut settled = Source { files: said.files.clone(), columns: columns.collect(), ..Source::default() };
        settled.filters = first.filters.iter().map(|(_, title, values)| (title.clone(), values.clone())).collect();
        settled.header_row = said.header_row;
        let of_all = |of: &dyn Fn(&Lines) -> String| {
            let found = of(first);
            self.lines.iter().all(|lines| of(lines) == found).then_some(found)
        };
        let same = |of: &dyn Fn(&Lines) -> String| of_all(of).filter(|_| self.joined.is_empty());
        settled.layout = of_all(&|lines| lines.part.layout.to_string());
        settled.encoding = said.encoding.clone().or_else(|| same(&|lines| lines.table.encoding.to_string()));
        settled.separator =
            said.separator.clone().or_else(|| same(&|lines| char::from(lines.table.separator).to_string()));
        (self.facts, self.settled) = (facts, settled);
    }

    /// Which columns of a file stand for what, by their titles.
    fn columns_of(&self, lines: &Lines) -> Vec<(Field, String)> {
        lines.columns.iter().map(|&(field, column)| (field, self.title_of(lines, column))).collect()
    }

    /// What was understood of a file's columns.
    fn column_facts(&self, lines: &Lines) -> Vec<Fact> {
        let column = |(field, found): (Field, String)| Fact {
            is_file: false,
            what: field.word().to_string(),
            found,
            option: self.option(field),
        };
        let mut facts: Vec<Fact> = self.columns_of(lines).into_iter().map(column).collect();
        if !lines.places.is_empty() {
            let places: Vec<&str> = lines.places.iter().map(|(name, _)| name.as_str()).collect();
            let option = self.option(Field::OnHand);
            facts.push(Fact { is_file: false, what: "places".into(), found: places.join(", "), option });
        }
        facts.extend(lines.filters.iter().map(|(_, title, values)| Fact {
            is_file: false,
            what: rows_by(title),
            found: values.words(),
            option: format!("--where {}\"{title}=…\"", prefix(self.kind)),
        }));
        facts
    }

    /// The option that names a field's column.
    fn option(&self, field: Field) -> String {
        let kind = if self.kind == Kind::Orders { String::new() } else { format!("{}.", self.kind) };
        format!("--column {kind}{}=…", field.word())
    }

    /// What a column is called in its file.
    fn title_of(&self, lines: &Lines, column: Column) -> String {
        match column {
            Column::Here(at) => lines.table.header[at].clone(),
            Column::Joined { join, value } => self.joined[join].titles[value].clone(),
        }
    }

    /// Looks at all rows once: how dates and numbers are written, and what is wrong with the files.
    fn survey(&mut self, said: &Source, zone: Option<&TimeZone>) -> Result<(), Vec<Complaint>> {
        let (mut dates, mut numbers) = (dates::Survey::default(), numbers::Survey::default());
        let (mut states, mut no_hours) = (States::default(), (0, Met::default()));
        let mut wrong = Vec::new();
        let (_, complaints) = self.each_view(|view| {
            let (file, line) = (view.file(), view.line());
            for &(field, _) in &view.lines.columns {
                if field == Field::Date {
                    dates.see(&view.moment(), file, line);
                } else if field.is_date() {
                    dates.see(view.raw(field), file, line);
                } else if field.is_number() {
                    let is_whole = !matches!(field, Field::Price | Field::Total | Field::Cost | Field::Weight);
                    numbers.see(view.raw(field), file, line, is_whole);
                } else if field == Field::Time && with_hour(view.raw(Field::Date), view.raw(field)).is_none() {
                    if no_hours.0 == 0 {
                        no_hours.1 = Met::at(view.raw(field), file, line);
                    }
                    no_hours.0 += 1;
                }
            }
            view.places().for_each(|(_, cell)| numbers.see(cell, file, line, true));
            for (column, title, values) in &view.lines.filters {
                states.see(title, values, view.cell(*column));
            }
        });
        if no_hours.0 > 0 {
            let (rows, Met { text, file, line }) = (plural(no_hours.0, "row"), no_hours.1);
            let (have, file) = (if no_hours.0 == 1 { "has" } else { "have" }, file_name(&file));
            self.notes.push(format!(
                "{rows} {have} an hour that cannot be read, such as \"{text}\" ({file}:{line}): the day alone holds"
            ));
        }
        for fact in &mut self.facts {
            fact.found.push_str(&states.words(&fact.what));
        }
        self.notes.extend(states.told(&prefix(self.kind), said, self.kind));
        let option = |name: &str| format!("{name} {}", prefix(self.kind));
        let given = match said.date_format.as_deref().map(|pattern| (pattern, DateForm::from_pattern(pattern))) {
            Some((pattern, None)) => {
                let what = format!("\"{pattern}\" is no date format");
                wrong.push(Complaint::of("", what).help("such as D/M/YYYY, M/D/YYYY, YYYY-MM-DD, D/M/YY or serial"));
                None
            }
            Some((_, form)) => form,
            None => None,
        };
        if dates.count() > 0 {
            match dates.form(given) {
                Ok((form, why)) => {
                    self.dates = Dates::new(form, zone.cloned());
                    self.have_time = dates.have_time();
                    let found = format!("{}, {why}", form.pattern());
                    self.facts.push(Fact {
                        is_file: false,
                        what: "dates".into(),
                        found,
                        option: format!("{}…", option("--date-format")),
                    });
                    self.settled.date_format = Some(form.pattern().to_string());
                }
                Err(complaints) => wrong.extend(complaints),
            }
            if dates.are_mixed() {
                let text = if dates.have_time() {
                    "some dates name no hour: those orders are placed at noon"
                } else {
                    "some dates name an hour and others none: hours are left out"
                };
                self.notes.push(text.to_string());
            }
            if dates.are_of_several_clocks() && zone.is_none() {
                let text = "hours are by several clocks (UTC, offsets, names of zones, or none), and each is taken as it is written; \
                            --time-zone puts all of them to the shop's";
                self.notes.push(text.to_string());
            } else if dates.are_utc() && zone.is_none() {
                let text = "all hours are those of UTC; --time-zone says where the shop's days begin and end";
                self.notes.push(text.to_string());
            }
        }
        let given = match said.decimal.as_deref() {
            None => None,
            Some("." | "point") => Some('.'),
            Some("," | "comma") => Some(','),
            Some(other) => {
                wrong.push(
                    Complaint::of("", format!("\"{other}\" is no decimal mark")).help("--decimal . or --decimal ,"),
                );
                None
            }
        };
        match numbers.mark(&prefix(self.kind), given) {
            Ok((mark, why)) => {
                self.decimal = mark;
                if mark == ',' || given.is_some() {
                    let found = format!("\"{mark}\" before decimals, {why}");
                    self.facts.push(Fact {
                        is_file: false,
                        what: "numbers".into(),
                        found,
                        option: format!("{}…", option("--decimal")),
                    });
                }
                self.settled.decimal = Some(mark.to_string());
            }
            Err(complaint) => wrong.push(complaint),
        }
        // Rows that are none are told with all else that is wrong with rows, by who reads them: here only where nobody will.
        if wrong.is_empty() {
            return Ok(());
        }
        wrong.extend(complaints);
        Err(wrong)
    }

    /// Whether some file has a field.
    pub fn has(&self, field: Field) -> bool {
        self.lines
            .iter()
            .any(|lines| lines.columns.iter().any(|(known, _)| *known == field) || lines.constant(field).is_some())
    }

    /// Whether the export is of a layout.
    pub fn is_of(&self, layout: &str) -> bool {
        self.lines.iter().any(|lines| lines.part.layout == layout)
    }

    /// The files' names.
    pub fn names(&self) -> Vec<String> {
        self.lines.iter().map(|lines| lines.table.name.clone()).collect()
    }

    /// Hands on every row of every file of lines.
    pub fn each_view(&self, mut take: impl FnMut(&View<'_>)) -> (NoRows, Vec<Complaint>) {
        let (mut none, mut wrong) = (NoRows::default(), Vec::new());
        for lines in &self.lines {
            let read = lines.read_columns();
            let (found, complaints) = lines.table.each(&read, |row| {
                let mut view = View { source: self, lines, row, joined: vec![None; self.joined.len()], first: None };
                view.join();
                take(&view);
            });
            none.empty += found.empty;
            none.headers += found.headers;
            none.totals += found.totals;
            wrong.extend(complaints);
        }
        (none, wrong)
    }

    /// What is not said in any file: columns that nothing is read of, of the first file, without those that tell of people.
    pub fn unread(&self) -> Vec<String> {
        let lines = &self.lines[0];
        let read = lines.read_columns();
        let titles =
            lines.table.header.iter().enumerate().filter(|(at, title)| !read.contains(at) && !title.is_empty());
        // A name is a customer's as often as not.
        let is_read = |title: &String| !is_personal(title) && normalised(title) != "name";
        titles.map(|(_, title)| title.clone()).filter(is_read).collect()
    }

    /// A number of a cell; what is infinite or undefined is none.
    pub fn number(&self, text: &str) -> Option<f64> {
        numbers::read(text, self.decimal).filter(|number| number.is_finite())
    }
}

/// A file's name without the way to it, which differs from one machine to the next.
pub fn file_name(path: &str) -> String {
    std::path::Path::new(path).file_name().map_or_else(|| path.to_string(), |name| name.to_string_lossy().into_owned())
}

/// A file of lines, and how it is read.
fn file_fact(kind: Kind, lines: &Lines) -> Fact {
    let Lines { table, part, .. } = lines;
    let guessed = if table.is_encoding_guessed { ", as it is not UTF-8" } else { "" };
    let between = separator_name(table.separator);
    let found =
        format!("{}, {}{guessed}, {between}, headers on line {}", part.title, table.encoding, table.header_line);
    Fact { is_file: true, what: file_name(&table.name), found, option: format!("--layout {}NAME", prefix(kind)) }
}

fn prefix(kind: Kind) -> String {
    if kind == Kind::Orders { String::new() } else { format!("{kind}:") }
}

/// The separator that an option names.
pub fn separator(text: &str) -> Result<u8, String> {
    let word = text.trim().to_lowercase();
    let byte = match (text, word.as_str()) {
        ("\t", _) | (_, "tab" | "\\t") => b'\t',
        (_, "," | "comma") => b',',
        (_, ";" | "semicolon") => b';',
        (_, "|" | "bar" | "pipe") => b'|',
        _ => return Err(format!("\"{text}\" is no separator: a comma, a semicolon, a bar, or tab")),
    };
    Ok(byte)
}

impl View<'_> {
    /// Follows the keys to the joined files, as often as one leads to the next.
    fn join(&mut self) {
        for _ in 0..self.joined.len() {
            let mut is_new = false;
            for at in 0..self.joined.len() {
                if self.joined[at].is_some() {
                    continue;
                }
                let Some(column) = self.lines.keys[at] else { continue };
                let key = self.cell(column);
                if let Some(values) = self.source.joined[at].values.get(key) {
                    self.joined[at] = Some(values);
                    is_new = true;
                }
            }
            if !is_new {
                break;
            }
        }
    }

    fn cell(&self, column: Column) -> &str {
        match column {
            Column::Here(at) => self.row.cell(at),
            Column::Joined { join, value } => self.joined[join].map_or("", |values| values[value].as_str()),
        }
    }

    /// What stands in its row for a field, empty where nothing does.
    pub fn raw(&self, field: Field) -> &str {
        match self.lines.columns.iter().find(|(known, _)| *known == field) {
            Some((_, column)) => self.cell(*column),
            None => self.lines.constant(field).unwrap_or(""),
        }
    }

    /// What its row says of when: the date, with the hour that may stand in a column of its own.
    pub fn moment(&self) -> Cow<'_, str> {
        let (date, time) = (self.raw(Field::Date), self.raw(Field::Time));
        if time.is_empty() {
            return Cow::Borrowed(date);
        }
        with_hour(date, time).map_or(Cow::Borrowed(date), Cow::Owned)
    }

    /// What the column of a field is called; empty where it has none.
    pub fn title(&self, field: Field) -> &str {
        match self.lines.columns.iter().find(|(known, _)| *known == field) {
            Some((_, Column::Here(at))) => &self.lines.table.header[*at],
            Some((_, Column::Joined { join, value })) => &self.source.joined[*join].titles[*value],
            None => "",
        }
    }

    /// Whether the row that a field stands in, of a joined file, is missing there.
    pub fn is_unjoined(&self, field: Field) -> bool {
        let column = self.lines.columns.iter().find(|(known, _)| *known == field).map(|(_, column)| *column);
        matches!(column, Some(Column::Joined { join, .. }) if self.joined[join].is_none())
    }

    /// Where it stands.
    pub fn line(&self) -> usize {
        self.row.line
    }

    /// The file it stands in.
    pub fn file(&self) -> &str {
        &self.lines.table.name
    }

    /// The option that names a field's column.
    pub fn option(&self, field: Field) -> String {
        self.source.option(field)
    }

    /// The places of stock that have a column each, with what stands there.
    pub fn places(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.places.iter().map(|(name, at)| (name.as_str(), self.row.cell(*at)))
    }

    /// The values of the columns by which rows are left out.
    pub fn filtered(&self) -> Vec<String> {
        self.lines.filters.iter().map(|(column, _, _)| self.cell(*column).to_string()).collect()
    }

    /// The same row with the values of its order's first row, which hold where its own are empty.
    #[must_use]
    pub fn with_first<'w>(&'w self, first: &'w [String]) -> View<'w> {
        let View { source, lines, row, ref joined, .. } = *self;
        View { source, lines, row, joined: joined.clone(), first: Some(first) }
    }

    /// Why the row is left out, by its column and value; `None` where it is read.
    pub fn left_out(&self) -> Option<String> {
        self.lines.filters.iter().enumerate().find_map(|(at, (column, title, values))| {
            let own = self.cell(*column);
            let value = match self.first {
                Some(first) if own.is_empty() => first.get(at).map_or("", String::as_str),
                _ => own,
            };
            let is_date = value.bytes().filter(u8::is_ascii_digit).count() >= 6;
            let shown = if value.is_empty() {
                "nothing"
            } else if is_date {
                "a date"
            } else {
                value
            };
            (!values.keep(value)).then(|| format!("{title}: {shown}"))
        })
    }
}
