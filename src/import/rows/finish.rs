//! From rows to orders: what is no goods is left out, returns are taken off, lines are put to their orders.

use super::{Raw, Reader};
use crate::import::goods::{doubted, is_ignored, proposed, shortened};
use crate::import::orders::{Differing, Line, Odd, Order, Orders};
use crate::import::settings::{Free, Goods, Repeated, Returns};
use crate::scenario::{closest, is_shortened};
use std::collections::{BTreeSet, HashMap};

impl Reader<'_> {
    /// Leaves out what is no goods, takes returns off, and puts lines to their orders.
    pub(super) fn finish(mut self, goods: &Goods) -> Orders {
        let found = proposed(&self.orders.products);
        let ignored = goods.ignore.clone().unwrap_or_else(|| shortened(&found, &self.orders.products));
        let ignored = goods.corrected(ignored);
        let is_ignored: Vec<bool> = self.orders.products.iter().map(|called| is_ignored(called, &ignored)).collect();
        let new = self.orders.products.iter().zip(&is_ignored).filter(|(called, out)| {
            !**out && found.contains(&called.code) && !goods.not_ignored.contains(&called.code)
        });
        self.orders.doubtful = new.map(|(called, _)| called.code.clone()).collect();
        if goods.ignore.is_none() {
            // Who has seen the list once need not be asked again.
            let is_new = |code: &String| {
                let kept =
                    self.orders.products.iter().zip(&is_ignored).any(|(called, out)| !out && called.code == *code);
                kept && !self.orders.doubtful.contains(code) && !goods.not_ignored.contains(code)
            };
            let more: Vec<String> = doubted(&self.orders.products).into_iter().filter(is_new).collect();
            self.orders.doubtful.extend(more);
        }
        self.orders.ignored = ignored;
        let free = match goods.free {
            Free::Usual => !self.source.is_of("online-retail"),
            Free::Keep => true,
            Free::Drop => false,
        };
        self.orders.count.unknown_goods = self.unknown_goods(goods, &found);
        let main = self.main_currency();
        let mut moved: BTreeSet<u32> = BTreeSet::new();
        let mut kept: Vec<(u32, Line)> = Vec::with_capacity(self.raw.len());
        let mut returned: Vec<Raw> = Vec::new();
        for row in std::mem::take(&mut self.raw) {
            let head = &self.heads[row.order as usize];
            let out = if head.at.is_none() {
                Some(match (head.is_placeholder, head.is_unjoined) {
                    (true, _) => "a date that stands for none",
                    (false, true) => "its order is in no file that has the dates",
                    (false, false) => "no date",
                })
            } else if is_ignored[row.product as usize] {
                Some("no goods")
            } else if row.units < 0.0 {
                returned.push(row);
                continue;
            } else if row.units == 0.0 {
                Some("no units")
            } else if self.has_price && row.price.is_some_and(|price| price < 0.0) {
                Some("a price below 0")
            } else if self.has_price && !free && row.price.is_none_or(|price| price == 0.0) {
                Some("no price: a correction of the stock")
            } else {
                None
            };
            if let Some(out) = out {
                self.leave_out(out);
                continue;
            }
            self.orders.count.rounded += usize::from(row.units.fract() != 0.0);
            self.orders.count.free += usize::from(self.has_price && row.price.is_none_or(|price| price == 0.0));
            let units = row.units.ceil() as u32;
            let open = row.shipped.map_or(0, |shipped| (row.units - shipped.max(0.0)).max(0.0).ceil() as u32);
            let Raw { order, product, price, currency, vendor, left, dated_anew, .. } = row;
            // An average of several currencies is a price in none.
            let price = price.filter(|_| currency.is_none_or(|currency| main.is_none_or(|main| main == currency)));
            if let Some(row) = dated_anew {
                moved.insert(order);
                let first = || self.dated_anew[row as usize].clone();
                self.orders.count.dated_anew.get_or_insert_with(|| Differing::first(first())).rows += 1;
            }
            kept.push((order, Line { product, units, open, price, vendor, left }));
        }
        if let Some(told) = &mut self.orders.count.dated_anew {
            told.orders = moved.len();
        }
        if let Some(told) = &mut self.orders.count.elsewhere {
            told.orders = self.elsewhere.len();
        }
        self.put_together(kept, returned, goods)
    }

    /// The currency of most rows, whose prices are read; `None` where none is named. Several of them are told.
    fn main_currency(&mut self) -> Option<u32> {
        let mut rows = vec![0_usize; self.currencies.len()];
        for row in self.raw.iter().filter(|row| row.price.is_some()) {
            if let Some(currency) = row.currency {
                rows[currency as usize] += 1;
            }
        }
        let mut all: Vec<(u32, usize)> = (0..).zip(rows).filter(|(_, rows)| *rows > 0).collect();
        all.sort_by_key(|&(currency, rows)| (std::cmp::Reverse(rows), currency));
        if all.len() > 1 {
            let named = all.iter().map(|&(currency, rows)| (self.currencies.name(currency).to_string(), rows));
            self.orders.count.currencies = named.collect();
        }
        all.first().map(|(currency, _)| *currency)
    }

    /// What was just said to be no goods, or to be goods, and is no product's code or name.
    fn unknown_goods(&self, goods: &Goods, found: &[String]) -> Vec<(String, Option<String>)> {
        let products = &self.orders.products;
        let codes = || products.iter().flat_map(|called| [called.code.as_str(), called.name.as_str()]);
        let is_unknown =
            |entry: &&String| !products.iter().any(|called| is_ignored(called, std::slice::from_ref(*entry)));
        let out = goods.more_ignored.iter().filter(is_unknown);
        let out = out.map(|entry| (format!("--ignore {entry}"), closest(entry, codes()).map(String::from)));
        let listed = || found.iter().chain(goods.ignore.iter().flatten()).map(String::as_str);
        let back = goods.not_ignored.iter().filter(|entry| !listed().any(|known| known == entry.as_str()));
        let back = back.map(|entry| (format!("--goods {entry}"), closest(entry, listed()).map(String::from)));
        out.chain(back).collect()
    }

    fn put_together(mut self, mut kept: Vec<(u32, Line)>, returned: Vec<Raw>, goods: &Goods) -> Orders {
        // Stable, so that an order's lines stay in the order of the file.
        kept.sort_by_key(|(order, _)| *order);
        let mut first: HashMap<u32, usize> = HashMap::new();
        for (at, (order, _)) in kept.iter().enumerate() {
            first.entry(*order).or_insert(at);
        }
        let mut taken_back: HashMap<(u32, u32), u32> = HashMap::new();
        for row in returned {
            let mut left = (-row.units).ceil() as u32;
            if goods.returns == Returns::Net
                && let Some(&from) = first.get(&row.order)
            {
                let own = kept[from..].iter_mut().take_while(|(order, _)| *order == row.order);
                for (_, line) in own.filter(|(_, line)| line.product == row.product) {
                    let taken = left.min(line.units);
                    line.units -= taken;
                    line.open = line.open.min(line.units);
                    left -= taken;
                }
                if left < (-row.units).ceil() as u32 {
                    self.orders.count.netted += 1;
                    self.orders.count.returned_beyond += usize::from(left > 0);
                    continue;
                }
            }
            taken_back.entry((row.product, left)).or_insert(row.order);
            self.leave_out("returned or cancelled, without its order");
        }
        self.find_odd(&kept, &taken_back);
        let mut by_order: Vec<(u32, Vec<Line>)> = Vec::new();
        for (order, line) in kept {
            if line.units == 0 {
                self.leave_out("taken back within its order");
                continue;
            }
            match by_order.last_mut() {
                Some((last, lines)) if *last == order => {
                    let again = lines.iter().position(|other| other.product == line.product);
                    match again {
                        Some(at) if goods.repeated == Repeated::Merge => {
                            lines[at].units = lines[at].units.saturating_add(line.units);
                            lines[at].open = lines[at].open.saturating_add(line.open);
                            self.orders.count.merged += 1;
                        }
                        again => {
                            self.orders.count.repeated += usize::from(again.is_some());
                            lines.push(line);
                        }
                    }
                }
                _ => by_order.push((order, vec![line])),
            }
        }
        let Self { mut orders, heads, ids, places, .. } = self;
        for (number, lines) in by_order {
            let head = &heads[number as usize];
            let from = orders.lines.len();
            orders.lines.extend(lines);
            orders.count.without_place += usize::from(!head.has_place);
            orders.list.push(Order {
                id: ids.name(number).to_string(),
                at: head.at.expect("lines without a date are left out"),
                place: head.place,
                warehouse: head.warehouse,
                lines: from..orders.lines.len(),
            });
        }
        let place = |text: &String| {
            let (country, region) = text.split_once('\u{1f}').unwrap_or((text, ""));
            (country.to_string(), region.to_string())
        };
        orders.places = places.all().iter().map(place).collect();
        judge_codes(&mut orders);
        orders
    }

    /// Lines of a hundred times the units of nearly all others, with what took them back.
    fn find_odd(&mut self, kept: &[(u32, Line)], taken_back: &HashMap<(u32, u32), u32>) {
        let mut units: Vec<u32> = kept.iter().map(|(_, line)| line.units).collect();
        if units.len() < 20 {
            return;
        }
        let at = units.len() * 99 / 100;
        let (_, &mut most, _) = units.select_nth_unstable(at);
        let limit = most.saturating_mul(100).max(1_000);
        let mut odd: Vec<&(u32, Line)> = kept.iter().filter(|(_, line)| line.units > limit).collect();
        odd.sort_by_key(|(order, line)| (std::cmp::Reverse(line.units), *order));
        let odd = odd.into_iter().take(5).map(|(order, line)| Odd {
            order: self.ids.name(*order).to_string(),
            product: self.products.name(line.product).to_string(),
            units: line.units,
            cancelled_by: taken_back.get(&(line.product, line.units)).map(|&order| self.ids.name(order).to_string()),
        });
        self.orders.odd = odd.collect();
    }
}

/// Counts the codes of goods that may not mean what they seem to.
fn judge_codes(orders: &mut Orders) {
    let mut is_sold = vec![false; orders.products.len()];
    orders.lines.iter().for_each(|line| is_sold[line.product as usize] = true);
    let count = |(times, first): &mut (usize, String), code: &str| {
        *times += 1;
        if first.is_empty() {
            first.push_str(code);
        }
    };
    for called in orders.products.iter().zip(&is_sold).filter(|(_, sold)| **sold).map(|(called, _)| called) {
        if called.has_several_names {
            count(&mut orders.count.several_names, &called.code);
        }
        if is_shortened(&called.code) {
            count(&mut orders.count.rounded_codes, &called.code);
        }
    }
}
