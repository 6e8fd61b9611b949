//! `[[customer_classes]]`, and the stock that is reserved for some of them.

use super::names::Names;
use super::overrides::RowSettings;
use super::reader::Section;
use super::report::Finding;
use super::schema;
use super::table::RowTable;
use crate::domain::settings::ClassRef;
use crate::domain::{ClassId, ContactHabit, CustomerClass, Customers, Reserve, ReserveRule, RuleSettings};

/// The classes, as far as they could be read, and their names.
pub struct Classes {
    /// In the file's order.
    list: Vec<Row>,
    /// Their ids.
    pub names: Names,
}

/// A row before it is known what `[customers]` says.
struct Row {
    class: CustomerClass,
    keep: Option<f64>,
    contact: Option<ContactHabit>,
    after_mismatch: Option<f64>,
    swap_share: Option<f64>,
}

/// Reads the classes.
pub fn read<'c>(root: &Section<'c>, settings: &'c RowSettings<'c>) -> Classes {
    let mut classes = Classes { list: Vec::new(), names: Names::new("customer class", "[[customer_classes]]") };
    let table = RowTable { key: "customer_classes", name: "[[customer_classes]]", settings };
    table.for_each(root, &schema::CUSTOMER_CLASS, |row| {
        let id = classes.names.take(&row);
        // All are read, so that every mistake is told.
        let share: Option<f64> = row.read("share");
        let priority: Option<u32> = row.read("priority");
        let keep: Option<Option<f64>> = row.read("keep_when_backordered");
        let contact: Option<Option<ContactHabit>> = row.read("contact");
        let after_mismatch: Option<Option<f64>> = row.read("contact_after_mismatch");
        let swap_share: Option<Option<f64>> = row.read("swap_share");
        let ship_available: Option<Option<f64>> = row.read("ship_available");
        let read = (id, share, priority, keep, contact, after_mismatch, swap_share, ship_available);
        let (
            Some(id),
            Some(share),
            Some(priority),
            Some(keep),
            Some(contact),
            Some(after_mismatch),
            Some(swap_share),
            Some(ship_available),
        ) = read
        else {
            classes.names.incomplete();
            return;
        };
        let class = CustomerClass { id, share, priority, customers: Customers::default(), ship_available };
        classes.list.push(Row { class, keep, contact, after_mismatch, swap_share });
    });
    if let (Some(item), true) = (root.written("customer_classes"), classes.names.len() > ClassId::MAX) {
        let message = format!("there are {} customer classes", classes.names.len());
        root.cx.sink.push(item.error("too-many", message).expected(format!("at most {}", ClassId::MAX)));
    }
    classes
}

impl Classes {
    /// The classes for the model: what a row leaves out is as all customers do. `are_drawn` says whether orders are given a class by
    /// share.
    pub fn list(self, root: &Section<'_>, general: &Customers, are_drawn: bool) -> Vec<CustomerClass> {
        let has_classes = !self.list.is_empty();
        let classes: Vec<CustomerClass> = (self.list.into_iter())
            .map(|Row { mut class, keep, contact, after_mismatch, swap_share }| {
                let own_mismatch = if contact.is_some() { None } else { general.contact_after_mismatch };
                class.customers = Customers {
                    keep_when_backordered: keep.unwrap_or(general.keep_when_backordered),
                    contact: contact.or_else(|| general.contact.clone()),
                    contact_after_mismatch: after_mismatch.or(own_mismatch),
                    swap_share: swap_share.unwrap_or(general.swap_share),
                };
                class
            })
            .collect();
        let Some(item) = root.written("customer_classes").filter(|_| has_classes) else { return classes };
        if are_drawn && classes.iter().all(|class| class.share <= 0.0) {
            let message = "the shares of [[customer_classes]] sum to 0, so no order has a class".to_string();
            let finding = item.error("no-shares", message);
            root.cx.sink.push(finding.help("give at least one class a share above 0"));
        }
        for class in &classes {
            let calls = class.customers.contact_after_mismatch.is_some_and(|probability| probability > 0.0);
            if calls && class.customers.contact.is_none() {
                let message = format!(
                    "`contact_after_mismatch` of \"{}\" needs `contact`, which says when a customer calls",
                    class.id
                );
                let finding = item.error("missing-key", message);
                root.cx.sink.push(finding.help("add `contact = { probability = 0.0, after = \"4d\" }`"));
            }
        }
        classes
    }
}

