//! Orders out of the rows of an export: lines put to their orders, what is left out counted by its reason, returns taken off.

mod finish;

use super::complaint::Complaint;
use super::dates::When;
use super::fields::Field;
use super::goods::Called;
use super::left::{IN_PART, LEFT, Left, NEVER};
use super::limits::{beyond, no_units};
use super::names::Names;
use super::numbers::{HELP, currency};
use super::orders::{Differing, Orders};
use super::settings::Goods;
use super::source::{Opened, View};
use super::zones::named;
use crate::domain::DAY;
use crate::scenario::{Moment, is_failed, is_none};
use std::collections::{BTreeSet, HashSet};

/// A row as it was read, before anything is left out.
struct Raw {
    order: u32,
    product: u32,
    units: f64,
    price: Option<f64>,
    /// The currency of the price, where the row or its order says so.
    currency: Option<u32>,
    vendor: Option<u32>,
    /// How many of the units have left, where the export says so.
    shipped: Option<f64>,
    /// When they left.
    left: Option<i64>,
    /// Where it gives its order another date than the order's first row: its number among such rows.
    dated_anew: Option<u32>,
}

/// An order as its first row tells of it.
struct Head {
    at: Option<i64>,
    is_placeholder: bool,
    /// Its date as it is written there.
    date: String,
    /// Whether the file that has its date lacks it.
    is_unjoined: bool,
    place: u32,
    country: String,
    has_place: bool,
    warehouse: Option<u32>,
    /// Whether it left, and when, where that is said of the order as a whole.
    left: Left,
    currency: Option<u32>,
    file: String,
    filtered: Vec<String>,
}

/// Reads the orders.
///
/// # Errors
/// All that is wrong with the rows.
pub fn read(source: &Opened, goods: &Goods) -> Result<Orders, Vec<Complaint>> {
    let mut reader = Reader::new(source);
    let (none, mut wrong) = source.each_view(|view| reader.take(view));
    wrong.append(&mut reader.wrong);
    if !wrong.is_empty() {
        let names = source.names();
        wrong.sort_by_key(|complaint| (names.iter().position(|name| *name == complaint.file), complaint.line));
        return Err(wrong);
    }
    let out = &mut reader.orders.count.left_out;
    for (rows, what) in [(none.headers, "the headers once more"), (none.totals, "a total or a note, not a row")] {
        if rows > 0 {
            out.insert(what.to_string(), rows);
        }
    }
    reader.orders.count.rows += none.headers + none.totals;
    let orders = reader.finish(goods);
    if orders.list.is_empty() {
        let names = source.names().join(", ");
        if orders.count.rows == 0 {
            let help = "export the orders with it: see which dates and which state of orders the export is of";
            return Err(vec![Complaint::of(names, "there are no orders below the headers").help(help)]);
        }
        let reasons: Vec<String> =
            orders.count.left_out.iter().map(|(what, rows)| format!("{rows} ({what})")).collect();
        let what = format!("no order is left of {} rows: {}", orders.count.rows, reasons.join(", "));
        return Err(vec![Complaint::of(names, what).help("see --where, --ignore, --returns and --free")]);
    }
    Ok(orders)
}

struct Reader<'s> {
    source: &'s Opened,
    ids: Names,
    heads: Vec<Head>,
    raw: Vec<Raw>,
    products: Names,
    places: Names,
    currencies: Names,
    last: Option<u32>,
    /// The rows that give their order another date than its first one did: file and line.
    dated_anew: Vec<(String, usize)>,
    /// The orders whose rows name another country than their first one did.
    elsewhere: BTreeSet<u32>,
    /// The file that is read, and what those before it have of each order.
    file: String,
    earlier: HashSet<(u32, u32, bool)>,
    orders: Orders,
    wrong: Vec<Complaint>,
    has_price: bool,
    has_units: bool,
    has_items: bool,
}

/// So many complaints about rows are kept.
const KEPT: usize = 50;

impl<'s> Reader<'s> {
    fn new(source: &'s Opened) -> Self {
        let orders = Orders {
            have_time: source.have_time,
            say_shipped: [Field::Shipped, Field::Fulfilled, Field::Left].iter().any(|&field| source.has(field)),
            ..Orders::default()
        };
        Self {
            source,
            ids: Names::default(),
            heads: Vec::new(),
            raw: Vec::new(),
            products: Names::default(),
            places: Names::default(),
            currencies: Names::default(),
            last: None,
            dated_anew: Vec::new(),
            elsewhere: BTreeSet::new(),
            file: String::new(),
            earlier: HashSet::new(),
            orders,
            wrong: Vec::new(),
            has_price: source.has(Field::Price) || source.has(Field::Total),
            has_units: source.has(Field::Units),
            has_items: source.has(Field::Items) && !source.has(Field::Product) && !source.has(Field::Name),
        }
    }

