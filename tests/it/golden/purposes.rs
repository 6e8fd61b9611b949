//! Every purpose of a random stream: its bits, and what the engine makes of them.
//!
//! For each purpose there is a small world in which nothing else, or as little else as possible, is random; the trace of
//! its first replication is hashed. So a draw that moves from one stream to another is found, and named.

use std::fmt::Write as _;

use backorder::domain::Model;
use backorder::engine::Plan;
use backorder::observe::TraceWriter;
use backorder::random::{Family, Purpose, Stream};
use backorder::scenario::{self, Files};

use super::{check, hash};

const ALL: [Purpose; 21] = [
    Purpose::Arrivals,
    Purpose::OrderContents,
    Purpose::KeepLine,
    Purpose::ShipAvailable,
    Purpose::NoticeDelay,
    Purpose::Contact,
    Purpose::LeadTime,
    Purpose::ExpeditedLeadTime,
    Purpose::Disruption,
    Purpose::TraceHour,
    Purpose::TraceResample,
    Purpose::Assortment,
    Purpose::ResidualLeadTime,
    Purpose::PeriodUnits,
    Purpose::EventTimes,
    Purpose::DemandThinning,
    Purpose::ExtraOrders,
    Purpose::DueAfter,
    Purpose::Bursts,
    Purpose::CustomerClass,
    Purpose::ServiceTime,
];

/// What a world adds to the common one; the match names every purpose, so a new one cannot be forgotten here.
fn world(purpose: Purpose) -> String {
    match purpose {
        Purpose::Arrivals => "[demand]\norders_per_day = 5\n".into(),
        Purpose::OrderContents => "[demand]\norders_per_day = 5\nlines_per_order = { geometric = { mean = 1.5 } }\n\
             units_per_line = { poisson = { mean = 2 } }\n"
            .into(),
        Purpose::KeepLine => format!("[customers]\nkeep_when_backordered = 0.5\n{}", orders("soy")),
        Purpose::ShipAvailable => format!("[rules.split]\nship_available = 0.5\n{}", orders("whey soy")),
        Purpose::NoticeDelay => {
            format!("[rules.notice]\ndelay = {{ exponential = {{ mean = \"5h\" }} }}\n{}", orders("soy"))
        }
        Purpose::Contact => format!(
            "[customers]\ncontact = {{ probability = 0.5, after = {{ exponential = {{ mean = \"2d\" }} }} }}\n{}",
            orders("soy")
        ),
        Purpose::LeadTime => {
            format!("{}{}", buying("lead_time = { gamma = { mean = \"6d\", cv = 0.5 } }"), orders("whey"))
        }
        Purpose::ExpeditedLeadTime => format!(
            "{}[demand]\norders_per_day = 5\n",
            buying("lead_time = \"20d\"\nexpedite = { lead_time = { uniform = { min = \"1d\", max = \"9d\" } } }")
        ),
        Purpose::ResidualLeadTime => format!(
            "{}{}",
            buying("lead_time = { gamma = { mean = \"6d\", cv = 0.5 } }"),
            "[[open_purchase_orders]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 8\nordered = \"4d\"\n"
        ),
        Purpose::Disruption => format!(
            "{}{}",
            buying(
                "lead_time = \"1d\"\ndisruption = { every = { exponential = { mean = \"5d\" } }, \
                 lasts = { exponential = { mean = \"5d\" } } }"
            ),
            orders("whey")
        ),
        Purpose::ServiceTime => format!(
            "{}{}",
            buying("lead_time = \"1d\"\ncapacity = { service_time = { exponential = { mean = \"5h\" } } }"),
            orders("whey")
        ),
        Purpose::TraceHour => "[demand]\ntrace = { file = \"days.csv\" }\n".into(),
        Purpose::TraceResample => "[demand]\ntrace = { file = \"hours.csv\", resample = \"orders\" }\n".into(),
        Purpose::Assortment => "[demand]\norders_per_day = 5\n".into(),
        Purpose::PeriodUnits => "[demand]\nperiod = \"1d\"\nunits_per_period = { poisson = { mean = 1.5 } }\n".into(),
        Purpose::EventTimes => format!(
            "[[events]]\nevery = {{ exponential = {{ mean = \"2d\" }} }}\nlasts = \"1d\"\nwarehouse = \"boise\"\nshut = true\n{}",
            orders("whey")
        ),
        Purpose::DemandThinning => {
            "[demand]\norders_per_day = 5\n[[events]]\nfrom = \"2d\"\ndemand_factor = 0.5\n".into()
        }
        Purpose::ExtraOrders => "[demand]\norders_per_day = 5\n[[events]]\nfrom = \"2d\"\ndemand_factor = 2.0\n".into(),
        Purpose::DueAfter => {
            "[demand]\ntrace = { file = \"hours.csv\" }\ndue_after = { exponential = { mean = \"2d\" } }\n".into()
        }
        Purpose::Bursts => "[demand]\norders_per_day = 5\nshapes = [{ product = \"whey\", bursts = { every = { exponential = { mean = \"3d\" } }, \
             lasts = { exponential = { mean = \"1d\" } } } }]\n"
            .into(),
        Purpose::CustomerClass => {
            "[demand]\ntrace = { file = \"hours.csv\" }\n[[customer_classes]]\nid = \"plus\"\n[[customer_classes]]\nid = \"others\"\n".into()
        }
        Purpose::Search => unreachable!("a tuner's, which no replication draws from"),
        Purpose::GoodnessOfFit => unreachable!("an import's, which no replication draws from"),
    }
}