/// The stock that is reserved; `Some(None)` where none is.
pub fn reserve(root: &Section<'_>, rules: &RuleSettings, names: &Names) -> Option<Option<Reserve>> {
    let ReserveRule { units, classes } = &rules.reserve;
    if *units == 0 {
        return Some(None);
    }
    let rules = root.table("rules", &<RuleSettings as crate::domain::settings::Settings>::TABLE);
    let table = rules.table("reserve", &<ReserveRule as crate::domain::settings::Settings>::TABLE);
    let Some(item) = table.written("classes") else {
        table.missing_because("classes", ", for whom the units are reserved");
        return None;
    };
    if names.len() == 0 {
        let message = "stock is reserved for classes of customers, and there are none".to_string();
        let finding = item.error("dangling", message);
        root.cx.sink.push(finding.help("add [[customer_classes]] with `id = \"plus\"`, or drop [rules.reserve]"));
        return None;
    }
    let mut may_take = vec![false; names.len()];
    let mut is_sound = true;
    for class in classes.iter().flat_map(|classes| &classes.0) {
        let found = match class {
            ClassRef::Name(name) => names.get(name).map(|index| index as usize),
            ClassRef::Place(place) => (*place as usize).checked_sub(1).filter(|&index| index < names.len()),
        };
        match (found, class) {
            (Some(index), _) => may_take[index] = true,
            (None, ClassRef::Name(name)) if names.is_complete() => {
                root.cx.sink.push(names.unknown(item.node.at, name).about("rules.reserve"));
                is_sound = false;
            }
            (None, ClassRef::Place(place)) => {
                let message = format!("there is no customer class {place}: there are {}", names.len());
                root.cx.sink.push(item.error("dangling", message).expected("a class's id, or its place from 1"));
                is_sound = false;
            }
            _ => is_sound = false,
        }
    }
    if is_sound && may_take.iter().all(|&may| may) {
        let message = "stock is reserved for every class, which changes nothing".to_string();
        root.cx.sink.push(Finding::warning("no-effect", item.key_at, message).about("rules.reserve"));
    }
    is_sound.then_some(Some(Reserve { units: *units, may_take }))
}

/// The class that an order names, or else the first.
pub fn class_of(row: &Section<'_>, names: &Names) -> Option<ClassId> {
    match row.written("class") {
        Some(item) => names.resolve(&item).map(|index| ClassId::from_index(index as usize % ClassId::MAX)),
        None => Some(ClassId::default()),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::ClassId;
    use crate::scenario::{Files, load};

    struct None;
    impl Files for None {
        fn read(&self, _: &str) -> Result<String, String> {
            Err("there are no files here".into())
        }
    }

    fn read(classes: &str) -> Result<crate::domain::Model, String> {
        let text = format!(
            r#"
            run = {{ horizon = "30d" }}
            zones = [{{ id = "home" }}]
            warehouses = [{{ id = "boise" }}]
            lanes = [{{ from = "boise", to = "home" }}]
            products = [{{ id = "whey" }}]
            customers = {{ keep_when_backordered = 0.8, contact = {{ probability = 0.1, after = "4d" }} }}
            {classes}
        "#
        );
        load("classes.toml", &text, &None, &[]).map(|loaded| loaded.model).map_err(|why| why.to_string())
    }

    #[test]
    fn what_a_class_leaves_out_is_as_all_customers_do() {
        let model = read(
            r#"
            customer_classes = [{ id = "plus", priority = 1, keep_when_backordered = 1.0 }, { id = "others", priority = 2 }]
            rules.reserve = { units = 2, classes = ["plus"] }
            orders = [{ at = "1d", zone = "home", class = "others", lines = [{ product = "whey" }] }]
        "#,
        )
        .unwrap();
        let of = |class| model.customers_of(ClassId(class));
        assert_eq!((of(0).keep_when_backordered, of(1).keep_when_backordered), (1.0, 0.8));
        assert_eq!(of(0).contact_probability(false), 0.1);
        let reserve = model.reserve().unwrap();
        assert_eq!((reserve.units, &*reserve.may_take), (2, &[true, false][..]));
        assert_eq!(model.script().orders[0].class, ClassId(1));
        // By their places, too.
        let by_place =
            read("customer_classes = [{ id = \"a\" }, { id = \"b\" }]\nrules.reserve = { units = 1, classes = [2] }");
        assert_eq!(by_place.unwrap().reserve().unwrap().may_take, [false, true]);
    }

    #[test]
    fn mistakes_are_told_with_what_was_meant() {
        for (wrong, told) in [
            (
                "customer_classes = [{ id = \"plus\" }]\nrules.reserve = { units = 1, classes = [\"pluss\"] }",
                "did you mean \"plus\"?",
            ),
            (
                "customer_classes = [{ id = \"plus\" }]\nrules.reserve = { units = 1, classes = [2] }",
                "no customer class 2",
            ),
            ("rules.reserve = { units = 1, classes = [\"plus\"] }", "there are none"),
            (
                "customer_classes = [{ id = \"plus\" }]\nrules.reserve = { units = 1 }",
                "for whom the units are reserved",
            ),
            ("customer_classes = [{ id = \"plus\" }, { id = \"plus\" }]", "two customer classes with the id"),
            ("customer_classes = [{ id = \"plus\", priority = 0 }]", "`priority` must be at least 1"),
            (
                "customer_classes = [{ id = \"plus\" }]\norders = [{ at = \"1d\", zone = \"home\", class = \"plsu\", lines = [{ product = \"whey\" }] }]",
                "there is no customer class \"plsu\"",
            ),
        ] {
            let mistakes = read(wrong).unwrap_err();
            assert!(mistakes.contains(told), "{told} is not told:\n{mistakes}");
        }
    }
}