    fn complain(&mut self, complaint: Complaint) {
        // Beyond those that are kept the last is told once more.
        if self.wrong.len() >= KEPT {
            self.wrong.pop();
        }
        self.wrong.push(complaint);
    }

    fn leave_out(&mut self, what: &str) {
        match self.orders.count.left_out.get_mut(what) {
            Some(rows) => *rows += 1,
            None => {
                self.orders.count.left_out.insert(what.to_string(), 1);
            }
        }
    }

    fn take(&mut self, view: &View<'_>) {
        self.orders.count.rows += 1;
        if self.file != view.file() {
            self.file = view.file().to_string();
            self.earlier = self.raw.iter().map(|row| (row.order, row.product, row.units < 0.0)).collect();
        }
        let id = view.raw(Field::Order);
        let order = if id.is_empty() && self.source.has(Field::Order) {
            // An order's own fields are blank on its later rows.
            match self.last {
                Some(last) => last,
                None => return self.leave_out("no order's number"),
            }
        } else {
            let row;
            let id = if id.is_empty() {
                row = format!("row {}", view.line());
                &row
            } else {
                id
            };
            self.ids.number(id)
        };
        self.last = Some(order);
        if order as usize == self.heads.len() {
            let head = self.head(view);
            self.heads.push(head);
        }
        let head = &mut self.heads[order as usize];
        if head.file != view.file() {
            // Where exports overlap an order stands in both of them; where one was cut, it goes on in the next.
            head.file = view.file().to_string();
            self.orders.count.in_several_files += 1;
        }
        self.complete(order, view);
        if let Some(why) = view.with_first(&self.heads[order as usize].filtered).left_out() {
            return self.leave_out(&why);
        }
        self.line(order, view);
    }

    /// What the first row of an order tells of it.
    fn head(&mut self, view: &View<'_>) -> Head {
        let (at, is_placeholder) = self.date(view);
        let (country, region) = place_of(view);
        let place = self.places.number(&format!("{country}\u{1f}{region}"));
        let has_place = !country.is_empty() || !region.is_empty();
        let (country, is_unjoined) = (country.to_string(), view.is_unjoined(Field::Date));
        let currency = self.currency(view);
        let warehouse = Some(view.raw(Field::Warehouse)).filter(|name| !name.is_empty());
        let warehouse = warehouse.map(|name| self.orders.warehouses.number(name));
        let (left, file, date) =
            (Left::of(self.source, view).unwrap_or_default(), view.file().to_string(), view.moment().into_owned());
        let filtered = view.filtered();
        Head {
            at,
            is_placeholder,
            date,
            is_unjoined,
            place,
            country,
            has_place,
            warehouse,
            left,
            currency,
            file,
            filtered,
        }
    }

    /// The currency that a row's prices are in: of its column, else of the sign beside its price.
    fn currency(&mut self, view: &View<'_>) -> Option<u32> {
        let cells = [Field::Currency, Field::Price, Field::Total].map(|field| view.raw(field));
        let found = cells.into_iter().find_map(currency)?;
        let code = match found.to_uppercase().as_str() {
            "€" | "EURO" => "EUR".to_string(),
            "£" => "GBP".to_string(),
            code => code.to_string(),
        };
        Some(self.currencies.number(&code))
    }

    /// When a row says its order was placed.
    fn date(&mut self, view: &View<'_>) -> (Option<i64>, bool) {
        let text = view.moment();
        if text.is_empty() {
            return (None, false);
        }
        match self.source.dates.read(&text) {
            Ok(When::At(moment)) => {
                let names_hour = self.source.have_time && moment.has_time;
                self.orders.count.skipped_hours += usize::from(names_hour && self.source.dates.is_skipped(moment));
                (Some(self.placed(moment)), false)
            }
            Ok(When::Placeholder) => (None, true),
            Err((why, help)) => {
                self.complain(Complaint { help, ..Complaint::at(view.file(), view.line(), why) });
                (None, true)
            }
        }
    }

    /// When an order of a moment was placed: at noon, where others name hours and it names none.
    fn placed(&self, moment: Moment) -> i64 {
        match (self.source.have_time, moment.has_time) {
            (true, true) => moment.seconds,
            (true, false) => moment.seconds + DAY / 2,
            (false, _) => moment.day() * DAY,
        }
    }

    /// The number among such rows of one that gives its order another date than the order's first row, which is what holds.
    fn dated_anew(&mut self, order: u32, view: &View<'_>) -> Option<u32> {
        let (head, text) = (&self.heads[order as usize], view.moment());
        // Most rows repeat their order's date to the letter, and need not be read.
        if text.is_empty() || *text == head.date {
            return None;
        }
        match (head.at, self.source.dates.read(&text)) {
            // Minutes within a day are how some shops book long orders.
            (Some(at), Ok(When::At(moment))) if moment.day() != at.div_euclid(DAY) => {
                self.dated_anew.push((view.file().to_string(), view.line()));
                Some(self.dated_anew.len() as u32 - 1)
            }
            _ => None,
        }
    }

