//! Named random streams, and the samplers of the hot path.
//!
//! Every random number of a run comes from a [`Stream`] that is derived purely from (seed, replication, purpose,
//! entity). An order's draws belong to the order and a purchase order's lead time to the purchase order, so a changed
//! policy changes no other draw: the ground on which common random numbers stand. A stream is two registers, a key and
//! a counter hashed at each draw; making one costs about as much as drawing from it.
//!
//! Streams implement rand's traits, so rand_distr's distributions draw from them. What is drawn for every order line
//! (exponential gaps, weighted choices, geometric counts) has samplers of its own here, on the portable `libm`.

mod alias;
mod count;
mod exponential;
mod geometric;
mod residual;
mod sampler;
mod stream;

pub use alias::AliasTable;
pub use count::CountSampler;
pub use exponential::UnitExponential;
pub use residual::remaining;
pub use sampler::Sampler;
pub use stream::{Chance, Family, Purpose, Stream};
