//! What holds of every declaration, and what the sentences say.

use super::*;
use crate::domain::{CancelClock, CancelScope, Distribution, FullOrder, RuleSettings, Span};

/// The values of a table where none is written.
fn defaults(table: &Table) -> Vec<Value> {
    match Value::defaults(table) {
        Value::Table(values) => values,
        other => panic!("{other:?}"),
    }
}

/// Values that a key may have.
fn alternatives(kind: &Kind) -> Vec<Value> {
    let spans = [Span(7_200), Span(10_800)];
    match kind.shape {
        Shape::Flag => [true, false].map(Value::Flag).into(),
        Shape::Whole(least, _) => [least + 1, least + 2].map(Value::Whole).into(),
        Shape::Text | Shape::Name | Shape::File => ["one", "other"].map(|text| Value::Text(text.into())).into(),
        Shape::Map(_) | Shape::Rows(_) | Shape::Either(_) | Shape::Any | Shape::Separator(_) => {
            panic!("no setting is {kind:?}")
        }
        Shape::Notation(notation) => {
            let parsed = notation.examples.iter().map(|text| (notation.parse)(text).expect("an example can be read"));
            parsed.map(Value::numbers).collect()
        }
        Shape::List(of, ..) => alternatives(of).into_iter().map(|one| Value::List(vec![one])).collect(),
        Shape::Money => [1.25, 2.5].map(Value::Number).into(),
        Shape::Number(range) => [range.min + 0.25, range.min + 0.5].map(Value::Number).into(),
        Shape::Duration | Shape::SomeTime => spans.map(Value::Span).into(),
        Shape::DurationOr(_) => [Value::Absent].into_iter().chain(spans.map(Value::Span)).collect(),
        Shape::Word(words) => (0..words.len()).map(Value::Word).collect(),
        Shape::Distribution(_) => {
            [7_200.0, 10_800.0].map(|value| Value::Distribution(Distribution::Constant(value))).into()
        }
        Shape::Table(table) => {
            let mut all = Vec::new();
            for (at, key) in table.keys.iter().enumerate() {
                all.extend(alternatives(&key.kind).into_iter().map(|value| {
                    let mut values = defaults(table);
                    values[at] = value;
                    Value::Table(values)
                }));
            }
            all
        }
    }
}

/// Asserts that whatever is set of a table, the inputs page says something else than of any other value of the key.
fn tells_every_value<T: Settings>() {
    for (at, key) in T::TABLE.keys.iter().enumerate() {
        let told = |value: Value| {
            let mut values = defaults(&T::TABLE);
            values[at] = value;
            T::from_values(values).in_words()
        };
        let mut all: Vec<Vec<Row>> = match key.kind.shape {
            Shape::Table(_) => continue,
            _ => alternatives(&key.kind).into_iter().map(told).collect(),
        };
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "{} {} is not told", T::TABLE.title, key.name);
    }
}

#[test]
fn every_setting_of_a_rule_is_told_on_the_inputs_page() {
    tells_every_value::<BackorderRule>();
    tells_every_value::<SplitRule>();
    tells_every_value::<NoticeRule>();
    tells_every_value::<CancellationRule>();
    tells_every_value::<InternationalRule>();
    tells_every_value::<SwapRule>();
    tells_every_value::<DisplayRule>();
    // What is reserved is told with for whom, and nothing of it where nothing is.
    let reserved = |units, classes: &[&str]| {
        let classes = ClassRefs(classes.iter().map(|class| ClassRef::Name((*class).to_string())).collect());
        ReserveRule { units, classes: Some(classes) }.in_words()
    };
    let all = [reserved(0, &["plus"]), reserved(1, &["plus"]), reserved(2, &["plus"]), reserved(2, &["plus", "gold"])];
    assert!(all.iter().enumerate().all(|(at, told)| !all[..at].contains(told)), "{all:?}");
    assert_eq!(RuleSettings::TABLE.keys.len(), 8, "the tables above are all there are");
}

/// The rows of the rules' settings, as changed.
fn told(change: impl Fn(&mut RuleSettings)) -> Vec<(String, String)> {
    let mut rules = RuleSettings::default();
    change(&mut rules);
    rules.in_words()
}

