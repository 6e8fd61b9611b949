//! The tuner on test beds with known answers. The counts that the claims speak of:
//!
//! ```sh
//! BACKORDER_LONG=1 cargo test --release tune:: -- --nocapture
//! ```

mod beds;
mod command;
mod koenig_law;
mod reorder_point;
mod sscont;
