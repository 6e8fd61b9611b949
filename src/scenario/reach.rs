//! Products that a zone can get from nowhere: no warehouse with a lane there carries them.

use super::carriers::Carriers;
use super::context::Context;
use super::diagnostic::grouped;
use super::names::Names;
use super::report::Finding;
use crate::domain::Model;

/// Warns of zones without a lane, and of products that a zone can get from nowhere.
pub fn warn(cx: &Context<'_>, model: &Model, carriers: &Carriers, zones: &Names) {
    for (index, zone) in model.zones.iter().enumerate() {
        let place = zones.place(index);
        if zone.lanes.is_empty() {
            let message = format!("no lane leads to \"{}\": its customers can be sent nothing", zone.id);
            let finding = Finding::warning("no-lane", place, message).about("lanes");
            let help = match model.opening {
                None => format!("add [[lanes]] with `to = \"{}\"`", zone.id),
                Some(_) => format!("open a warehouse with a lane to it, or add [[lanes]] with `to = \"{}\"`", zone.id),
            };
            cx.sink.push(finding.help(help));
            continue;
        }
        let eligible = carriers.set_of(zone.lanes.iter().map(|lane| lane.warehouse));
        let out_of_reach = carriers.sets().filter(|(set, _)| set.and(&eligible).is_empty());
        let mut missing: Vec<usize> = out_of_reach.flat_map(|(_, products)| products.iter().copied()).collect();
        if missing.is_empty() {
            continue;
        }
        missing.sort_unstable();
        let named: Vec<String> =
            missing.iter().take(3).map(|&product| format!("\"{}\"", model.products[product].id)).collect();
        let more = match missing.len() {
            0..=3 => String::new(),
            n => format!(" and {} more", grouped(n - 3)),
        };
        let message = format!("\"{}\" can get {}{more} from nowhere", zone.id, named.join(", "));
        let finding = Finding::warning("out-of-reach", place, message).about("reach");
        let help = "give a warehouse with a lane there a level, a stock row or a receipt row for it";
        cx.sink.push(finding.help(help).note("orders for it wait until they are cancelled"));
    }
}
