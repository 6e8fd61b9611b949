//! What sets some of the generated demand apart: seasons, growth and bursts of products, baskets.

use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{FACTOR, GROWTH, INNER_SHARE, NAME, RANDOM_DURATION};
use crate::domain::settings::{Kind, Shape};

pub(super) const WEEKLY: Kind = Kind::new("", "7 factors", Shape::List(&FACTOR, 7, Some(7)));
pub(super) const YEARLY: Kind = Kind::new("", "12 factors", Shape::List(&FACTOR, 12, Some(12)));
const BASKET_PRODUCTS: Kind = Kind::new("", "a list of products, at least two", Shape::List(&NAME, 2, None));
const BURSTS_TABLE: Kind = Kind::table(&BURSTS);

table! {
    /// Factors on the generated demand for a product, for the products of a group, or, with neither, for all. Rows about the same product are
    /// multiplied.
    pub SHAPE as "Shape": "a row of [[demand.shapes]]" {
        /// A product's id.
        product: NAME = optional, example("whey");
        /// A group of products, by its name under `substitutes` or `bought_with`.
        group: NAME = optional, example("protein");
        /// Factors of days 0…6 from the start of the replication, over and over. The first is that of day 0, whichever weekday
        /// [run] `start` makes it.
        weekly: WEEKLY = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        /// Factors of twelve equal parts of 365 days from the start, over and over.
        yearly: YEARLY = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        /// By which share demand grows in 365 days, and so on; below 0, it shrinks.
        growth: GROWTH = 0.0, example(0.2);
        /// Demand comes in bursts: each product by itself is asked for only while one is on, so much more that its mean stays.
        bursts: BURSTS_TABLE = optional;
    }
}

table! {
    /// When demand comes in bursts.
    pub BURSTS as "Bursts": "`bursts` of [[demand.shapes]]" {
        /// From the end of one to the start of the next.
        every: RANDOM_DURATION = needed, example({ exponential = { mean = "60d" } });
        /// How long one is on.
        lasts: RANDOM_DURATION = needed, example("5d");
    }
}

table! {
    /// Products that are bought together: so many of the orders ask for just these, a line of each.
    pub BASKET as "Basket": "a row of [[demand.baskets]]" {
        /// Their ids, two or more.
        products: BASKET_PRODUCTS = needed, example(["whey", "shaker", "bar"]);
        /// The share of generated orders that are this basket.
        share: INNER_SHARE = needed, example(0.05);
    }
}
