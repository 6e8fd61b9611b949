//! Memory: what a scenario would need, refused before any of it is taken.

use super::diagnostic::grouped;
use super::item::Item;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;

/// What the parts of a scenario take, in bytes, rounded up from measurements: a product's names, terms, demand and results; a pair's
/// levels and state, for two replications at a time; a lane; a row of a zone, a warehouse or a vendor with its results; the measures
/// of a replication; a day of a replication.
const PRODUCT: u128 = 2_200;
const PAIR: u128 = 128;
const LANE: u128 = 64;
const ROW: u128 = 2_500;
const REPLICATION: u128 = 2_000;
const DAY_OF_REPLICATION: u128 = 48;

/// Pairs of warehouse and product are numbered in 32 bits.
const MAX_PAIRS: u128 = u32::MAX as u128;

/// How many there are of what takes most of the memory.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// Products.
    pub products: usize,
    /// Warehouses.
    pub warehouses: usize,
    /// Zones.
    pub zones: usize,
    /// Replications, the most that there may be.
    pub replications: usize,
    /// Days of a replication.
    pub days: usize,
}

impl Counts {
    const fn pairs(self) -> u128 {
        self.products as u128 * self.warehouses as u128
    }

    /// The memory that they take, about.
    const fn bytes(self) -> u128 {
        self.products as u128 * PRODUCT
            + self.pairs() * PAIR
            + self.zones as u128 * self.warehouses as u128 * LANE
            + (self.zones as u128 + self.warehouses as u128) * ROW
            + self.replications as u128 * (REPLICATION + self.days as u128 * DAY_OF_REPLICATION)
    }

    /// What there is most of, in words, and the key of the scenario where it stands.
    fn told(self) -> (String, &'static str) {
        let Self { products, warehouses, zones, replications, days } = self;
        let several =
            |count: usize, word: &str| format!("{} {word}{}", grouped(count), if count == 1 { "" } else { "s" });
        let parts = [
            (Self { products, warehouses, ..Self::default() }, "products"),
            (Self { zones, warehouses, ..Self::default() }, "zones"),
            (Self { replications, days, ..Self::default() }, "run"),
        ];
        let (_, key) = parts.into_iter().max_by_key(|(part, _)| part.bytes()).unwrap_or_default();
        let told = match key {
            "zones" => format!("{} and {}", several(zones, "zone"), several(warehouses, "warehouse")),
            "run" => format!("{} of {}", several(replications, "replication"), several(days, "day")),
            _ => format!("{} in {}", several(products, "product"), several(warehouses, "warehouse")),
        };
        (told, key)
    }
}

/// What may be taken.
#[derive(Clone, Copy)]
pub struct Allowance(f64);

impl Allowance {
    /// What `[run]` allows.
    pub fn read(root: &Section<'_>) -> Self {
        // A figure that cannot be read is an error of its own.
        Self(root.table("run", &schema::RUN).read("memory_gb").unwrap_or(f64::INFINITY))
    }

    /// Why so much is not taken, if it is not.
    fn refusal(self, counts: Counts) -> Option<(String, String)> {
        let gb = counts.bytes() as f64 / 1e9;
        let (told, _) = counts.told();
        if counts.pairs() > MAX_PAIRS {
            let message = format!("{told} are more pairs than can be numbered: at most {MAX_PAIRS}");
            return Some((message, "make fewer, or group warehouses into fewer".into()));
        }
        (gb > self.0).then(|| {
            let message = format!("{told} would take about {gb:.1} GB of memory, and {} GB are allowed", self.0);
            (message, format!("make fewer, or allow more with `run.memory_gb = {}`", gb.ceil()))
        })
    }

    /// Whether so many products can be made up for so many warehouses; else it is reported.
    pub fn allows_generated(self, count: &Item<'_>, products: usize, warehouses: usize) -> bool {
        let refusal = self.refusal(Counts { products, warehouses, ..Counts::default() });
        if let Some((message, help)) = &refusal {
            count.cx.sink.push(count.error("too-large", message.clone()).help(help.as_str()));
        }
        refusal.is_none()
    }

    /// Whether so many lanes can be made; what is refused is reported with the rest.
    pub fn allows_lanes(self, zones: usize, warehouses: usize) -> bool {
        self.refusal(Counts { zones, warehouses, ..Counts::default() }).is_none()
    }
}

/// Whether so much may be taken; else it is reported.
pub fn check(root: &Section<'_>, counts: Counts) -> bool {
    let refusal = Allowance::read(root).refusal(counts);
    if let Some((message, help)) = &refusal {
        let key = counts.told().1;
        let replications = (key == "run").then(|| root.table(key, &schema::RUN).written("replications"));
        let at: Place = replications.flatten().or(root.written(key)).map_or(root.at, |item| item.key_at);
        root.cx.sink.push(Finding::error("too-large", at, message.clone()).help(help.as_str()));
    }
    refusal.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_says_what_it_would_take() {
        let counts = |products, warehouses| Counts { products, warehouses, ..Counts::default() };
        // Four million products took 7 GB, with results of 22 measures each.
        let (message, help) = Allowance(4.0).refusal(counts(4_000_000, 1)).expect("it is too much");
        assert_eq!(
            message,
            "4,000,000 products in 1 warehouse would take about 9.3 GB of memory, and 4 GB are allowed"
        );
        assert_eq!(help, "make fewer, or allow more with `run.memory_gb = 10`");
        assert_eq!(Allowance(10.0).refusal(counts(4_000_000, 1)), None);
        assert_eq!(Allowance(4.0).refusal(counts(1_000_000, 1)), None);
        let (message, _) = Allowance(1e6).refusal(counts(4_000_000, 2_000)).expect("there are too many pairs");
        assert!(message.contains("more pairs than can be numbered"), "{message}");
    }

    #[test]
    fn what_takes_most_is_what_is_told() {
        let all = Counts { products: 10, warehouses: 3, zones: 5, replications: 30, days: 365 };
        assert_eq!(all.told(), ("30 replications of 365 days".to_string(), "run"));
        let zones = Counts { zones: 10_000, warehouses: 1_000, ..all };
        assert_eq!(zones.told(), ("10,000 zones and 1,000 warehouses".to_string(), "zones"));
        let products = Counts { products: 100_000, ..all };
        assert_eq!(products.told(), ("100,000 products in 3 warehouses".to_string(), "products"));
    }
}
