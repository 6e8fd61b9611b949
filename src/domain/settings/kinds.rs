//! The kinds of values that stand at keys: in which range, and what the JSON Schema and the documentation call them.

use super::table::{Kind, Quantity, Range, Shape};

/// The most units that one row, level or line may name.
pub const MAX_UNITS: i64 = 100_000_000;
/// The most products of an assortment.
pub const MAX_PRODUCTS: usize = 4_000_000;
/// The most replications; each keeps a row of measures.
pub const MAX_REPLICATIONS: i64 = 1_000_000;
/// The most lines above the header of a file.
pub const MAX_SKIPPED_ROWS: i64 = 1_000;
/// The largest rate: a cost, or orders a day.
const MAX_RATE: f64 = 1e9;

/// True or false.
pub const FLAG: Kind = Kind::new("Flag", "`true` or `false`", Shape::Flag);

/// A share, by which something is measured.
pub const SHARE: Kind = Kind::new("Share", "a share, 0 to 1", Shape::Number(Range::SHARE));
/// A share, by which a coin is tossed.
pub const PROBABILITY: Kind = Kind { is_probability: true, ..SHARE };
/// A share that is neither 0 nor 1.
pub const INNER_SHARE: Kind = Kind::new("InnerShare", "a share above 0 and below 1", Shape::Number(Range::INNER_SHARE));
/// A share above one half.
pub const MAJORITY: Kind = Kind::new("Majority", "a share above 0.5 and below 1", Shape::Number(Range::MAJORITY));
/// A weight among others.
pub const WEIGHT: Kind = Kind::new("Weight", "a number, at least 0", Shape::Number(Range::NOT_NEGATIVE));
/// A factor by which something is multiplied.
pub const FACTOR: Kind = Kind::within(&WEIGHT, Shape::Number(Range::NOT_NEGATIVE.up_to(1e6)));
/// A factor of an event, or of levels.
pub const EVENT_FACTOR: Kind = Kind::within(&WEIGHT, Shape::Number(Range::NOT_NEGATIVE.up_to(1e3)));
/// The same where it may not be 0.
pub const SOME_FACTOR: Kind = Kind::within(&POSITIVE, Shape::Number(Range::POSITIVE.up_to(1e3)));
/// A number that is not negative.
pub const NOT_NEGATIVE: Kind = Kind::new("NotNegative", "a number, at least 0", Shape::Number(Range::NOT_NEGATIVE));
/// A cost or charge for each of something.
pub const RATE: Kind = Kind::within(&NOT_NEGATIVE, Shape::Number(Range::NOT_NEGATIVE.up_to(MAX_RATE)));
/// An exponent of Zipf's law.
pub const ZIPF: Kind = Kind::within(&NOT_NEGATIVE, Shape::Number(Range::NOT_NEGATIVE.up_to(10.0)));
/// A share by which something grows, or shrinks.
pub const GROWTH: Kind = Kind::new(
    "Growth",
    "a share, above −1",
    Shape::Number(Range {
        min: -1.0,
        max: 100.0,
        above_min: true,
        below_max: false,
        what: "a share above -1, such as 0.2",
    }),
);
/// A number above 0.
pub const POSITIVE: Kind = Kind::new("Positive", "a number above 0", Shape::Number(Range::POSITIVE));
/// So many in a day.
pub const PER_DAY: Kind = Kind::within(&POSITIVE, Shape::Number(Range::POSITIVE.up_to(MAX_RATE)));
/// An amount of money.
pub const MONEY: Kind = Kind::new("Money", "an amount of money", Shape::Money);
/// A latitude in degrees.
pub const LATITUDE: Kind = Kind::new("Latitude", "degrees, −90 to 90", Shape::Number(Range::LATITUDE));
/// A longitude in degrees.
pub const LONGITUDE: Kind = Kind::new("Longitude", "degrees, −180 to 180", Shape::Number(Range::LONGITUDE));

/// Units, perhaps none.
pub const UNITS: Kind = Kind::new("Units", "units, at least 0", Shape::Whole(0, MAX_UNITS));
/// Units, at least one.
pub const SOME_UNITS: Kind = Kind::new("SomeUnits", "units, at least 1", Shape::Whole(1, MAX_UNITS));
/// A level that may lie below 0: −n orders once n units wait and nothing is on its way.
pub const REORDER_LEVEL: Kind =
    Kind::new("ReorderLevel", "units, perhaps below 0", Shape::Whole(-MAX_UNITS, MAX_UNITS));
