//! The products as they are read or made up.

use super::names::Names;
use crate::domain::{Levels, Product, ProductId};
use std::collections::{BTreeMap, BTreeSet};

/// Products, their names, groups and levels.
pub struct Products {
    /// In the file's order.
    pub list: Vec<Product>,
    /// Their ids.
    pub names: Names,
    /// Levels from their rows, as many as products.
    pub levels: Vec<Levels>,
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
