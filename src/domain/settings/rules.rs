//! `[rules]`: the settings of the retailer's rules. What each rule makes of them stands in its room, [`rules`](crate::rules).

use super::classes::ClassRefs;
use super::declare::{settings, words};
use super::kinds::{DURATION_OR_NEVER, PROBABILITY};
use super::setting::Words;
use crate::domain::phrase::percent;
use crate::domain::{Distribution, Span};

settings! {
    /// Settings of the retailer's rules.
    #[derive(Default)]
    pub struct RuleSettings as "Rules": "[rules]" {
        /// What waits, and for what.
        backorder: BackorderRule = defaults;
        /// How an order is divided.
        split: SplitRule = defaults;
        /// The e-mail about a backorder.
        notice: NoticeRule = defaults;
        /// The age limit of backorders.
        cancellation: CancellationRule = defaults;
        /// Orders across a border.
        international: InternationalRule = defaults;
        /// Swaps for something similar.
        swap: SwapRule = defaults;
        /// The status shown on the product page.
        display: DisplayRule = defaults;
        /// Stock that is kept for some classes of customers.
        reserve: ReserveRule = defaults;
    }
}

settings! {
    /// What waits, and for what.
    #[derive(Default)]
    pub struct BackorderRule: "[rules.backorder]" {
        /// `false`: a line that is not available is lost instead of waiting.
        accept: bool = true,
            says "Backorders" => |rule| {
                if rule.accept { "accepted" } else { "refused: what is not available is lost" }
            };
        /// What becomes of an order with no line available.
        full_order: FullOrder = "hold",
            says "An order with nothing available" => |rule| rule.full_order.phrase();
        /// What a waiting line of a domestic order is served by.
        pool: Pool = "network",
            says "A waiting line is served" => |rule| rule.pool.phrase();
        /// Who gets arriving stock first.
        priority: Priority = "first-come",
            says "Arriving stock goes first to" => |rule| rule.priority.phrase();
        /// What becomes of a line whose product cannot be ordered, as so many wait for it as its `max_backorders` allows.
        at_limit: AtLimit = "lose",
            says "What cannot be ordered any more" => |rule| (rule.at_limit == AtLimit::Swap).then(|| rule.at_limit.phrase());
        /// Whether a held order reserves the stock of its covered lines.
        reserve_while_held: bool = true,
            says "Held orders" => |rule| {
                if rule.reserve_while_held { "keep the stock they have" } else { "take no stock until complete" }
            };
    }
}

settings! {
    /// How an order is divided.
    #[derive(Default)]
    pub struct SplitRule: "[rules.split]" {
        /// Probability that the available part of a partly backordered order ships right away.
        ship_available: f64 as PROBABILITY = 0.95,
            says "What is available of an order ships ahead" => |rule| {
                format!("with probability {}", percent(rule.ship_available))
            };
        /// How finely an order is divided.
        granularity: Granularity = "line",
            says "Orders are divided" => |rule| rule.granularity.phrase();
    }
}

settings! {
    /// The e-mail about a backorder.
    #[derive(Default)]
    pub struct NoticeRule: "[rules.notice]" {
        /// From the purchase to the notice.
        delay: Distribution = "1h",
            says "Notice about a backorder" => |rule| {
                format!("after {}; late after {}", rule.delay.duration_in_words(), rule.deadline)
            };
        /// A notice later than this after the purchase counts as late.
        deadline: Span = "24h";
    }
}

settings! {
    /// The age limit of backorders.
    #[derive(Default)]
    pub struct CancellationRule: "[rules.cancellation]" {
        /// A line that has waited longer than this is cancelled; `"never"` switches the rule off.
        after: Option<Span> as DURATION_OR_NEVER = "30d",
            says "Auto-cancellation" => |rule| match rule.after {
                None => "never".to_string(),
                Some(after) => {
                    format!("after more than {after} on the {} clock, of {}", rule.clock.phrase(), rule.scope.phrase())
                }
            };
        /// What the age is of.
        clock: CancelClock = "line";
        /// What is cancelled.
        scope: CancelScope = "order";
    }
}

