//! What the fuzz targets do with their bytes. The same functions are tried on fewer bytes by the package's tests, which is
//! why they stand in files that both include.

pub mod entries;

/// The random scenarios of the package's tests.
#[path = "../tests/it/properties"]
pub mod properties {
    pub mod dice;
    pub mod draft;
    pub mod generator;
    pub mod planning;
}