#[test]
fn the_inputs_page_says_what_the_rules_do_by_default() {
    let rows = told(|_| {});
    let rows: Vec<(&str, &str)> = rows.iter().map(|(what, how)| (what.as_str(), how.as_str())).collect();
    let expected = [
        ("Backorders", "accepted"),
        ("An order with nothing available", "held until every line is covered"),
        ("A waiting line is served", "by any eligible warehouse"),
        ("Arriving stock goes first to", "the longest-waiting line"),
        ("Held orders", "keep the stock they have"),
        ("What is available of an order ships ahead", "with probability 95 %"),
        ("Orders are divided", "by whole lines"),
        ("Notice about a backorder", "after 1h; late after 1d"),
        ("Auto-cancellation", "after more than 30d on the line's clock, of the whole order"),
        ("International orders", "only complete"),
        ("A swap without a substitute in stock", "removes the line"),
        ("Displayed status", "always current"),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn the_inputs_page_says_what_the_rules_do_otherwise() {
    let rows = told(|rules| {
        rules.backorder = BackorderRule {
            accept: false,
            full_order: FullOrder::ShipAsCovered,
            pool: Pool::Warehouse,
            priority: Priority::CompleteFirst,
            at_limit: AtLimit::Lose,
            reserve_while_held: false,
        };
        rules.split = SplitRule { ship_available: 0.07, granularity: Granularity::Unit };
        rules.notice = NoticeRule { delay: Distribution::exponential(7_200.0), deadline: Span::from_days(2) };
        rules.cancellation =
            CancellationRule { after: Some(Span::from_days(9)), clock: CancelClock::Product, scope: CancelScope::Line };
        rules.international.complete_only = false;
        rules.swap.if_none = SwapIfNone::Wait;
        rules.display.refresh = Span(900);
    });
    let rows: Vec<&str> = rows.iter().map(|(_, how)| how.as_str()).collect();
    let expected = [
        "refused: what is not available is lost",
        "each line ships when covered",
        "by the one warehouse its order is assigned to",
        "orders that become complete",
        "take no stock until complete",
        "with probability 7 %",
        "by single units",
        "after 2h on average (exponential); late after 2d",
        "after more than 9d on the product's clock, of the line alone",
        "like domestic ones",
        "lets the line wait",
        "refreshed every 15m",
    ];
    assert_eq!(rows, expected);
    let of = |rows: Vec<Row>, label: &str| rows.into_iter().find(|(what, _)| what == label).unwrap().1;
    assert_eq!(of(told(|rules| rules.cancellation.after = None), "Auto-cancellation"), "never");
    assert_eq!(of(told(|rules| rules.split.granularity = Granularity::Order), "Orders are divided"), "not at all");
}

#[test]
fn coins_and_random_times_make_a_run_random() {
    let random = |change: fn(&mut RuleSettings)| {
        let mut rules = RuleSettings::default();
        rules.split.ship_available = 1.0;
        change(&mut rules);
        Settings::is_random(&rules)
    };
    assert!(!random(|_| {}));
    assert!(!random(|rules| rules.split.ship_available = 0.0));
    assert!(random(|rules| rules.split.ship_available = 0.5));
    assert!(random(|rules| rules.notice.delay = Distribution::exponential(1.0)));
}

#[test]
fn words_have_meanings_of_their_own() {
    for (word, granularity) in Granularity::WORDS.iter().zip(Granularity::ALL) {
        assert_eq!(granularity.word(), *word);
    }
    assert_eq!(Granularity::ALL.iter().map(|one| one.phrase()).collect::<std::collections::BTreeSet<_>>().len(), 3);
}

#[test]
#[should_panic(expected = "the default 1.5x is not a share")]
fn a_default_of_another_kind_is_a_slip() {
    Value::parse(&kinds::SHARE, "1.5x");
}

#[test]
fn the_inputs_page_says_which_policy_decides() {
    fn told<T: Words>() -> Vec<(&'static str, &'static str)> {
        T::ALL.iter().map(|word| (word.word(), word.phrase())).collect()
    }
    let replenishment = [
        ("s-S", "(s, S): at or below the reorder point, up to the order-up-to level"),
        ("r-Q", "(r, Q): at or below the reorder point, multiples of the quantity"),
        ("base-stock", "base stock: always up to the level"),
        ("periodic-R-S", "(R, S): at each review, up to the level"),
    ];
    assert_eq!(told::<ReplenishmentPolicy>(), replenishment);
    let sourcing = [
        ("nearest", "nearest: line by line, the first warehouse that can"),
        ("fewest-parcels", "fewest parcels"),
        ("cheapest", "least total parcel cost"),
        ("primary-spillover", "primary warehouse first; the rest spills over, to nobody too much"),
        ("most-stock", "most stock: line by line, the warehouse with most of the product"),
        ("shadow-prices", "least parcel cost and worth of stock, at shadow prices"),
    ];
    assert_eq!(told::<SourcingPolicy>(), sourcing);
    assert_eq!([Review::Continuous, Review::Every(Span(3_600))].map(Review::in_words), ["continuous", "every 1h"]);
    let targets = [Target::UnitFill(0.98), Target::CycleService(0.95)].map(Target::in_words);
    assert_eq!(targets, ["98 % of units at once", "no stock-out in 95 % of cycles"]);
}