/// A number from 1.
pub const ORDINAL: Kind = Kind::new("Ordinal", "a number from 1", Shape::Whole(1, i64::MAX));
/// The same where there are at most 2³² of them.
pub const SMALL_ORDINAL: Kind = Kind::within(&ORDINAL, Shape::Whole(1, u32::MAX as i64));
/// A number of products.
pub const PRODUCTS: Kind = Kind::within(&ORDINAL, Shape::Whole(1, MAX_PRODUCTS as i64));
/// A number of replications, at least two.
pub const REPLICATIONS: Kind = Kind::new("", "a number from 2", Shape::Whole(2, MAX_REPLICATIONS));
/// A seed.
pub const SEED: Kind = Kind::new("Seed", "a whole number, at least 0", Shape::Whole(0, i64::MAX));

/// A duration.
pub const DURATION: Kind = Kind::new("Duration", "a duration", Shape::Duration)
    .about("A duration: whole numbers with units, largest first; 1y = 365d, 1w = 7d, 1d = 24h.");
/// A duration above 0.
pub const SOME_TIME: Kind = Kind::within(&DURATION, Shape::SomeTime);
/// An age limit.
pub const DURATION_OR_NEVER: Kind =
    Kind::new("DurationOrNever", "a duration, or `\"never\"`", Shape::DurationOr("never"));
/// A warm-up.
pub const DURATION_OR_AUTO: Kind = Kind::new("DurationOrAuto", "a duration, or `\"auto\"`", Shape::DurationOr("auto"));
/// When to look.
pub const DURATION_OR_CONTINUOUS: Kind =
    Kind::new("DurationOrContinuous", "a duration, or `\"continuous\"`", Shape::DurationOr("continuous"));

/// A distribution of times.
pub const RANDOM_DURATION: Kind =
    Kind::new("DurationDistribution", "a duration, or a distribution of it", Shape::Distribution(Quantity::Duration))
        .about(DISTRIBUTION);
/// A distribution of lines or units.
pub const RANDOM_COUNT: Kind =
    Kind::new("CountDistribution", "a whole number, or a distribution of it", Shape::Distribution(Quantity::Count))
        .about(DISTRIBUTION);
/// A distribution of units, perhaps none.
pub const RANDOM_UNITS: Kind = Kind::new(
    "UnitsDistribution",
    "units, at least 0, or a distribution of them",
    Shape::Distribution(Quantity::Units),
)
.about(DISTRIBUTION);
/// A distribution of numbers.
pub const RANDOM_NUMBER: Kind =
    Kind::new("NumberDistribution", "a number, or a distribution of it", Shape::Distribution(Quantity::Number))
        .about(DISTRIBUTION);
const DISTRIBUTION: &str = "A constant, or one key that names a distribution.";

/// A name.
pub const NAME: Kind = Kind::new("Id", "a name", Shape::Name);
/// Any text.
pub const TEXT: Kind = Kind::new("Text", "a text", Shape::Text);
/// A text that names something, so that it may not be empty.
pub const LABEL: Kind = Kind { shape: Shape::Name, ..TEXT };
/// Texts.
pub const TEXTS: Kind = Kind::new("", "a list of texts", Shape::List(&TEXT, 0, None));
/// Which rows of a file are read.
pub const ROW_VALUES: Kind = Kind::new("", "a table of values by column", Shape::Map(&VALUES));
const VALUES: Kind = Kind::new("", "a text, a list of texts, or `{ not = […] }`", Shape::Any);
/// A day of the calendar.
pub const DATE: Kind = Kind::new("Date", "a date, such as `\"2026-05-01\"`", Shape::Name);
/// A moment of a run.
pub const MOMENT: Kind = Kind::new(
    "Moment",
    "a duration from the start, or a date, such as `\"2026-11-27\"`",
    Shape::Either(&[DURATION, DATE]),
)
.about("A moment: a duration from the start of the replication, or a date where the calendar is known.");
/// A file beside the scenario.
pub const FILE: Kind =
    Kind::new("FilePath", "a file beside the scenario", Shape::File).about("A file, relative to the scenario.");

/// What stands between the columns of a file.
pub const SEPARATOR: Kind =
    Kind::new("Separator", "`\",\"`, `\";\"`, `\"\\t\"` (a tab) or a bar", Shape::Separator(&[",", ";", "\t", "|"]));
/// Lines above the header of a file.
pub const SKIPPED_ROWS: Kind =
    Kind::new("SkippedRows", "a whole number, at least 0", Shape::Whole(0, MAX_SKIPPED_ROWS));

impl Kind {
    /// One of some words.
    pub const fn word(words: &'static [&'static str]) -> Self {
        Self::within(&TEXT, Shape::Word(words))
    }

    /// Whether it is a duration, or a distribution of one.
    pub const fn is_of_time(&self) -> bool {
        use Shape::{Distribution, Duration, DurationOr, SomeTime};
        matches!(self.shape, Duration | SomeTime | DurationOr(_) | Distribution(Quantity::Duration))
    }
}
