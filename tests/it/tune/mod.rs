//! The tuner on test beds with known answers. The counts that the claims speak of:
//!
//! ```sh
//! BACKORDER_LONG=1 cargo test --release tune:: -- --nocapture
//! ```

mod again;
mod beds;
mod command;
mod groups;
mod koenig_law;
mod one_product;
mod reorder_point;
mod resuming;
mod rounds;
mod sscont;
mod told;
