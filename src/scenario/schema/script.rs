//! What a scenario writes by hand: stock, receipts, orders, contacts.

use crate::domain::Wish;
use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{DURATION, LABEL, NAME, ORDINAL, SMALL_ORDINAL, SOME_UNITS, UNITS};
use crate::domain::settings::{Kind, Setting, Shape};

table! {
    /// Units on hand at second 0.
    pub STOCK as "Stock": "a row of [[stock]]" {
        /// A warehouse's id.
        warehouse: NAME = needed, example("boise");
        /// A product's id.
        product: NAME = needed, example("whey");
        /// How many; 0 says that the warehouse carries the product.
        units: UNITS = needed, example(5);
    }
}

table! {
    /// A delivery that no policy ordered.
    pub RECEIPT as "Receipt": "a row of [[receipts]]" {
        /// When, from the start of the replication.
        at: DURATION = needed, example("3d");
        /// A warehouse's id.
        warehouse: NAME = needed, example("boise");
        /// A product's id.
        product: NAME = needed, example("whey");
        /// How many.
        units: SOME_UNITS = needed, example(10);
    }
}

table! {
    /// An order written by hand.
    pub ORDER as "Order": "a row of [[orders]]" {
        /// When, from the start of the replication.
        at: DURATION = needed, example("1d6h");
        /// A zone's id.
        zone: NAME = needed, example("us-west");
        /// What is ordered; a product may stand in several lines.
        lines: LINES = needed, example([{ product = "whey", units = 2 }]);
    }
}

const LINE: Kind = Kind::table(&ORDER_LINE);
const LINES: Kind = Kind::new("", "a list of lines (below)", Shape::List(&LINE, 1, None));

table! {
    /// A line of an order.
    pub ORDER_LINE as "OrderLine": "a line of [[orders]]" {
        /// A product's id.
        product: NAME = needed, example("whey");
        /// How many.
        units: SOME_UNITS = 1;
    }
}

table! {
    /// A row of a CSV file of orders: one line of one order.
    pub ORDER_ROW as "OrderRow": "a row of [[orders]]" {
        /// Which order the line belongs to: rows with the same text here are one order.
        order: LABEL = needed;
        /// When; needed in an order's first row.
        at: DURATION = optional;
        /// A zone's id; needed in an order's first row.
        zone: NAME = optional;
        /// A product's id.
        product: NAME = needed;
        /// How many.
        units: SOME_UNITS = 1;
    }
}

table! {
    /// A customer calls about a line; ignored when it does not wait then.
    pub CONTACT as "Contact": "a row of [[contacts]]" {
        /// When, from the start of the replication.
        at: DURATION = needed, example("2d");
        /// Which order: 1, 2, … in the order of `[[orders]]`, generated ones after them.
        order: ORDINAL = needed, example(1);
        /// Which of its lines, from 1; a swapped-in line takes the next number.
        line: SMALL_ORDINAL = needed, example(2);
        /// What the customer wants.
        wants: Wish::KIND = needed, example("remove");
    }
}
