//! `[promise]` and `[[promise.rows]]`: by when customers are promised their lines.

use super::assortment::Products;
use super::calendar::days_off;
use super::item::Item;
use super::network::Network;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::source::Place;
use super::suggest::remedy;
use super::table::RowTable;
use super::tree::Value;
use crate::domain::settings::{DaysOff, Promised, Restock, WeekDays, Weekday, Words};
use crate::domain::{Calendar, ProductId, PromiseRow, PromiseTerms, PromiseTime, Promising, Span, WorkingDays, ZoneId};

/// Reads the table; `Some(None)` where the scenario has none.
pub fn read<'c>(
    root: &Section<'c>,
    settings: &'c RowSettings<'c>,
    network: &Network,
    products: &Products,
    calendar: &Calendar,
) -> Option<Option<Promising>> {
    if root.written("promise").is_none() {
        return Some(None);
    }
    let table = root.written_table("promise", &schema::PROMISE)?;
    // All are read, so that every mistake is told.
    let of: Option<Promised> = table.read("of");
    let restock: Option<Restock> = table.read("restock");
    let usual = terms(&table, PromiseTerms { time: PromiseTime::Lane, restock_within: None });
    let cut_off = match table.written("cut_off") {
        Some(item) => time_of_day(&item).map(Some),
        None => Some(None),
    };
    let week = match table.written("week") {
        Some(item) => week(&item).map(Some),
        None => Some(None),
    };
    let holidays = days_off(root, &table);
    let mut rows = Some(Vec::new());
    let of_rows = RowTable { key: "rows", name: "[[promise.rows]]", settings };
    let general = usual.unwrap_or(PromiseTerms { time: PromiseTime::Lane, restock_within: None });
    let mut read: Vec<(PromiseRow, Place)> = Vec::new();
    of_rows.for_each(&table, &schema::PROMISE_ROW, |row| match one_row(&row, general, network, products) {
        Some(found) => {
            tell_of_what_never_holds(&row, &found, &read);
            read.push((found.clone(), row.at));
            rows.iter_mut().for_each(|rows: &mut Vec<PromiseRow>| rows.push(found.clone()));
        }
        None => rows = None,
    });
    if let (Some(restock), Some(usual), Some(item)) = (restock, usual, table.written("restock"))
        && usual.restock_within.is_some()
    {
        let message = format!("`restock = \"{}\"` has no effect beside `restock_within`", restock.word());
        table
            .cx
            .sink
            .push(Finding::warning("no-effect", item.key_at, message).about("promise").help("drop one of them"));
    }
    let (usual, rows) = (usual?, rows?);
    let by_days = |terms: &PromiseTerms| matches!(terms.time, PromiseTime::WorkingDays(_));
    let counts_days = by_days(&usual) || rows.iter().any(|row| by_days(&row.terms));
    let week = week?.unwrap_or(if counts_days { WORKING_WEEK } else { WeekDays::ALL });
    let none = DaysOff::default();
    let shared = if week == WeekDays::ALL { &none } else { &calendar.holidays };
    let holidays = holidays?;
    let days = WorkingDays::new(calendar, week, holidays.as_ref().unwrap_or(shared));
    if days.next(0).is_none() {
        let message = "no date can be promised: all working days of [promise] are holidays".to_string();
        table.cx.sink.push(Finding::error("never-open", table.at, message).about("promise"));
        return None;
    }
    Some(Some(Promising { of: of?, cut_off: cut_off?, days, restock: restock?, usual, rows }))
}

/// Monday to Friday.
const WORKING_WEEK: WeekDays = WeekDays([true, true, true, true, true, false, false]);

/// The terms of the table or of a row; what is left out is as in `general`.
fn terms(table: &Section<'_>, general: PromiseTerms) -> Option<PromiseTerms> {
    let within: Option<Option<Span>> = table.read("within");
    let days: Option<Option<u32>> = table.read("working_days");
    let restock_within: Option<Option<Span>> = table.read("restock_within");
    let (within, days, restock_within) = (within?, days?, restock_within?);
    let time = match (within, days) {
        (Some(_), Some(_)) => {
            let message = format!("{} gives both `within` and `working_days`", table.title);
            let finding = table.written("working_days")?.error("clash", message);
            table.cx.sink.push(finding.help("keep one of them: a time by the clock, or working days"));
            return None;
        }
        (Some(within), None) => PromiseTime::Within(within),
        (None, Some(days)) => PromiseTime::WorkingDays(days),
        (None, None) => general.time,
    };
    Some(PromiseTerms { time, restock_within: restock_within.or(general.restock_within) })
}

