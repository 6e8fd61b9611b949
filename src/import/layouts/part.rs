//! What is said of a layout: the signs of a file, its columns, the rows that are left out, and what it is joined to.

use crate::import::fields::{Field, Kind};

/// How a part of an export is laid out: the columns of one of its files.
#[derive(Debug, PartialEq)]
pub struct Part {
    /// What the export is called in options and in `import.toml`.
    pub layout: &'static str,
    /// What people call this file.
    pub title: &'static str,
    /// What it tells of.
    pub kind: Kind,
    /// Headers by which it is known; all of them are there, each as one of the words between bars.
    pub signs: &'static [&'static str],
    /// Which columns stand for what; of several the first that is there.
    pub columns: &'static [(Field, &'static [&'static str])],
    /// What is the same in every row.
    pub constants: &'static [(Field, &'static str)],
    /// Rows that are left out.
    pub filters: &'static [Filter],
    /// Where it only adds to the lines of another file: how.
    pub join: Option<Join>,
    /// Whether each column that is not among these is a place of stock.
    pub is_wide: bool,
}

/// A part that says nothing: what others are written from.
pub const NOTHING: Part = Part {
    layout: "",
    title: "",
    kind: Kind::Orders,
    signs: &[],
    columns: &[],
    constants: &[],
    filters: &[],
    join: None,
    is_wide: false,
};

/// How a file adds to another: by equal values.
#[derive(Debug, PartialEq)]
pub struct Join {
    /// Its own column.
    pub here: &'static [&'static str],
    /// The column of the lines, or of a file that is joined to them already.
    pub there: &'static [&'static str],
}

/// Rows that are left out by a column's value.
#[derive(Debug, PartialEq)]
pub struct Filter {
    /// The column.
    pub column: &'static [&'static str],
    /// What is left out; where it is empty, all that is not [`keep`](Self::keep).
    pub drop: &'static [&'static str],
    /// What is kept.
    pub keep: &'static [&'static str],
}

impl Part {
    /// Whether a file with such headers, normalised, is this part.
    pub fn is_met_by(&self, headers: &[String]) -> bool {
        let has = |word: &str| headers.iter().any(|header| header == word);
        !self.signs.is_empty() && self.signs.iter().all(|sign| sign.split('|').any(has))
    }

    /// The column of the first of several headers that is there.
    pub fn column_of(alternatives: &[&str], headers: &[String]) -> Option<usize> {
        alternatives.iter().find_map(|word| headers.iter().position(|header| header == word))
    }
}