/// One warehouse with plenty of whey and no soy, and a customer who orders one of each kind every half day.
fn common(purpose: Purpose) -> String {
    let products = match purpose {
        Purpose::Assortment => {
            "[products.generate]\ncount = 30\nprice = { lognormal = { mean = 20, cv = 0.5 } }\n\
             margin = { uniform = { min = 0.2, max = 0.6 } }\nweight_kg = { gamma = { mean = 1, cv = 0.5 } }\n\
             vendors = { vendor = 1, other = 2 }\n[[vendors]]\nid = \"vendor\"\nlead_time = \"1d\"\n\
             [[vendors]]\nid = \"other\"\nlead_time = \"1d\"\n"
        }
        Purpose::LeadTime
        | Purpose::ResidualLeadTime
        | Purpose::ExpeditedLeadTime
        | Purpose::Disruption
        | Purpose::ServiceTime => "[[products]]\nid = \"whey\"\nvendor = \"vendor\"\n",
        _ => {
            "[[products]]\nid = \"whey\"\n[[products]]\nid = \"soy\"\n\
             [[stock]]\nwarehouse = \"boise\"\nproduct = \"whey\"\nunits = 1000\n\
             [[receipts]]\nat = \"15d\"\nwarehouse = \"boise\"\nproduct = \"soy\"\nunits = 20\n"
        }
    };
    format!(
        "[run]\nhorizon = \"20d\"\nseed = 7\n[[zones]]\nid = \"home\"\n[[zones]]\nid = \"away\"\n\
         [[warehouses]]\nid = \"boise\"\n[[lanes]]\nfrom = \"boise\"\nto = \"home\"\n[[lanes]]\nfrom = \"boise\"\n\
         to = \"away\"\n{products}"
    )
}

/// Twenty orders at home, two a day, of the products named.
fn orders(products: &str) -> String {
    let lines: Vec<String> = products.split(' ').map(|product| format!("{{ product = \"{product}\" }}")).collect();
    let lines = lines.join(", ");
    (0..20).fold(String::new(), |mut text, order| {
        writeln!(text, "[[orders]]\nat = \"{}h\"\nzone = \"home\"\nlines = [{lines}]", 12 * order + 1)
            .expect("a string takes all that is written");
        text
    })
}

fn buying(vendor: &str) -> String {
    format!("[[vendors]]\nid = \"vendor\"\n{vendor}\n[replenishment]\npolicy = \"base-stock\"\norder_up_to = 8\n")
}

/// Replayed orders, with and without hours.
struct Replayed;

impl Files for Replayed {
    fn read(&self, path: &str) -> Result<String, String> {
        let hour = if path == "days.csv" { "" } else { " 12:30" };
        let mut text = "order,date,zone,product,units\n".to_string();
        for day in 1..=18 {
            let units = day % 3 + 1;
            writeln!(text, "{day},2026-01-{day:02}{hour},home,whey,{units}")
                .expect("a string takes all that is written");
        }
        Ok(text)
    }
}

fn model(purpose: Purpose) -> Model {
    let text = format!("{}{}", common(purpose), world(purpose));
    match scenario::load(&format!("{purpose:?}"), &text, &Replayed, &[]) {
        Ok(loaded) => loaded.model,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// The assortment and the trace of a replication.
fn told(model: &Model, replication: u32) -> String {
    let mut written = Vec::new();
    Plan::new(model).run(replication, &mut TraceWriter::new(model, &mut written)).expect("all of it can be counted");
    format!("{:?}\n{}", model.products(), String::from_utf8(written).expect("a trace is text"))
}

#[test]
fn every_stream_gives_the_bits_it_gave() {
    let bits = |mut stream: Stream| (0..64).flat_map(move |_| stream.bits().to_le_bytes());
    let hashes = ALL.map(|purpose| {
        let family = Family::new(7, 3, purpose);
        let streams = bits(family.of(0)).chain(bits(family.of(42))).chain(bits(family.of_pair(2, 5)));
        (format!("{purpose:?}"), hash(streams))
    });
    let meaning = "The bits of a random stream are not the ones they were, so every random number of that purpose is another. \
        Purposes have numbers that are never reused: a new one takes the next.";
    check("streams.txt", &hashes, meaning);
}

#[test]
fn every_purpose_is_drawn_for_as_it_was() {
    let hashes = ALL.map(|purpose| (format!("{purpose:?}"), hash(told(&model(purpose), 0).into_bytes())));
    let meaning = "A small world in which hardly anything but this is random runs otherwise than it did. If the stream's bits \
        are the same, then the order of draws changed, or which stream they come from, or what is traced.";
    check("purposes.txt", &hashes, meaning);
}

/// A world without chance would hash as well, and tell nothing of its stream.
#[test]
fn every_purpose_makes_a_difference() {
    for purpose in ALL {
        let first = model(purpose);
        let same = told(&first, 0) == told(&first, 1);
        match purpose {
            // Replayed hours are the same in every replication, as the demand is; another seed has others.
            Purpose::TraceHour => {
                let other = first.clone().with_seed(first.run().seed + 1);
                assert!(same && told(&first, 0) != told(&other, 0));
            }
            // The assortment depends on a seed of its own alone.
            Purpose::Assortment => {
                let another =
                    first.products().iter().map(|product| product.price).collect::<std::collections::BTreeSet<_>>();
                assert!(another.len() > 10, "{another:?}");
            }
            _ => assert!(!same, "{purpose:?}"),
        }
    }
}