fn one_row(row: &Section<'_>, general: PromiseTerms, network: &Network, products: &Products) -> Option<PromiseRow> {
    let terms = terms(row, general);
    let zone = named(row, "zone", |item| network.zone_names.resolve(item).map(ZoneId));
    let product = named(row, "product", |item| products.names.resolve(item).map(ProductId));
    let group = named(row, "group", |item| group(item, products));
    let (terms, zone, product, group) = (terms?, zone?, product?, group?);
    if product.is_some() && group.is_some() {
        let message = "a row is about a `product` or a `group`, not both".to_string();
        let finding = row.written("group")?.error("clash", message);
        row.cx.sink.push(finding.help("write a row for each"));
        return None;
    }
    let of = product.map(|product| vec![product]).or(group);
    if zone.is_none() && of.is_none() {
        let message = format!("{} names neither a zone nor a product", row.title);
        let finding = Finding::error("missing-key", row.at, message).about("promise.rows");
        row.cx.sink.push(finding.expected("`zone`, `product` or `group`; what holds for all stands in [promise]"));
        return None;
    }
    if terms == general {
        let message = format!("{} promises what [promise] does", row.title);
        let finding = Finding::warning("no-effect", row.at, message).about("promise.rows");
        row.cx.sink.push(finding.help("give it `within`, `working_days` or `restock_within`"));
    }
    Some(PromiseRow { zone, products: of, terms })
}

/// Reports a row about what a row before it is about already: of two rows that fit, the first holds.
fn tell_of_what_never_holds(row: &Section<'_>, found: &PromiseRow, earlier: &[(PromiseRow, Place)]) {
    let is_covered = |(before, _): &&(PromiseRow, Place)| {
        let of_products = |of: &Vec<ProductId>| {
            found.products.as_ref().is_some_and(|own| own.iter().all(|product| of.binary_search(product).is_ok()))
        };
        (before.zone.is_none() || before.zone == found.zone) && before.products.as_ref().is_none_or(of_products)
    };
    let Some((before, first)) = earlier.iter().find(is_covered) else { return };
    let note = format!("the first stands at {}; of rows that fit, the first holds", row.cx.sources.name_of(*first));
    let message = if (before.zone, &before.products) == (found.zone, &found.products) {
        "this row of [[promise.rows]] has no effect: a row before it is about the same zone and products"
    } else {
        "this row of [[promise.rows]] has no effect: a row before it is about all that it is about"
    };
    let finding = Finding::warning("no-effect", row.at, message.to_string());
    let finding = finding.help("put it before that row, or drop it");
    row.cx.sink.push(finding.about("promise.rows").note(note));
}