    /// What an order's first row leaves open, a later one may tell.
    fn complete(&mut self, order: u32, view: &View<'_>) {
        let head = &self.heads[order as usize];
        if head.at.is_none() && !head.is_placeholder {
            let (at, is_placeholder) = self.date(view);
            let head = &mut self.heads[order as usize];
            (head.at, head.is_placeholder, head.date) = (at, is_placeholder, view.moment().into_owned());
        }
        let (country, region) = place_of(view);
        let head = &self.heads[order as usize];
        let is_elsewhere = !head.country.is_empty() && head.country.to_lowercase() != country.to_lowercase();
        if is_elsewhere && !country.is_empty() {
            self.elsewhere.insert(order);
            let first = || Differing::first((view.file().to_string(), view.line()));
            self.orders.count.elsewhere.get_or_insert_with(first).rows += 1;
        }
        if !head.has_place && (!country.is_empty() || !region.is_empty()) {
            let place = self.places.number(&format!("{country}\u{1f}{region}"));
            let head = &mut self.heads[order as usize];
            (head.place, head.has_place, head.country) = (place, true, country.to_string());
        }
    }

    /// The line, or the lines, of a row.
    fn line(&mut self, order: u32, view: &View<'_>) {
        if self.has_items {
            let items = view.raw(Field::Items).to_string();
            let mut is_any = false;
            for item in items.split([',', ';', '\n']) {
                let Some((name, units)) = item_of(item) else { continue };
                is_any = true;
                let product = self.product(&name, "");
                if self.is_there(order, product, units) {
                    continue;
                }
                let (price, currency, vendor, shipped, left) = (None, None, None, None, None);
                let dated_anew = self.dated_anew(order, view);
                self.raw.push(Raw { order, product, units, price, currency, vendor, shipped, left, dated_anew });
            }
            if !is_any {
                self.leave_out("no product");
            }
            return;
        }
        let (code, name) = product_of(view);
        if code.is_empty() || is_none(&code) || is_failed(&code) {
            return self.leave_out("no product");
        }
        let text = view.raw(Field::Units);
        let units = match self.source.number(text) {
            Some(units) => units,
            _ if text.is_empty() && !self.has_units => 1.0,
            _ if text.is_empty() => return self.leave_out("no units"),
            _ => {
                return self.complain(no_units(view, text));
            }
        };
        if let Some(complaint) = beyond(view, Field::Units, text, units) {
            return self.complain(complaint);
        }
        let Some(price) = self.price(view, units) else { return };
        let (shipped, left) = self.shipped(view, order, units);
        let currency = self.currency(view).or(self.heads[order as usize].currency);
        let vendor = Some(view.raw(Field::Vendor)).filter(|name| !name.is_empty());
        let vendor = vendor.map(|name| self.orders.vendors.number(name));
        let product = self.product(&code, &name);
        if self.is_there(order, product, units) {
            return;
        }
        let dated_anew = self.dated_anew(order, view);
        self.raw.push(Raw { order, product, units, price, currency, vendor, shipped, left, dated_anew });
    }

    /// Whether an earlier file has a product of an order, or takes it back as this row does; it is told.
    fn is_there(&mut self, order: u32, product: u32, units: f64) -> bool {
        let is_there = self.earlier.contains(&(order, product, units < 0.0));
        if is_there {
            self.orders.count.in_earlier_file += 1;
            self.leave_out("an earlier file has it");
        }
        is_there
    }

    /// What a unit was sold for, if the row says so; nothing where what it says is no number.
    fn price(&mut self, view: &View<'_>, units: f64) -> Option<Option<f64>> {
        for (field, of_units) in [(Field::Price, 1.0), (Field::Total, units.abs())] {
            let text = view.raw(field);
            match self.source.number(text) {
                Some(amount) if of_units > 0.0 => {
                    let price = amount / of_units;
                    if let Some(complaint) = beyond(view, field, text, price) {
                        self.complain(complaint);
                        return None;
                    }
                    return Some(Some(price));
                }
                None if !text.is_empty() => {
                    let what = format!("\"{text}\" is no price");
                    self.complain(Complaint::at(view.file(), view.line(), what).help(HELP));
                    return None;
                }
                _ => {}
            }
        }
        Some(None)
    }

