//! Classes of customers, and stock that is reserved for some of them.

use super::Customers;

/// The number of a customer class, in the file's order; 0 where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ClassId(pub u16);

impl ClassId {
    /// The most classes.
    pub const MAX: usize = 1_000;

    /// As a position among the classes.
    #[inline(always)]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The class at a position.
    ///
    /// # Panics
    /// When the position does not fit; validation refuses so many classes.
    pub fn from_index(index: usize) -> Self {
        Self(u16::try_from(index).expect("there are fewer than 2^16 classes"))
    }
}

/// A row of `[[customer_classes]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerClass {
    /// Its name.
    pub id: String,
    /// Its weight among the orders that are not written by hand.
    pub share: f64,
    /// Whose waiting lines are served first: 1 before 2.
    pub priority: u32,
    /// What its customers do: what its row says, else what `[customers]` does.
    pub customers: Customers,
    /// How often what is available of its orders ships ahead, where that is another share than `[rules.split]` has.
    pub ship_available: Option<f64>,
}

/// `[rules.reserve]`: the last units of each shelf are kept for some classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserve {
    /// How many units of each product in each warehouse.
    pub units: u32,
    /// Which classes may take them.
    pub may_take: Vec<bool>,
}
