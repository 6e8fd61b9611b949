//! A scenario from what a shop already has: exports in, files of a scenario out.
//!
//! A file is made a [`table`] of text, [recognised](layouts) by its headers and [joined](source) to those that only add to it;
//! its [dates] and [numbers] are understood from all of them, never guessed; its [rows] become [orders], from which what is no
//! [goods] is left out. What comes of it is a scenario that replays them or is fitted to them.
//!
//! Names of people, addresses, telephone numbers and notes are not read: a column stands for one of a few [fields], none of which
//! is about people, and what is written comes of these alone.
//!
//! What a scenario would refuse is refused here: a number [beyond its limits](limits) where it stands, all else once the files are
//! made, which are [read](trial) before they are written.
//!
//! This room opens no file: it is given their bytes. Maps by hash are asked for single names and never walked.

mod build;
mod columns;
mod complaint;
mod dates;
mod fields;
mod filled;
mod fit;
mod goods;
mod hours;
mod layouts;
mod left;
mod limits;
mod met;
mod names;
mod numbers;
mod orders;
mod place;
mod products;
mod purchases;
mod report;
mod rows;
mod scenario;
mod settings;
mod shape;
mod source;
mod states;
mod stock;
mod table;
mod trial;
mod weights;
mod writing;
mod zones;

pub use build::{Imported, import};
pub use complaint::{Complaint, told};
pub use fields::{Field, Kind, is_personal};
pub use filled::{FILLED, MADE, Tables, filled};
pub use fit::Demand;
pub use fit::counts::Counts;
pub use fit::lead_times::Fit;
pub use fit::rate::Rate;
pub use orders::{Count, Odd};
pub use place::Place;
pub use report::{Report, Shape, Size};
pub use settings::{By, DemandKind, FILE, Free, Repeated, Returns, Settings, Source, Values};
pub use source::{Fact, Open, separator};
