//! A scenario built in code. What is built is the text of a scenario file, so that there is one set of keys, of defaults and
//! of checks for both, and what was built can be kept as a file.

use std::fmt::{self, Write as _};

use super::Scenario;
use crate::domain::{Model, Span};
use crate::scenario::Diagnostics;

/// A scenario that is being built: settings by their keys, and rows. The keys are those of scenario files
/// (`docs/scenario-keys.md`); what is not said has its default.
///
/// ```
/// use backorder::domain::Span;
/// use backorder::files::{Row, Scenario};
///
/// let shop = Scenario::build("corner shop")
///     .set("run.horizon", Span::from_days(365))
///     .zone("home")
///     .warehouse("boise")
///     .lane("boise", "home", Row::new().with("parcel_cost", 5.0).with("transit", Span::from_days(2)))
///     .vendor(Row::of("acme").with("lead_time", Row::new().with("gamma", Row::new().with("mean", "6d").with("cv", 0.5))))
///     .product(Row::of("whey").with("vendor", "acme"))
///     .set("demand.orders_per_day", 3)
///     .set("replenishment", Row::new().with("policy", "s-S").with("reorder_point", 20).with("order_up_to", 40));
/// let model = shop.model().unwrap();
/// assert_eq!(model.products().len(), 1);
///
/// // All that is wrong is told at once, as for a file.
/// let wrong = shop.product(Row::of("pea").with("vendor", "acne")).set("rules.split.ship_available", 2).model();
/// let told = wrong.unwrap_err().to_string();
/// assert!(told.contains("did you mean \"acme\"?") && told.contains("ship_available"), "{told}");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioBuilder {
    name: String,
    /// In the order in which they were set.
    settings: Vec<(String, Value)>,
    /// Tables and their rows, in the order in which they were added.
    rows: Vec<(String, Row)>,
}

impl ScenarioBuilder {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), settings: Vec::new(), rows: Vec::new() }
    }

    /// Sets a key by its path, keys with dots between them: `rules.split.ship_available`. A key that is set twice is an
    /// error of the scenario.
    #[must_use]
    pub fn set(mut self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.settings.push((path.into(), value.into()));
        self
    }

    /// Adds a row to a table of rows: `contacts`, say.
    #[must_use]
    pub fn row(mut self, table: impl Into<String>, row: impl Into<Row>) -> Self {
        self.rows.push((table.into(), row.into()));
        self
    }

    /// Adds a zone of customers: its id, or a [`Row`] with more.
    #[must_use]
    pub fn zone(self, zone: impl Into<Row>) -> Self {
        self.row("zones", zone)
    }

    /// Adds a warehouse: its id, or a [`Row`] with more.
    #[must_use]
    pub fn warehouse(self, warehouse: impl Into<Row>) -> Self {
        self.row("warehouses", warehouse)
    }

    /// Adds a lane between a warehouse and a zone.
    #[must_use]
    pub fn lane(self, warehouse: &str, zone: &str, terms: Row) -> Self {
        self.row("lanes", Row::new().with("from", warehouse).with("to", zone).and(terms))
    }

    /// Adds a vendor: a [`Row`] with at least a lead time.
    #[must_use]
    pub fn vendor(self, vendor: impl Into<Row>) -> Self {
        self.row("vendors", vendor)
    }

    /// Adds a product: its id, or a [`Row`] with more.
    #[must_use]
    pub fn product(self, product: impl Into<Row>) -> Self {
        self.row("products", product)
    }

    /// Adds units that are on hand at the start.
    #[must_use]
    pub fn stock(self, warehouse: &str, product: &str, units: u32) -> Self {
        self.row("stock", Row::new().with("warehouse", warehouse).with("product", product).with("units", units))
    }

    /// Adds a delivery that no policy ordered, so long after the start.
    #[must_use]
    pub fn receipt(self, at: Span, warehouse: &str, product: &str, units: u32) -> Self {
        let row = Row::new().with("at", at).with("warehouse", warehouse);
        self.row("receipts", row.with("product", product).with("units", units))
    }

    /// Adds an order of products and their units, so long after the start.
    #[must_use]
    pub fn order(self, at: Span, zone: &str, lines: &[(&str, u32)]) -> Self {
        let line = |&(product, units): &(&str, u32)| Row::new().with("product", product).with("units", units);
        let lines: Vec<Row> = lines.iter().map(line).collect();
        self.row("orders", Row::new().with("at", at).with("zone", zone).with("lines", lines))
    }

    /// What was built, as the text of a scenario file.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let mut line = |key: &str, value: &Value| {
            let _ = writeln!(text, "{} = {value}", keyed(key));
        };
        line("name", &Value::from(self.name.as_str()));
        self.settings.iter().for_each(|(path, value)| line(path, value));
        for (table, row) in &self.rows {
            let _ = writeln!(text, "\n[[{}]]", keyed(table));
            for (key, value) in &row.0 {
                let _ = writeln!(text, "{} = {value}", keyed(key));
            }
        }
        text
    }

    /// What was built, to be changed by [`set`](Scenario::set) like one that was read. Messages show lines of
    /// [`to_toml`](Self::to_toml).
    pub fn scenario(&self) -> Scenario {
        Scenario::from_text(format!("{} (built in code)", self.name), self.to_toml())
    }

    /// The model.
    ///
    /// # Errors
    /// All that is wrong with the scenario.
    pub fn model(&self) -> Result<Model, Diagnostics> {
        self.scenario().model()
    }
}

