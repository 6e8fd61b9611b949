//! The kinds of values that stand at keys: in which range, and what the JSON Schema and the documentation call them.

use super::table::{Kind, Quantity, Range, Shape};

/// True or false.
pub const FLAG: Kind = Kind::new("Flag", "`true` or `false`", Shape::Flag);
/// A share, by which something is measured.
pub const SHARE: Kind = Kind::new("Share", "a share, 0 to 1", Shape::Number(Range::SHARE));
/// A share, by which a coin is tossed.
pub const PROBABILITY: Kind = Kind { is_probability: true, ..SHARE };
/// A duration.
pub const DURATION: Kind = Kind::new("Duration", "a duration", Shape::Duration);
/// An age limit.
pub const DURATION_OR_NEVER: Kind =
    Kind::new("DurationOrNever", "a duration, or `\"never\"`", Shape::DurationOr("never"));
/// A distribution of times.
pub const RANDOM_DURATION: Kind =
    Kind::new("DurationDistribution", "a duration, or a distribution of it", Shape::Distribution(Quantity::Duration));