/// What a key names, if it is there; `None` where it cannot be made out.
fn named<T>(row: &Section<'_>, key: &'static str, resolve: impl Fn(&Item<'_>) -> Option<T>) -> Option<Option<T>> {
    match row.written(key) {
        Some(item) => resolve(&item).map(Some),
        None => Some(None),
    }
}

/// The products of a group, ascending.
pub fn group(item: &Item<'_>, products: &Products) -> Option<Vec<ProductId>> {
    let name = item.name()?;
    if let Some(of) = products.groups.get(&*name) {
        let mut of = of.clone();
        of.sort_unstable();
        return Some(of);
    }
    let finding = item.error("dangling", format!("no product belongs to a group \"{name}\""));
    let help = remedy(&name, products.groups.keys().map(String::as_str));
    let help =
        help.unwrap_or_else(|| "name a group that [[products]] have under `substitutes` or `bought_with`".to_string());
    item.cx.sink.push(finding.help(help));
    None
}

/// A time of the day, written `15:00`.
fn time_of_day(item: &Item<'_>) -> Option<Span> {
    let text = item.text()?;
    let parts = text.split_once(':').map(|(hours, minutes)| (hours.parse::<i64>(), minutes.parse::<i64>()));
    if let Some((Ok(hours @ 0..=23), Ok(minutes @ 0..=59))) = parts {
        return Some(Span(hours * 3_600 + minutes * 60));
    }
    let message = format!("`{}` is \"{text}\", which is no time of day", item.key);
    item.cx.sink.push(item.error("bad-time", message).expected("hours and minutes, such as \"15:00\""));
    None
}

/// Days of the week, as a text or as a list.
fn week(item: &Item<'_>) -> Option<WeekDays> {
    if matches!(item.node.value, Value::Text(_) | Value::Cell(_)) {
        return item.setting();
    }
    let mut week = [false; 7];
    let mut is_sound = true;
    for day in item.list()? {
        match day.setting::<Weekday>() {
            Some(day) => week[day as usize] = true,
            None => is_sound = false,
        }
    }
    if is_sound && week == [false; 7] {
        let message = format!("`{}` names no day, so no date can be promised", item.key);
        item.cx.sink.push(item.error("empty", message).help("name at least one, such as [\"mon\"]"));
        return None;
    }
    is_sound.then_some(WeekDays(week))
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Files, load};

    struct None;
    impl Files for None {
        fn read(&self, _: &str) -> Result<String, String> {
            Err("there are no files here".into())
        }
    }

    fn read(promise: &str) -> Result<crate::domain::Model, String> {
        let text = format!(
            r#"
            run = {{ horizon = "30d" }}
            zones = [{{ id = "home" }}, {{ id = "far" }}]
            warehouses = [{{ id = "boise" }}]
            lanes = [{{ from = "boise", to = "home" }}, {{ from = "boise", to = "far" }}]
            products = [{{ id = "whey" }}, {{ id = "rack", substitutes = "bulky" }}]
            {promise}
        "#
        );
        load("promise.toml", &text, &None, &[]).map(|loaded| loaded.model).map_err(|why| why.to_string())
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let mistakes = read(
            r#"
            [promise]
            cut_off = "25:00"
            week = ["mon", "tues"]
            within = "2d"
            working_days = 3
            [[promise.rows]]
            zone = "fra"
            [[promise.rows]]
            within = "2d"
            [[promise.rows]]
            product = "rack"
            group = "bulky"
            within = "2d"
        "#,
        )
        .unwrap_err();
        for word in [
            "\"25:00\", which is no time of day",
            "cannot be \"tues\"",
            "both `within` and `working_days`",
            "there is no zone \"fra\"",
            "names neither a zone nor a product",
            "a `product` or a `group`, not both",
        ] {
            assert!(mistakes.contains(word), "{word} is not told:\n{mistakes}");
        }
    }

    #[test]
    fn rows_take_what_they_leave_out_from_the_table() {
        let model = read(
            r#"
            [promise]
            working_days = 2
            cut_off = "15:00"
            restock_within = "10d"
            [[promise.rows]]
            group = "bulky"
            working_days = 5
            [[promise.rows]]
            zone = "far"
            restock_within = "20d"
        "#,
        )
        .unwrap();
        let promise = model.promise().unwrap();
        let terms = |zone, product| promise.terms(super::ZoneId(zone), super::ProductId(product));
        assert_eq!(terms(0, 0).time, super::PromiseTime::WorkingDays(2));
        assert_eq!(
            (terms(1, 1).time, terms(1, 1).restock_within),
            (super::PromiseTime::WorkingDays(5), Some(super::Span::from_days(10)))
        );
        assert_eq!(
            (terms(1, 0).time, terms(1, 0).restock_within),
            (super::PromiseTime::WorkingDays(2), Some(super::Span::from_days(20)))
        );
        // Working days, and no word of which they are: Monday to Friday.
        assert_eq!(promise.days.weekdays(), super::WORKING_WEEK);
        assert_eq!(promise.cut_off, Some(super::Span(15 * 3_600)));
        assert!(read("").unwrap().promise().is_none());
    }
}
