//! What a scenario writes by hand: stock, receipts, orders, contacts, and what is open at the start.

use crate::domain::settings::declare::table;
use crate::domain::settings::kinds::{
    DURATION, FLAG, LABEL, NAME, ORDINAL, SMALL_ORDINAL, SOME_TIME, SOME_UNITS, UNITS,
};
use crate::domain::settings::{Kind, Setting, Shape};
use crate::domain::{Arrives, Wish};

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
        /// How long after that it is due: only then it claims stock.
        due_after: DURATION = "0s", example("3d");
        /// The customer's class; default: the first of `[[customer_classes]]`.
        class: NAME = optional, example("plus");
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
        /// How long after that the order is due; read in its first row.
        due_after: DURATION = "0s";
        /// The customer's class; read in an order's first row.
        class: NAME = optional;
    }
}

table! {
    /// What was ordered from a vendor before second 0 and has not arrived. It counts in the inventory position from the start.
    pub OPEN_PURCHASE_ORDER as "OpenPurchaseOrder": "a row of [[open_purchase_orders]]" {
        /// A warehouse's id.
        warehouse: NAME = needed, example("boise");
        /// A product's id.
        product: NAME = needed, example("whey");
        /// How many.
        units: SOME_UNITS = needed, example(40);
        /// A vendor's id; default: the product's vendor.
        vendor: NAME = optional, example("acme");
        /// How long before second 0 it was ordered; needed unless it arrives when promised.
        ordered: DURATION = optional, example("4d");
        /// When it is promised for, from second 0; default: when it was ordered, plus the vendor's mean lead time.
        promised: DURATION = optional, example("3d");
        /// What decides when it arrives.
        arrives: Arrives::KIND = "lead-time";
    }
}

table! {
    /// A customer's order of before second 0, of which lines still wait. Its wait counts from when it was placed.
    pub OPEN_ORDER as "OpenOrder": "a row of [[open_orders]]" {
        /// How long before second 0 it was placed.
        placed: SOME_TIME = needed, example("12d");
        /// A zone's id.
        zone: NAME = needed, example("us-west");
        /// What of it still waits; a product may stand in several lines.
        lines: LINES = needed, example([{ product = "whey", units = 2 }]);
        /// Another part of it has left, so that each line leaves as soon as it is covered.
        part_shipped: FLAG = false;
        /// The customer's class; default: the first of `[[customer_classes]]`.
        class: NAME = optional, example("plus");
    }
}

table! {
    /// A row of a CSV file of open orders: one line of one order.
    pub OPEN_ORDER_ROW as "OpenOrderRow": "a row of [[open_orders]]" {
        /// Which order the line belongs to: rows with the same text here are one order.
        order: LABEL = needed;
        /// How long before second 0 it was placed; needed in an order's first row.
        placed: SOME_TIME = optional;
        /// A zone's id; needed in an order's first row.
        zone: NAME = optional;
        /// A product's id.
        product: NAME = needed;
        /// How many.
        units: SOME_UNITS = 1;
        /// Another part of it has left; read in an order's first row.
        part_shipped: FLAG = false;
        /// The customer's class; read in an order's first row.
        class: NAME = optional;
    }
}

table! {
    /// A customer calls about a line; ignored when it does not wait then.
    pub CONTACT as "Contact": "a row of [[contacts]]" {
        /// When, from the start of the replication.
        at: DURATION = needed, example("2d");
        /// Which order: 1, 2, … in the order of `[[orders]]`, then those of `[[open_orders]]`, generated ones after them.
        order: ORDINAL = needed, example(1);
        /// Which of its lines, from 1; a swapped-in line takes the next number.
        line: SMALL_ORDINAL = needed, example(2);
        /// What the customer wants.
        wants: Wish::KIND = needed, example("remove");
    }
}