    /// How many units of a line have left, and when, where the export says so.
    fn shipped(&mut self, view: &View<'_>, order: u32, units: f64) -> (Option<f64>, Option<i64>) {
        let left = Left::of(self.source, view).unwrap_or_else(|unread| {
            if self.orders.unread_left.len() < KEPT {
                self.orders.unread_left.push(unread);
            }
            Left::No
        });
        let left = left.or(self.heads[order as usize].left);
        if let Some(shipped) = self.source.number(view.raw(Field::Shipped)) {
            return (Some(shipped), left.at().filter(|_| shipped > 0.0));
        }
        if !self.source.has(Field::Fulfilled) {
            let shipped = if left == Left::No { 0.0 } else { units };
            return (self.source.has(Field::Left).then_some(shipped), left.at());
        }
        let word = view.raw(Field::Fulfilled).to_lowercase();
        if LEFT.contains(&word.as_str()) {
            return (Some(units), left.at());
        }
        self.orders.count.fulfilled_in_part += usize::from(IN_PART.contains(&word.as_str()));
        (Some(if NEVER.contains(&word.as_str()) { units } else { 0.0 }), None)
    }

    fn product(&mut self, code: &str, name: &str) -> u32 {
        let number = self.products.number(code);
        if number as usize == self.orders.products.len() {
            let (code, name) = (code.to_string(), name.to_string());
            self.orders.products.push(Called { code, name, ..Called::default() });
        }
        let called = &mut self.orders.products[number as usize];
        called.rows += 1;
        if called.name.is_empty() {
            called.name.push_str(name);
        }
        called.has_several_names |= !name.is_empty() && called.name != name;
        number
    }
}

/// Where a row says that its customer is: country and region, without what stands for none.
fn place_of<'v>(view: &'v View<'_>) -> (&'v str, &'v str) {
    (named(view.raw(Field::Country)), named(view.raw(Field::Region)))
}

/// The code and the name of a row's product: its code, else its name with its options; `[CODE] Name` is both.
pub fn product_of(view: &View<'_>) -> (String, String) {
    let (code, name, options) = (view.raw(Field::Product), view.raw(Field::Name), view.raw(Field::Options));
    if let Some((inside, rest)) = code.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (inside.trim().to_string(), rest.trim().to_string());
    }
    if !code.is_empty() {
        return (code.to_string(), name.to_string());
    }
    let is_default = options.is_empty() || options.eq_ignore_ascii_case("default title") || name.ends_with(options);
    let whole = if is_default { name.to_string() } else { format!("{name} / {options}") };
    (whole.clone(), whole)
}

/// The letters and the sign that stand between a product and how many there are of it.
const TIMES: [char; 3] = ['x', 'X', '×'];

/// An item of a cell that holds several: `2x Tea`, `Tea (2)`, `Tea x 2`, `Tea`.
fn item_of(item: &str) -> Option<(String, f64)> {
    let item = item.trim();
    if item.is_empty() {
        return None;
    }
    let number =
        |text: &str| text.trim().parse::<u32>().ok().filter(|units| (1..=9_999).contains(units)).map(f64::from);
    // Within a word it is a letter: `2XL Shirt`, `Xbox 360`.
    let before = item.find(TIMES).and_then(|at| {
        let (units, name) = (&item[..at], item[at..].strip_prefix(TIMES)?);
        let is_apart = name.starts_with(char::is_whitespace) || item[at..].starts_with('×');
        Some((name.trim().to_string(), number(units).filter(|_| is_apart)?))
    });
    let behind = || {
        let (name, units) = item.rsplit_once(TIMES)?;
        let is_apart = name.ends_with(char::is_whitespace) || item[name.len()..].starts_with('×');
        Some((name.trim().to_string(), number(units).filter(|_| is_apart)?))
    };
    let in_brackets = || {
        let (name, units) = item.strip_suffix(')')?.rsplit_once('(')?;
        Some((name.trim().to_string(), number(units.trim_start_matches(TIMES))?))
    };
    let found = before.or_else(behind).or_else(in_brackets).filter(|(name, _)| !name.is_empty());
    Some(found.unwrap_or_else(|| (item.to_string(), 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_one_cell_are_told_apart() {
        for (item, name, units) in [
            ("2x Tea", "Tea", 2.0),
            (" Tea x 3 ", "Tea", 3.0),
            ("Tea (2)", "Tea", 2.0),
            ("Mixer", "Mixer", 1.0),
            ("Box", "Box", 1.0),
            ("7 Up", "7 Up", 1.0),
            ("Xbox 360", "Xbox 360", 1.0),
            ("2XL Shirt", "2XL Shirt", 1.0),
            ("Mix 3", "Mix 3", 1.0),
            ("4x4 Toy", "4x4 Toy", 1.0),
            ("Xbox 360 x2", "Xbox 360", 2.0),
            ("3 x Mug", "Mug", 3.0),
            ("2×Tea", "Tea", 2.0),
        ] {
            assert_eq!(item_of(item), Some((name.to_string(), units)), "{item}");
        }
        assert_eq!(item_of("  "), None);
    }
}
