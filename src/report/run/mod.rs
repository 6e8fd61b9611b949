//! A run as documents: what the terminal shows, and the page with everything.

mod brief;
mod flows;
mod headline;
mod levels;
mod page;
pub(super) mod tables;
mod terminal;

pub(super) use page::page_document;
pub use terminal::run_document;