settings! {
    /// Orders across a border.
    #[derive(Default)]
    pub struct InternationalRule: "[rules.international]" {
        /// Whether international orders ship only complete, in one parcel.
        complete_only: bool = true,
            says "International orders" => |rule| if rule.complete_only { "only complete" } else { "like domestic ones" };
    }
}

settings! {
    /// Swaps for something similar.
    #[derive(Default)]
    pub struct SwapRule: "[rules.swap]" {
        /// What becomes of a line for which no substitute has stock.
        if_none: SwapIfNone = "remove",
            says "A swap without a substitute in stock" => |rule| rule.if_none.phrase();
    }
}

settings! {
    /// The status shown on the product page.
    #[derive(Default)]
    pub struct DisplayRule: "[rules.display]" {
        /// How often the status is taken; `"0s"`: always current.
        refresh: Span = "0s",
            says "Displayed status" => |rule| match rule.refresh {
                Span::ZERO => "always current".to_string(),
                every => format!("refreshed every {every}"),
            };
    }
}

settings! {
    /// The last free units of each product in each warehouse are kept for some classes of customers (`[[customer_classes]]`).
    #[derive(Default)]
    pub struct ReserveRule: "[rules.reserve]" {
        /// How many. Others find a shelf empty that has no more than these, wait, and are served by what is above them.
        units: u32 = 0,
            says "Stock reserved" => |rule| {
                let classes = rule.classes.as_ref().map(ClassRefs::in_words).unwrap_or_default();
                let units = if rule.units == 1 { "the last unit".to_string() } else { format!("the last {} units", rule.units) };
                (rule.units > 0).then(|| format!("{units} of each product in each warehouse, for {classes}"))
            };
        /// For whom: ids of classes, or their places from 1.
        classes: Option<ClassRefs> = optional, example(["plus"]);
    }
}

words! {
    /// What becomes of an order with no line available.
    pub enum FullOrder {
        /// Nothing leaves before every line is covered.
        Hold = "hold", "held until every line is covered";
        /// Each line leaves the instant it is covered.
        ShipAsCovered = "ship-as-covered", "each line ships when covered";
    }
}

words! {
    /// What a waiting line of a domestic order may be served from.
    pub enum Pool {
        /// Any eligible warehouse.
        Network = "network", "by any eligible warehouse";
        /// The one warehouse its order was assigned to.
        Warehouse = "warehouse", "by the one warehouse its order is assigned to";
    }
}

words! {
    /// What becomes of a line whose product cannot be ordered any more.
    pub enum AtLimit {
        /// It is lost.
        Lose = "lose", "is lost";
        /// The customer takes the first other product of its group of substitutes that the page shows in stock; without one, it is lost.
        Swap = "swap", "is swapped for a substitute that is shown in stock, else lost";
    }
}

words! {
    /// Who gets arriving stock first.
    pub enum Priority {
        /// The longest-waiting line.
        FirstCome = "first-come", "the longest-waiting line";
        /// Orders that become complete, then the longest-waiting line.
        CompleteFirst = "complete-first", "orders that become complete";
    }
}

words! {
    /// How finely an order may be divided.
    pub enum Granularity {
        /// Not at all, so that one warehouse sends one parcel.
        Order = "order", "not at all";
        /// By whole lines.
        Line = "line", "by whole lines";
        /// By single units.
        Unit = "unit", "by single units";
    }
}

words! {
    /// Which clock the age limit runs on.
    pub enum CancelClock {
        /// The line's own time on backorder.
        Line = "line", "line's";
        /// The time since the product's network stock ran out.
        Product = "product", "product's";
    }
}

words! {
    /// What an auto-cancellation ends.
    pub enum CancelScope {
        /// Every unshipped line of the order.
        Order = "order", "the whole order";
        /// The aged line alone.
        Line = "line", "the line alone";
    }
}

words! {
    /// What happens when a swap is wanted and no substitute has stock.
    pub enum SwapIfNone {
        /// The line is removed.
        Remove = "remove", "removes the line";
        /// The line goes on waiting.
        Wait = "wait", "lets the line wait";
    }
}
