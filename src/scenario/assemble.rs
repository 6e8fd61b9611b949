//! The parts of a scenario put together, and what can only be judged of them together.

use super::book;
use super::calendar;
use super::carriers::Carriers;
use super::classes;
use super::context::Context;
use super::coverage;
use super::demand::{self, Orders};
use super::events;
use super::network;
use super::never_ships;
use super::opening;
use super::ordering;
use super::overrides::RowSettings;
use super::page_levers::{self, WantedLever};
use super::products;
use super::promise;
use super::reach;
use super::reader::Section;
use super::replenishment;
use super::report::Finding;
use super::run;
use super::schema::SCENARIO;
use super::script;
use super::settings;
use super::sizes;
use super::start_day::Calendar;
use super::tree::Node;
use super::tune::{self, Tune};
use super::vendors;
use crate::domain::settings::FirstDay;
use crate::domain::{CostRates, Model, RuleSettings};

/// A file's name without its folder and ending.
pub fn stem(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// What a scenario says that is no part of its model.
pub struct Asides {
    /// Of its tuning.
    pub tune: Tune,
    /// The levers of its page.
    pub levers: Vec<WantedLever>,
}

/// Reads every part, and what is said of its tuning and its page. `None` where the parts do not even make a model; why not has then been reported.
pub fn model<'c>(
    cx: &'c Context<'c>,
    root: &'c Node<'c>,
    rows: &'c RowSettings<'c>,
    file_name: &str,
) -> Option<(Model, Asides)> {
    let root = Section::new(cx, root, &SCENARIO)?;
    let mut working = calendar::read(&root);
    let mut vendors = vendors::read(&root, rows, &working);
    let network = network::read(&root, rows, &working);
    let products = products::read(&root, rows, &vendors.names, network.warehouses.len());
    for (key, name, example) in [
        ("zones", "[[zones]]", "id = \"home\""),
        ("warehouses", "[[warehouses]]", "id = \"boise\""),
        ("products", "[[products]]", "id = \"whey\""),
    ] {
        if root.written(key).is_none() {
            let finding = Finding::error("missing-table", root.at, format!("the scenario has no {name}"));
            cx.sink.push(finding.about(key).help(format!("add at least one: {name} with `{example}`")));
        }
    }
    let asked = opening::read(&root, &network);
    let sized = sizes::check(&root, &network, &products);
    let Orders { demand, period, trace, trace_places, due_after } = demand::read(&root, rows, &network, &products);
    let forecast = demand.is_some() || period.is_some() || trace.is_some();
    let generated = forecast || root.written("demand").is_some();
    let customer_classes = classes::read(&root, rows);
    let mut script = script::read(&root, rows, &network, &products.names, &customer_classes.names, generated);
    let ordered = book::read(&root, rows, &network, &products, &vendors.names);
    script.rows.open_purchase_orders = ordered.rows;
    let calendar = Calendar::read(&root, trace.as_ref());
    working.first = calendar.first_day().map_or(working.first, FirstDay::dated);
    let events = events::read(&root, rows, &network, &products, &vendors.names, &calendar);
    let replenishment = replenishment::read(&root, rows, &network, &products, &vendors, forecast);
    if let Some(factor) = replenishment.as_ref().map(|found| found.settings.lead_time_factor).filter(|&it| it != 1.0) {
        vendors.list.iter_mut().for_each(|vendor| vendor.lead_time = vendor.lead_time.scaled(factor));
    }
    ordering::warn(&root, &vendors, &products, replenishment.as_ref().map(|found| &found.settings));
    let rules: Option<RuleSettings> = root.settings("rules");
    if let (Some(replenishment), true) = (&replenishment, sized) {
        let may_wait = rules.as_ref().is_none_or(|rules| rules.backorder.accept);
        coverage::check(&root, replenishment, may_wait, &network, &products, &vendors.names);
    }
    let plan = run::read(&root, trace.as_ref());
    let name: Option<String> = root.read("name")?;
    let name = name.unwrap_or_else(|| stem(file_name).to_string());
    let description = root.read("description")?;
    let customers = settings::customers(&root);
    let reserve = rules.as_ref().map_or(Some(None), |rules| classes::reserve(&root, rules, &customer_classes.names));
    let general = customers.clone().unwrap_or_default();
    let customer_classes = customer_classes.list(&root, &general, forecast);
    let sourcing = settings::sourcing(&root);
    let costs: Option<CostRates> = root.settings("costs");
    let promises = root.settings("promises");
    ordering::weigh(&root, &vendors, &products, costs.as_ref(), customers.as_ref(), rules.as_ref(), generated);
    let promise = promise::read(&root, rows, &network, &products, &working);
    let asides = Asides { tune: tune::read(&root), levers: page_levers::read(&root) };
    if cx.sink.has_errors() || !sized {
        return None;
    }
    let asked = asked?;
    let mut model = Model {
        name,
        description,
        run: plan?,
        zones: network.zones,
        warehouses: network.warehouses,
        opening: None,
        placement: asked.placement,
        calendar: working,
        vendors: vendors.list,
        products: products.list,
        substitute_groups: products.substitute_groups,
        affinity_groups: products.affinity_groups,
        parcel_cost_per_kg: network.parcel_cost_per_kg,
        demand,
        period,
        trace,
        due_after,
        replenishment: replenishment.map(|found| found.settings),
        sourcing: sourcing?,
        customers: customers?,
        classes: customer_classes,
        reserve: reserve?,
        rules: rules?,
        costs: costs?,
        promises: promises?,
        promise: promise?,
        script: script.rows,
        events: events.rows,
    };
    book::check(&root, &model, &ordered.places, &script.open_order_places);
    replenishment::check_plans(&root, &model);
    events::find_classes(&mut model, &events.classes);
    events::warn(&root, &model, &events.places);
    opening::close(&root, &asked, &mut model);
    if cx.sink.has_errors() {
        return None;
    }
    sizes::check_units(&root, &model);
    run::default_replications(&root, &mut model);
    if !sizes::check_run(&root, &model) {
        return None;
    }
    let carriers = Carriers::new(&model);
    reach::warn(cx, &model, &carriers, &network.zone_names);
    let places = never_ships::Places { written: &script.order_places, replayed: &trace_places };
    never_ships::warn(&root, &model, &carriers, &network.zone_names, &places);
    run::warn(&root, &model, &script.places);
    calendar::warn(&root, &model);
    ordering::warn_of_minima_out_of_reach(&root, &model);
    settings::warn_of_idle_costs(&root, &model);
    settings::warn_of_percentages(&root, &model.costs);
    settings::warn_of_idle_rules(&root, &model);
    settings::warn_of_negative_margins(&root, &model, &products.names);
    settings::warn_of_idle_weight(&root, &model);
    settings::warn_of_idle_reevaluation(&root, &model);
    Some((model, asides))
}
