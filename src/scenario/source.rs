//! Texts that a scenario was read from, and places in them.

use super::records::Layout;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Where a text came from, which decides how a place in it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The scenario file itself.
    Scenario,
    /// A file beside it, with a header and rows.
    Csv(Layout),
    /// `path=value` on the command line.
    Setting,
}

/// A text and its name.
#[derive(Debug)]
pub struct SourceText {
    /// File name as the user gave it; of a setting the option.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where it came from.
    pub origin: TextKind,
    line_starts: OnceCell<Vec<u32>>,
}

impl SourceText {
    fn new(name: &str, text: String, origin: TextKind) -> Self {
        Self { name: name.to_string(), text, origin, line_starts: OnceCell::new() }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let mut starts = vec![0];
            for (at, byte) in self.text.bytes().enumerate() {
                if byte == b'\n' || self.is_lone_return(at) {
                    starts.push(at as u32 + 1);
                }
            }
            starts
        })
    }

    /// Where a carriage return stands without a line feed behind it: the line's end to an editor, though to no format read
    /// here.
    pub fn lone_returns(&self) -> impl Iterator<Item = usize> {
        (0..self.text.len()).filter(|&at| self.is_lone_return(at))
    }

    fn is_lone_return(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')
    }

    /// The line (from 1) that holds a byte offset, and the offset it starts at.
    pub fn line_of(&self, offset: u32) -> (usize, u32) {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset);
        (line, starts[line - 1])
    }

    /// The text of the line that starts at an offset, without its end.
    pub fn line_at(&self, start: u32) -> &str {
        let rest = &self.text[start as usize..];
        &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
    }
}

/// A stretch of a source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which source; its number within [`Sources`].
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// The source as a whole, where no stretch of it is to blame.
    pub const fn whole(source: u32) -> Self {
        Self { source, start: 0, end: 0 }
    }

    /// A stretch of a source.
    pub fn new(source: u32, range: std::ops::Range<usize>) -> Self {
        Self { source, start: range.start as u32, end: range.end as u32 }
    }
}

/// All the texts of one load, in the order in which they were opened.
#[derive(Debug, Default)]
pub struct Sources(RefCell<Vec<Rc<SourceText>>>);

impl Sources {
    /// The longest text that can be read, in bytes: places are counted in 32 bits.
    pub const LONGEST: usize = u32::MAX as usize - 1;

    /// Takes in a text and numbers it.
    pub fn add(&self, name: &str, text: String, origin: TextKind) -> (u32, Rc<SourceText>) {
        let source = Rc::new(SourceText::new(name, text, origin));
        let mut all = self.0.borrow_mut();
        all.push(Rc::clone(&source));
        (all.len() as u32 - 1, source)
    }

    /// A place as one names it in a sentence: `scenario.toml:12`.
    pub fn name_of(&self, place: Place) -> String {
        let source = self.get(place.source);
        format!("{}:{}", source.name, source.line_of(place.start).0)
    }

    /// The source with a number.
    pub fn get(&self, number: u32) -> Rc<SourceText> {
        Rc::clone(&self.0.borrow()[number as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_its_line() {
        let source = SourceText::new("x", "one\r\ntwo\n\nfour".into(), TextKind::Scenario);
        assert_eq!(source.line_of(0), (1, 0));
        assert_eq!(source.line_of(6), (2, 5));
        assert_eq!(source.line_of(9), (3, 9));
        assert_eq!(source.line_of(14), (4, 10));
        assert_eq!((source.line_at(0), source.line_at(5), source.line_at(9)), ("one", "two", ""));
    }
}
