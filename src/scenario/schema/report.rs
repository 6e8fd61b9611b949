//! `[report]`: what the page of a result is to have.

use super::tune::AXIS_VALUES;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::NAME;
use crate::domain::settings::{Kind, LeverName, Setting, Shape};

/// The most levers that a page has.
pub const MOST_LEVERS: usize = 8;

table! {
    /// What the page of a result is to have. It changes no result.
    pub REPORT as "Report": "[report]" {
        /// The levers of a page that is made with `--what-if`: names of levers that every page knows, and settings with the values
        /// to choose from. Without it, up to six are chosen that the scenario has something to move for.
        levers: LEVERS = optional, example(["ship_available", "lead_times"]);
    }
}

const LEVERS: Kind = Kind::new("", "a list of levers (below)", Shape::List(&LEVER_KIND, 1, Some(MOST_LEVERS)));
const LEVER_KIND: Kind =
    Kind::new("Lever", "a lever's name, or a table (below)", Shape::Either(&[LeverName::KIND, Kind::table(&LEVER)]))
        .about("The name of a lever, or a setting with its values.");

table! {
    /// A lever of one's own: a setting, and the values to choose from.
    pub LEVER as "OwnLever": "a lever of [report]" {
        /// The setting: keys with dots between them; a row is named by its id or its number from 0.
        key: NAME = needed, example("vendors.acme.lead_time");
        /// The values to choose from, beside the one that the scenario has.
        values: AXIS_VALUES = needed,
            example("1..8"),
            example("0.90..0.99 step 0.01"),
            example(["5d", "10d", "20d"]);
        /// What the lever is called. Default: its key.
        label: NAME = optional, example("Lead time of Acme");
    }
}
