//! The products as they are read or made up.

use super::names::Names;
use crate::domain::{Distribution, Levels, Product, ProductId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Products, their names, groups and levels.
pub struct Products {
    /// In the file's order.
    pub list: Vec<Product>,
    /// Their ids.
    pub names: Names,
    /// Units in a period from their rows, as many as products (none where they are made up).
    pub units_per_period: Vec<Option<Distribution>>,
    /// Levels from their rows, as many as products.
    pub levels: Vec<Levels>,
    /// Targets from their rows, as many as products.
    pub targets: Vec<Option<Target>>,
    /// Whether every level in their rows could be read.
    pub levels_sound: bool,
    /// Products whose vendor could not be made out, which has been reported.
    pub strange_vendors: BTreeSet<ProductId>,
    /// Groups of substitutes.
    pub substitute_groups: Vec<Vec<ProductId>>,
    /// Groups of products bought together.
    pub affinity_groups: Vec<Vec<ProductId>>,
    /// Both kinds of groups by their names; groups of made-up products have none.
    pub groups: BTreeMap<String, Vec<ProductId>>,
}
