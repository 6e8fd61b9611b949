//! A new order: what the page showed, where it is assigned, what is available, how it leaves.

use backorder::domain::{AtLimit, Customers, Pool, ScriptedOrder, SourcingPolicy, Wish};
use serde_json::{Value, json};

use super::certain::seconds;
use super::promises::Word;
use super::sourcing::{choose, choose_for_units};
use super::world::{Call, Free, Line, Mode, Order, World};

/// A line somebody asks for.
struct Asked {
    number: u32,
    product: usize,
    units: u32,
    displayed: bool,
    /// What it would take, warehouse by warehouse.
    takes: Vec<(usize, u32)>,
}

impl Asked {
    fn available(&self) -> u32 {
        self.takes.iter().map(|&(_, units)| units).sum()
    }

    fn whole(&self) -> bool {
        self.available() == self.units
    }
}

impl World<'_> {
    /// Everything asked for by now, by number.
    pub fn place_orders(&mut self) {
        for row in 0..self.orders_asked.len() {
            if !self.orders_asked[row] && self.to_come[row].at.0 <= self.now {
                self.orders_asked[row] = true;
                let scripted = self.model.script().orders.len();
                // Between those that a script has and the others come those that are open at the start.
                let open = if row < scripted { 0 } else { self.model.script().open_orders.len() };
                let number = (row + open) as u64 + 1;
                match self.due_after(row) {
                    0 => self.place(number, self.to_come[row]),
                    after => self.book(number, row, after),
                }
            }
        }
    }

    pub fn place(&mut self, number: u64, row: &ScriptedOrder) {
        let rules = self.model.rules();
        let zone = row.zone.index();
        let asked: Vec<Asked> = (1..)
            .zip(&row.lines)
            .map(|(number, line)| {
                let product = line.product.index();
                Asked { number, product, units: line.units, displayed: self.shown_in_stock(product), takes: vec![] }
            })
            .collect();

        let (asked, mut told) = self.within_limits(number, asked);
        // The customer sees only what the page displays.
        let class = row.class.index();
        let keep = self.customers_of(class).keep_when_backordered == 1.0;
        let (mut lines, dropped): (Vec<Asked>, Vec<Asked>) = asked.into_iter().partition(|line| line.displayed || keep);
        let mut lost: Vec<(Asked, &str)> = dropped.into_iter().map(|line| (line, "dropped")).collect();

        let international = self.model.zones()[zone].international && rules.international.complete_only;
        let complete = international || rules.split.granularity == backorder::domain::Granularity::Order;
        let assigned_kind = complete || rules.backorder.pool == Pool::Warehouse;
        let (assigned, servers) = self.who_serves(zone, class, assigned_kind, &lines);

        self.source(zone, class, &servers, &mut lines);
        if !rules.backorder.accept {
            let (whole, refused): (Vec<Asked>, Vec<Asked>) = lines.into_iter().partition(Asked::whole);
            lines = whole;
            lost.extend(refused.into_iter().map(|line| (line, "refused")));
        }
        for (line, why) in &lost {
            let product = &self.model.products()[line.product].id;
            let fields = json!({ "order": number, "line": line.number, "product": product, "units": line.units,
                                 "why": why, "rule": "backorder-orderable" });
            told.push((line.number, "lost-at-display", fields));
        }
        // What the page decides comes before what the shelves do.
        told.sort_by_key(|(line, _, fields)| (fields["why"] == "refused", *line));
        for (_, event, fields) in told {
            self.trace(event, fields);
        }
        if lines.is_empty() {
            return;
        }
        let none = lines.iter().all(|line| line.available() == 0);
        let (mode, rule) = if lines.iter().all(Asked::whole) {
            (Mode::ShipsNow, "multi-warehouse")
        } else if international {
            (Mode::Held, "international-complete")
        } else if complete {
            (Mode::Held, "full-backorder-hold")
        } else if none {
            // Where full orders are not held, no rule holds or splits this one.
            match self.full_order_mode() {
                Mode::Held => (Mode::Held, "full-backorder-hold"),
                mode => (mode, "multi-warehouse"),
            }
        } else if self.ship_available(class) == 1.0 {
            (Mode::Split, "partial-split")
        } else {
            (Mode::Held, "full-backorder-hold")
        };
        let mut fields = json!({ "order": number, "zone": self.model.zones()[zone].id });
        self.name_class(class, &mut fields);
        fields["mode"] = match mode {
            Mode::ShipsNow => json!("ships-now"),
            Mode::Split => json!("split"),
            Mode::Held => json!("held"),
        };
        if let Some(warehouse) = assigned {
            fields["warehouse"] = json!(self.model.warehouses()[warehouse].id);
        }
        if self.model.zones()[zone].international {
            fields["international"] = json!(true);
        }
        self.trace("order-placed", fields);
        let order = self.orders.len();
        self.orders.push(Order {
            number,
            placed: self.now,
            zone,
            class,
            servers,
            assigned,
            mode,
            rule,
            lines: lines
                .iter()
                .map(|line| Line {
                    number: line.number,
                    product: line.product,
                    units: line.units,
                    word: Word::default(),
                    waiting: line.units,
                    reserved: vec![],
                    home: assigned.or_else(|| self.home_of_zone(zone, line.product)),
                    since: self.now,
                    backordered: false,
                    ended: false,
                })
                .collect(),
            next_line: row.lines.len() as u32 + 1,
            notice_due: None,
            ended: false,
        });
        // The page is read before anything is taken.
        for (place, line) in lines.iter().enumerate() {
            self.promise(order, place, line.displayed);
        }
        if !self.all_at_once(order) {
            if assigned.is_none() {
                for line in &lines {
                    let primary = self.primary(&self.orders[order].servers, line.product);
                    let others = line.takes.iter().map(|&(warehouse, _)| warehouse).filter(|&at| Some(at) != primary);
                    self.taken_over.extend(others.map(|warehouse| (self.now, warehouse)));
                }
            }
            for (place, line) in lines.iter().enumerate() {
                for &(warehouse, units) in &line.takes {
                    self.take(order, place, warehouse, units);
                }
            }
        }
        for (place, line) in lines.iter().enumerate().filter(|(_, line)| !line.whole()) {
            self.backorder(order, place, line.displayed);
        }
        self.let_go(order);
    }

    /// Orders of before second 0, in the order of placing: all that is listed waits, and has waited since.
    pub fn take_up_orders(&mut self) {
        let script = self.model.script();
        let mut rows: Vec<_> = (script.orders.len() as u64 + 1..).zip(&script.open_orders).collect();
        rows.sort_by_key(|(number, row)| (-row.age.0, *number));
        for (number, row) in rows {
            let rules = self.model.rules();
            let zone = row.zone.index();
            let international = self.model.zones()[zone].international && rules.international.complete_only;
            let complete = international || rules.split.granularity == backorder::domain::Granularity::Order;
            let assigned_kind = complete || rules.backorder.pool == Pool::Warehouse;
            let asked: Vec<Asked> = (1..)
                .zip(&row.lines)
                .map(|(number, line)| {
                    let product = line.product.index();
                    Asked { number, product, units: line.units, displayed: false, takes: vec![] }
                })
                .collect();
            let class = row.class.index();
            let (assigned, servers) = self.who_serves(zone, class, assigned_kind, &asked);
            let (mode, rule) = if international {
                (Mode::Held, "international-complete")
            } else if complete {
                (Mode::Held, "full-backorder-hold")
            } else if row.part_shipped {
                (Mode::Split, "partial-split")
            } else {
                match self.full_order_mode() {
                    Mode::Held => (Mode::Held, "full-backorder-hold"),
                    mode => (mode, "multi-warehouse"),
                }
            };
            let mode_word = if mode == Mode::Held { "held" } else { "split" };
            let placed = -row.age.0;
            let mut fields = json!({ "order": number, "zone": self.model.zones()[zone].id, "placed": placed });
            self.name_class(class, &mut fields);
            fields["mode"] = json!(mode_word);
            if let Some(warehouse) = assigned {
                fields["warehouse"] = json!(self.model.warehouses()[warehouse].id);
            }
            if self.model.zones()[zone].international {
                fields["international"] = json!(true);
            }
            if row.part_shipped {
                fields["part_shipped"] = json!(true);
            }
            self.trace("order-open", fields);
            for line in &asked {
                let product = &self.model.products()[line.product].id;
                let fields = json!({ "order": number, "line": line.number, "product": product, "units": line.units });
                self.trace("line-open", fields);
            }
            self.orders.push(Order {
                number,
                placed,
                zone,
                class,
                servers,
                assigned,
                mode,
                rule,
                lines: asked
                    .iter()
                    .map(|line| Line {
                        number: line.number,
                        product: line.product,
                        units: line.units,
                        word: Word::default(),
                        waiting: line.units,
                        reserved: vec![],
                        home: assigned.or_else(|| self.home_of_zone(zone, line.product)),
                        since: placed,
                        backordered: true,
                        ended: false,
                    })
                    .collect(),
                next_line: row.lines.len() as u32 + 1,
                notice_due: None,
                ended: false,
            });
            let customers = self.customers_of(class).clone();
            let Some(contact) = &customers.contact else { continue };
            let at = placed + seconds(&contact.after) + seconds(&contact.handling);
            if contact.probability == 1.0 && at >= 0 {
                for line in &asked {
                    let wants = if customers.swap_share == 1.0 { Wish::Swap } else { Wish::Remove };
                    self.calls.push(Call { at, order: number, line: line.number, wants, done: false });
                }
            }
        }
    }

    /// What is asked for, less what cannot be ordered; of some, the customer takes another product. And what is to be told of it, line
    /// by line.
    fn within_limits(&self, number: u64, asked: Vec<Asked>) -> (Vec<Asked>, Vec<(u32, &'static str, Value)>) {
        let (mut left, mut told) = (vec![], vec![]);
        for mut line in asked {
            let old = line.product;
            let waiting = |line: &&Line| line.waits() && line.product == old;
            let wait: u32 =
                self.orders.iter().flat_map(|order| &order.lines).filter(waiting).map(|line| line.waiting).sum();
            let most = self.model.products()[old].max_backorders;
            if line.displayed || self.placing_ahead || most.is_none_or(|most| wait < most) {
                left.push(line);
                continue;
            }
            let others = (0..self.model.products().len()).filter(|&other| other != old);
            let group = self.model.products()[old].substitutes;
            let mut fitting =
                others.filter(|&other| group.is_some() && self.model.products()[other].substitutes == group);
            let swaps = self.model.rules().backorder.at_limit == AtLimit::Swap;
            let other = if swaps { fitting.find(|&other| self.shown_in_stock(other)) } else { None };
            let name = |product: usize| &self.model.products()[product].id;
            let mut fields = json!({ "order": number, "line": line.number, "product": name(old), "units": line.units });
            match other {
                Some(other) => {
                    fields["to"] = json!(name(other));
                    fields["rule"] = json!("swap");
                    told.push((line.number, "line-replaced", fields));
                    (line.product, line.displayed) = (other, true);
                    left.push(line);
                }
                None => {
                    fields["why"] = json!("not-orderable");
                    fields["rule"] = json!("backorder-orderable");
                    told.push((line.number, "lost-at-display", fields));
                }
            }
        }
        (left, told)
    }

    fn customers_of(&self, class: usize) -> &Customers {
        self.model.classes().get(class).map_or(self.model.customers(), |class| &class.customers)
    }

    fn ship_available(&self, class: usize) -> f64 {
        let own = self.model.classes().get(class).and_then(|class| class.ship_available);
        own.unwrap_or(self.model.rules().split.ship_available)
    }

    /// An order's event names the customer's class, where there are some.
    pub fn name_class(&self, class: usize, fields: &mut Value) {
        if let Some(class) = self.model.classes().get(class) {
            fields["class"] = json!(class.id);
        }
    }

    fn shown_in_stock(&self, product: usize) -> bool {
        if self.model.rules().display.refresh.0 == 0 {
            self.network_free(product) >= 1
        } else {
            self.displayed[product]
        }
    }

    /// The warehouse that an order is assigned to, if it is to one, and those that may serve it now. Where every lane is closed, one
    /// that would serve it otherwise is chosen, and nobody serves it.
    fn who_serves(
        &self,
        zone: usize,
        class: usize,
        assigned_kind: bool,
        lines: &[Asked],
    ) -> (Option<usize>, Vec<usize>) {
        let open: Vec<usize> = self.lanes(zone).iter().map(|lane| lane.warehouse.index()).collect();
        if !assigned_kind {
            return (None, open);
        }
        if open.is_empty() {
            let all: Vec<usize> = self.model.zones()[zone].lanes.iter().map(|lane| lane.warehouse.index()).collect();
            return (self.assign(&all, class, lines), vec![]);
        }
        let assigned = self.assign(&open, class, lines);
        (assigned, assigned.into_iter().collect())
    }

    /// The eligible warehouse where most lines are available, then the one that carries most, then preference.
    fn assign(&self, eligible: &[usize], class: usize, lines: &[Asked]) -> Option<usize> {
        let mut best: Option<((usize, usize), usize)> = None;
        for &warehouse in eligible {
            let mut free = self.free_to(class);
            let mut available = 0;
            for line in lines {
                let units = i64::from(line.units);
                if free[warehouse][line.product] >= units {
                    free[warehouse][line.product] -= units;
                    available += 1;
                }
            }
            let carried = lines.iter().filter(|line| self.carries(warehouse, line.product)).count();
            if best.is_none_or(|(most, _)| (available, carried) > most) {
                best = Some(((available, carried), warehouse));
            }
        }
        best.map(|(_, warehouse)| warehouse)
    }

    /// Finds out which lines are available, and from where each would be served.
    fn source(&self, zone: usize, class: usize, servers: &[usize], lines: &mut [Asked]) {
        let mut free = self.free_to(class);
        for line in lines.iter_mut() {
            self.find_whole_or_part(servers, line, &mut free);
        }
        let costs: Vec<(usize, i64)> = self
            .lanes(zone)
            .iter()
            .map(|lane| (lane.warehouse.index(), lane.parcel_cost.0))
            .filter(|(warehouse, _)| servers.contains(warehouse))
            .collect();
        let mut free = self.free_to(class);
        let policy = self.model.sourcing().policy;
        if policy == SourcingPolicy::PrimarySpillover || policy == SourcingPolicy::MostStock {
            let wanted: Vec<(usize, u32)> = lines.iter().map(|line| (line.product, line.available())).collect();
            let taken = match policy {
                SourcingPolicy::MostStock => self.served_by_most_stock(servers, &wanted, &free),
                _ => self.spill_over(servers, &wanted, &[], &free),
            };
            let taken = taken.expect("what is available can be served");
            for (line, takes) in lines.iter_mut().zip(taken) {
                for &(warehouse, units) in &takes {
                    free[warehouse][line.product] -= i64::from(units);
                }
                line.takes = takes;
            }
            if !self.by_unit() {
                self.find_what_fits(servers, lines, &mut free);
            }
            return;
        }
        if self.by_unit() {
            // What each line gets is settled; from where is the policy's choice, in preference order among the chosen.
            let wanted: Vec<(usize, u32)> = lines.iter().map(|line| (line.product, line.available())).collect();
            let chosen = choose_for_units(policy, &wanted, &costs, &free);
            for line in lines.iter_mut() {
                line.takes = self.find(&chosen, line.product, line.available(), &mut free);
            }
            return;
        }
        let wanted: Vec<(usize, u32)> =
            lines.iter().filter(|line| line.whole()).map(|line| (line.product, line.units)).collect();
        let chosen = choose(policy, &wanted, &costs, &free);
        for (line, warehouse) in lines.iter_mut().filter(|line| line.whole()).zip(chosen) {
            free[warehouse][line.product] -= i64::from(line.units);
            line.takes = vec![(warehouse, line.units)];
        }
        self.find_what_fits(servers, lines, &mut free);
    }

    /// The policy may have left room that the plain walk had not.
    fn find_what_fits(&self, servers: &[usize], lines: &mut [Asked], free: &mut Free) {
        for line in lines.iter_mut().filter(|line| !line.whole()) {
            self.find_whole_or_part(servers, line, free);
        }
    }

    /// As [`World::find`]; where nothing may wait, a line that is not whole leaves its stock to the next.
    fn find_whole_or_part(&self, servers: &[usize], line: &mut Asked, free: &mut Free) {
        let before = free.clone();
        line.takes = self.find(servers, line.product, line.units, free);
        if !line.whole() && !self.model.rules().backorder.accept {
            line.takes.clear();
            *free = before;
        }
    }

    /// A line was not available whole: the customer is to be told, and may call.
    fn backorder(&mut self, order: usize, line: usize, displayed: bool) {
        let (rules, customers) = (self.model.rules(), self.customers_of(self.orders[order].class).clone());
        let due = self.now + seconds(&rules.notice.delay);
        let placed = &mut self.orders[order];
        placed.notice_due = Some(due);
        placed.lines[line].backordered = true;
        let (number, waiting) = (placed.number, placed.lines[line].waiting);
        let (product, line) = (placed.lines[line].product, placed.lines[line].number);
        let product = &self.model.products()[product].id;
        self.trace(
            "line-backordered",
            json!({ "order": number, "line": line, "product": product, "units": waiting, "rule": "multi-warehouse" }),
        );
        if displayed {
            self.trace(
                "display-mismatch",
                json!({ "order": number, "line": line, "product": product, "rule": "display-mismatch" }),
            );
        }
        let Some(contact) = &customers.contact else { return };
        let after_mismatch = customers.contact_after_mismatch.unwrap_or(contact.probability);
        let calls = if displayed { after_mismatch } else { contact.probability };
        if calls == 1.0 {
            let at = self.now + seconds(&contact.after) + seconds(&contact.handling);
            let wants = if customers.swap_share == 1.0 { Wish::Swap } else { Wish::Remove };
            self.calls.push(Call { at, order: number, line, wants, done: false });
        }
    }
}
