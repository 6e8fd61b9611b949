//! What a command says about the result folder that it opens.

use std::path::Path;

use super::identity::Inputs;

/// A folder that is to be opened.
pub(in crate::cli) struct Request<'a> {
    /// The folder, as the user named it. It need not exist, nor the folders it is to stand in.
    pub(in crate::cli) folder: &'a Path,
    /// The names of all files that may be written; charts and `provenance.json` need not be among them.
    pub(in crate::cli) names: Vec<String>,
    /// The files that the command reads.
    pub(in crate::cli) inputs: &'a Inputs,
    /// Whether strange files may be replaced.
    pub(in crate::cli) force: bool,
    /// Whether the command takes up the work that an earlier one left ([`ResultFolder::work`]); another one is refused.
    pub(in crate::cli) resumes: bool,
    /// Whether nothing but errors is told.
    pub(in crate::cli) is_quiet: bool,
    /// What else a user can do where the folder cannot be taken: `name another folder with -o`.
    pub(in crate::cli) remedy: &'a str,
}
