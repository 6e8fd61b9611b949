//! What the fuzz targets do with their bytes. The same functions are tried on fewer bytes by the package's tests, which is
//! why they stand in files that both include.

pub mod entries;

/// The random scenarios of the package's tests.
pub mod properties {
    #[path = "../../tests/it/properties/dice.rs"]
    pub mod dice;
    #[path = "../../tests/it/properties/draft.rs"]
    pub mod draft;
    #[path = "../../tests/it/properties/generator.rs"]
    pub mod generator;
}