/// A row of a table, or a table within a row: values by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(Vec<(String, Value)>);

impl Row {
    /// A row with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// A row with an id.
    pub fn of(id: &str) -> Self {
        Self::new().with("id", id)
    }

    /// The same with another value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.push((key.into(), value.into()));
        self
    }

    fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl From<&str> for Row {
    fn from(id: &str) -> Self {
        Self::of(id)
    }
}

/// A value of a setting: a text, a number, `true` or `false`, a span of time, a [`Row`], or a list of them. It is kept as the
/// file has it, so that the reader alone says what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(String);

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Values that TOML has.
macro_rules! values_of_toml {
    ($($kind:ty),+) => {
        $(impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                Self(toml::Value::from(value).to_string())
            }
        })+
    };
}
values_of_toml!(&str, String, bool, i32, u32, i64, f64);

impl From<Span> for Value {
    fn from(span: Span) -> Self {
        span.to_string().into()
    }
}

impl From<Row> for Value {
    fn from(row: Row) -> Self {
        let entries = row.0.iter().map(|(key, value)| format!("{} = {value}", keyed(key)));
        Self(format!("{{ {} }}", entries.collect::<Vec<_>>().join(", ")))
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        let values = values.into_iter().map(|value| value.into().0);
        Self(format!("[{}]", values.collect::<Vec<_>>().join(", ")))
    }
}

/// A path of keys as it is written, each in quotes where it has to be.
fn keyed(path: &str) -> String {
    let is_bare =
        |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let quoted = |key: &str| if is_bare(key) { key.to_string() } else { serde_json::Value::from(key).to_string() };
    path.split('.').map(quoted).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> ScenarioBuilder {
        Scenario::build("two \"rooms\"")
            .set("run.horizon", Span::from_days(30))
            .zone(Row::of("höme").with("share", 2.0))
            .warehouse("boise")
            .lane("boise", "höme", Row::new().with("parcel_cost", 5.0).with("transit", Span(36 * 3_600)))
            .product("whey\n")
            .stock("boise", "whey\n", 1)
            .order(Span::from_days(1), "höme", &[("whey\n", 2)])
            .receipt(Span::from_days(3), "boise", "whey\n", 4)
    }

    #[test]
    fn what_is_built_is_what_the_file_says() {
        let built = shop();
        let read = Scenario::from_text("kept.toml", built.to_toml()).model().unwrap();
        let model = built.model().unwrap();
        assert_eq!(model, read);
        assert_eq!((model.name(), model.zones()[0].id.as_str()), ("two \"rooms\"", "höme"));
        assert_eq!(model.zones()[0].lanes[0].transit.0, 36 * 3_600);
        assert_eq!((model.script().orders.len(), model.script().receipts[0].units), (1, 4));
        let again = built.scenario().set("run.seed", 9).model().unwrap();
        assert_eq!(again, model.with_seed(9));
    }

    #[test]
    fn nothing_that_is_wrong_becomes_a_model() {
        let nothing = Scenario::build("nothing").model().unwrap_err().to_string();
        assert!(nothing.contains("nothing (built in code)") && nothing.contains("[[products]]"), "{nothing}");
        let twice = shop().set("run.horizon", "10d").model().unwrap_err().to_string();
        assert!(twice.contains("`horizon` is given twice in one table"), "{twice}");
        let unknown = shop().set("rules.spit.granularity", "unit").row("shelves", "a").model().unwrap_err().to_string();
        assert!(unknown.contains("split") && unknown.contains("shelves"), "{unknown}");
        let levels = Row::new().with("policy", "s-S").with("order_up_to", 9).with("order_up_to", 8);
        let twice = shop().set("replenishment", levels).model().unwrap_err().to_string();
        assert!(twice.contains("`order_up_to` is given twice in one table"), "{twice}");
        let hostile = shop().set("run.horizon\n[run]", 3).model().unwrap_err().to_string();
        assert!(hostile.contains("horizon"), "{hostile}");
    }
}
