//! backorder: a discrete-event simulator of order fulfilment.
//!
//! A retailer with several warehouses promises its customers how backorders are handled: what an out-of-stock item
//! shows, when part of an order ships ahead, that a split costs nothing, that an international order is never shipped
//! in parts, that a wait of more than 30 days ends in a cancellation. backorder runs these rules against random lead
//! times and demand, over many warehouses and many replications in parallel, and answers with measures and intervals.
//!
//! # Using the library
//!
//! A [`Scenario`](files::Scenario) is read from a file or from memory, or [built in code](files::Scenario::build); its
//! [`Model`](domain::Model) exists only where everything in it is valid. [`replicate`](experiment::replicate) runs it,
//! [`compare`](experiment::compare) sets it beside others under the same customers and lead times, and an
//! [`Observer`](engine::Observer) of one's own is told of all that happens.
//!
//! ```
//! use backorder::experiment::{Settings, replicate};
//! use backorder::files::Scenario;
//! use backorder::measures::Metric;
//!
//! let model = Scenario::open("scenarios/rules/partial-split.toml")?.set("run.seed", 7).model()?;
//! let results = replicate(&model, &Settings::default())?;
//! let wait = results.estimate(Metric::BackorderWaitDaysMean).expect("somebody waited");
//! println!("{:.1} days", wait.mean);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The folder `examples` has a file run, a scenario built in code, an observer and a comparison.
//!
//! # A guided tour
//!
//! Data flows one way, and a room imports only what stands before it:
//!
//! | room | what is in it |
//! |---|---|
//! | [`domain`] | what everybody speaks of: ids, time, money, distributions, the network, the [`Model`](domain::Model) |
//! | [`stats`] | estimators: t intervals, ratios of means, quantiles, warm-up |
//! | [`random`] | named random streams, derived from (seed, replication, purpose, entity) |
//! | [`rules`] | the fifteen rules, one file each: promise, boundaries, settings, decision |
//! | [`policy`] | what each warehouse carries; sourcing and replenishment, one policy a file |
//! | [`scenario`] | text in, `Model` out, every error at once |
//! | [`files`] | scenarios in files and in memory: the one room of the library that opens files |
//! | [`import`] | a shop's exports in, the files of a scenario out |
//! | [`engine`] | calendar, world, and the way of an order from placing to parcel |
//! | [`measures`] | the performance measures by their field names, the promises |
//! | [`observe`] | who watches a replication: tally, trace, event log, audit, story |
//! | [`experiment`] | replications on all cores, folded in one fixed order |
//! | [`report`] | results in; text, CSV, JSON, charts and the page out |
//! | [`what_if`] | a question of a page with the engine in it: texts in, a comparison out; the levers of such a page |
//! | `cli` | the program, with the feature `cli`: one file a subcommand; the only room that opens files and prints |
//!
//! # The life of an order
//!
//! 1. [`engine`]'s arrivals hold the one next order, scripted, replayed or generated, outside the calendar.
//! 2. Its customer sees each product's displayed status and keeps a line or drops it
//!    ([`backorder_display`](rules::backorder_display), [`backorder_orderable`](rules::backorder_orderable)).
//! 3. A line is *available* when an eligible warehouse has free stock for the whole of it
//!    ([`multi_warehouse`](rules::multi_warehouse)); an international order is first assigned to one warehouse
//!    ([`international_complete`](rules::international_complete)). The [sourcing policy](policy::sourcing) chooses.
//! 4. The order's mode is fixed: it ships now, is split ([`partial_split`](rules::partial_split)) or held
//!    ([`full_backorder_hold`](rules::full_backorder_hold)). Lines that wait join their product's queue.
//! 5. A receipt is followed by a release pass: waiting lines take what came in, longest-waiting first.
//! 6. Meanwhile the customer is told ([`backorder_notice`](rules::backorder_notice)), may call
//!    ([`support_24_7`](rules::support_24_7)), [`swap`](rules::swap) or [`remove`](rules::remove) a line, and past the
//!    age limit the order is cancelled ([`auto_cancel`](rules::auto_cancel)).
//! 7. What was released in one second from one warehouse shares a parcel, which departs after the handling time
//!    ([`shipment_notice`](rules::shipment_notice)); parcels after the first are on the house
//!    ([`free_split`](rules::free_split)).
//!
//! # Four walks
//!
//! Where four things are met on their way through the rooms, each room entered once.
//!
//! **An order line.** `scenario/products.rs` and `scenario/demand.rs` read what is sold and asked for; `engine/plan.rs` compiles it
//! into dense tables; `engine/generated.rs` draws the order, `engine/arrivals.rs` hands it over when it is the next; `engine/placing`
//! has its four ways, of which `general.rs` means what the others do faster; `engine/stock.rs` moves its units from free to
//! reserved, or the line into its product's queue, from which `engine/release.rs` takes it; `engine/parcels.rs` sends it.
//! `observe/tally/observer.rs` is told of each of these steps and counts.
//!
//! **A lead time.** `vendors.lead_time` is declared in `domain/settings/vendors.rs` and read by `scenario/vendors.rs`; its distribution
//! has a file in `domain/distribution`; `engine/plan.rs` makes it a sampler of `random/sampler.rs`; `engine/replenish.rs` draws from it
//! when the purchase order is placed, from the stream `Purpose::LeadTime` of that pair and number, and enters the arrival in
//! `engine/calendar.rs`. What the vendor promised and what came is counted by `observe/lead_times.rs` and `observe/tally`.
//!
//! **`ship_available`.** Key, default, range and sentence stand in `domain/settings/rules.rs`, from where reader, schema, `--set`,
//! inputs page and `docs/scenario-keys.md` take them; `rules/partial_split.rs` decides by it; `engine/placing/general.rs` throws the
//! coin, from the stream `Purpose::ShipAvailable` of that order, so that it falls the same under every policy.
//!
//! **`order_fill_rate`.** `observe/tally` counts `orders_filled` and `orders` into `measures/sums.rs`; `measures/catalogue.rs` says that the
//! measure is their ratio, with its words and formula; `experiment/rows.rs` keeps both for each replication; `stats/estimate.rs`
//! makes the ratio of means and its interval; `report/summary/run.rs` writes it to `summary.json`, from which every table, chart
//! and page is made.
//!
//! # Glossary
//!
//! - **on hand**: physical stock, reserved units included, until the parcel leaves; **free**: on hand less reserved.
//! - **backorders**: units that wait and are not covered. **on order**: units bought and not yet received.
//! - **inventory position**: free + on order − waiting units whose *home* the warehouse is. A waiting line's home is
//!   its assigned warehouse, else the first in preference order that carries the product.
//! - **preference order** of a zone: its lanes by ascending parcel cost, then transit, then file order.
//! - **lead time**: from a purchase order's placing to its receipt. **review period**: between two looks of a periodic
//!   policy.
//! - **replication**: one independent run, from second 0. **warm-up**: its unmeasured beginning. **run-out**: its
//!   unmeasured end, in which measured orders may finish.

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod domain;
pub mod engine;
pub mod experiment;
pub mod files;
pub mod import;
pub mod measures;
pub mod observe;
pub mod policy;
pub mod random;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod stats;
pub mod what_if;
