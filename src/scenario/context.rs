//! What all readers of one load share: the texts, and what was found.

use super::input::Files;
use super::report::Sink;
use super::source::Sources;

/// What all readers of one load share.
pub struct Context<'f> {
    /// The texts opened so far.
    pub sources: Sources,
    /// What was found wrong so far.
    pub sink: Sink,
    /// Opens further files.
    pub files: &'f dyn Files,
    /// The names of measures; none where they are not known here.
    pub measures: &'f [&'f str],
}

impl<'f> Context<'f> {
    /// Nothing read yet.
    pub fn new(files: &'f dyn Files, measures: &'f [&'f str]) -> Self {
        Self { sources: Sources::default(), sink: Sink::default(), files, measures }
    }

    /// A file's name with the folder of the scenario before it, as the user would find it.
    pub fn beside(&self, name: &str) -> String {
        let scenario = &self.sources.get(0).name;
        let folder = scenario.rfind(['/', '\\']).map_or("", |end| &scenario[..=end]);
        if name.starts_with('/') { name.to_string() } else { format!("{folder}{name}") }
    }
}
