//! `[tune]`: the words it chooses from.

use super::declare::words;

words! {
    /// How one of a tuning's finalists is chosen.
    pub enum Procedure {
        /// As many replications as the guarantee of Kim and Nelson takes, within the budget.
        KimNelson = "kn", "Kim and Nelson's procedure, with a guarantee";
        /// Optimal computing budget allocation: all of the budget, and no guarantee.
        Ocba = "ocba", "optimal computing budget allocation";
    }
}
