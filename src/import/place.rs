//! Where a scenario is written, beside its tables or elsewhere.

/// Where a scenario is written.
#[derive(Clone, Debug)]
pub struct Place {
    /// The scenario's name.
    pub name: String,
    /// Where its schema stands, from its folder on.
    pub schema: String,
    /// What stands before the names of its tables: nothing, or the way from its folder to theirs.
    pub tables: String,
}
