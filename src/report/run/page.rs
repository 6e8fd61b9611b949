//! The page of a run: its sections in the order in which a reader asks.

use super::brief::brief;
use super::flows;
use super::headline::{headline, is_start_up};
use super::levels;
use super::tables::{self, KIND, extent};
use crate::measures::{
    BY_CLASS, BY_PRODUCT, BY_VENDOR, BY_VENDOR_AND_QUEUE, BY_WAREHOUSE, BY_WAREHOUSE_AND_DOCK, BY_ZONE,
    Column as Measured, Group, Metric,
};
use crate::report::charts::{Chart, Place};
use crate::report::data::{CsvTable, Data};
use crate::report::document::{Block, Content, Document, Fold, Role, Section};
use crate::report::gates;
use crate::report::number::{self, grouped};
use crate::report::origin;
use crate::report::prose::days;
use crate::report::summary::Reading;
use crate::report::table::{Cell, Column, Table};
use crate::report::words::Text;

/// So many rows of a table are shown; the file has them all.
const MAX_ROWS: usize = 50;

/// Measures that are about what passes between customers and the retailer, wherever else they might stand.
const CONTACTS: [Metric; 5] = [
    Metric::ContactsPerDay,
    Metric::SwappedLineShare,
    Metric::RemovedLineShare,
    Metric::LateNoticeShare,
    Metric::DisplayMismatchLineShare,
];

/// The page of a run, with its charts.
pub(in crate::report) fn page_document(data: &Data, charts: &[(Place, Chart)]) -> Document {
    let mut document = Document::new(KIND, &data.summary.scenario);
    document.version = data.facts.origin.version.clone();
    if !data.facts.description.trim().is_empty() {
        document.open(Block::of(Role::Lead, data.facts.description.trim()));
    }
    let source = PageParts { data, charts };
    for sentence in headline(&data.summary) {
        document.open(Block::of(Role::Finding, sentence));
    }
    if data.summary.interrupted {
        let warning = "The run was interrupted: these are the replications done by then.";
        document.open(Block::of(Role::Warning, warning));
    }
    if let Some(id) = source.opening() {
        let first = charts.iter().filter(|(_, chart)| chart.id == id);
        document.open(Block::figures(first.map(|(_, chart)| chart.figure(chart.id)).collect()));
    }
    document.open(Block::of(Role::Extent, format!("{}.", extent(&data.summary))));
    for section in [source.scorecard(), source.service(), source.waits()].into_iter().chain(source.events()).chain([
        source.splits(),
        source.cancellations(),
        source.contacts(),
        source.costs(),
        source.rules(),
        source.inputs(),
        source.method(),
        source.reproduce(),
    ]) {
        document.push(section);
    }
    document
}

/// The measures of a group that stand in no other section.
fn of_group(group: Group) -> impl Iterator<Item = Metric> {
    let is_here = move |metric: &Metric| metric.definition().group == group && !CONTACTS.contains(metric);
    Metric::ALL.iter().copied().filter(is_here)
}

fn finding(text: impl Into<Text>) -> Block {
    Block::of(Role::Finding, text)
}

/// What sections are made of.
struct PageParts<'a> {
    data: &'a Data,
    charts: &'a [(Place, Chart)],
}

impl PageParts<'_> {
    /// The charts of a place, as far as there are any.
    fn charts(&self, place: Place) -> Block {
        let opening = self.opening();
        let here = self.charts.iter().filter(|(at, chart)| *at == place && Some(chart.id) != opening);
        Block::figures(here.map(|(_, chart)| chart.figure(chart.id)).collect())
    }

    fn has(&self, id: &str) -> bool {
        self.charts.iter().any(|(_, chart)| chart.id == id)
    }

    /// What is said of a measure under the settings of the scenario.
    fn said(&self, metric: Metric) -> &'static str {
        let mut inputs = self.data.facts.inputs.iter().flat_map(|group| &group.rows);
        match metric.without() {
            Some((setting, plain)) if !inputs.any(|(label, _)| label == setting) => plain,
            _ => metric.definition().definition,
        }
    }

    fn measures(&self, title: &str, metrics: impl IntoIterator<Item = Metric>) -> Table {
        tables::measures(&self.data.summary, title, metrics, |metric| self.said(metric))
    }

    fn scorecard(&self) -> Section {
        let mut section = Section::new("scorecard", "Scorecard").with(tables::scorecard(&self.data.summary));
        if let Some(table) = gates::table(&self.data.summary.gates) {
            section.push(table);
        }
        section.with(self.charts(Place::Opening))
    }

    /// The chart that the page opens with: when units wait, where that is but a start; else how the promises stand.
    fn opening(&self) -> Option<&'static str> {
        let summary = &self.data.summary;
        let is_start = summary.waiting.is_some_and(|waiting| is_start_up(summary, &waiting));
        let first = if is_start { "backorders" } else { "promises" };
        [first, "promises", "endings"].into_iter().find(|id| self.has(id))
    }

    fn service(&self) -> Section {
        let mut section = Section::new("service", "Service and stock")
            .with(self.charts(Place::Service))
            .with(self.measures("Service", of_group(Group::Service)))
            .with(self.measures("Stock and replenishment", of_group(Group::Stock)));
        let products = &self.data.by_product;
        let most_waiting = most_waiting(products);
        let name = if most_waiting.len() < products.rows() {
            let all = grouped(products.rows() as f64, 0);
            format!("The {} products with the most units on backorder, of {all}", most_waiting.len())
        } else {
            "By product".to_string()
        };
        let (warehouses, vendors) = (&self.data.by_warehouse, &self.data.by_vendor);
        let has = |header: &[String], metric: Metric| header.iter().any(|name| name == metric.name());
        let has_docks = has(&warehouses.header, Metric::DockWaitHoursMean);
        let of_warehouses = if has_docks { BY_WAREHOUSE_AND_DOCK } else { BY_WAREHOUSE };
        let has_queues = has(&vendors.header, Metric::VendorWaitDaysMean);
        let of_vendors = if has_queues { BY_VENDOR_AND_QUEUE } else { BY_VENDOR };
        for fold in [
            breakdown(
                "By warehouse",
                "By warehouse",
                warehouses,
                "by_warehouse.csv",
                of_warehouses,
                &first(warehouses),
            ),
            breakdown("By vendor", "By vendor", vendors, "by_vendor.csv", of_vendors, &first(vendors)),
            breakdown("By product", &name, products, "by_product.csv", BY_PRODUCT, &most_waiting),
        ]
        .into_iter()
        .flatten()
        {
            section.push(fold);
        }
        if let Some(fold) = self.data.levels.as_ref().and_then(levels::fold) {
            section.push(fold);
        }
        let in_print = [
            brief(["warehouse", "warehouses"], warehouses, "by_warehouse.csv"),
            brief(["vendor", "vendors"], vendors, "by_vendor.csv"),
            brief(["product", "products"], products, "by_product.csv"),
        ];
        in_print.into_iter().flatten().for_each(|table| section.push(table));
        section
    }

    fn waits(&self) -> Section {
        let mut section = Section::new("waits", "Backorders and waits").with(self.charts(Place::Waits));
        if !self.has("waits") {
            section.push(finding("No backordered line was covered, so there are no waits to show."));
        }
        section.with(self.measures("Backorders and waits", of_group(Group::Backorders)))
    }

    /// What came of the scenario's events; nothing where it has none.
    fn events(&self) -> Option<Section> {
        let table = tables::events(&self.data.summary.events, tables::AROUND_EVENTS, tables::CAPTION_OF_EVENTS)?;
        let section = Section::new("events", "Events").with(self.charts(Place::Events)).with(table);
        let says = "Before and after are as many days as the event has. It has recovered at the end of the first day that leaves no \
                    more units waiting than the days before it did on average, counted from its end.";
        Some(section.with(Block::paragraph(says)).with(Block::from(Content::Data("by_event.csv".into()))))
    }

    fn splits(&self) -> Section {
        let mut section = Section::new("splits", "Splits, parcels and delivery").with(self.charts(Place::Splits));
        if !self.has("endings") {
            section.push(finding("No order was asked for."));
        } else if !self.has("parcels") {
            section.push(finding("No order was shipped."));
        }
        section.push(self.measures("Splits, parcels and delivery", of_group(Group::Shipping)));
        let zones = &self.data.by_zone;
        if let Some(fold) = breakdown("By zone", "By zone", zones, "by_zone.csv", BY_ZONE, &first(zones)) {
            section.push(fold);
        }
        if let Some(fold) = self.data.facts.flows.as_ref().and_then(flows::fold) {
            section.push(fold);
        }
        if let Some(classes) = &self.data.by_class
            && let Some(fold) =
                breakdown("By class", "By class of customers", classes, "by_class.csv", BY_CLASS, &first(classes))
        {
            section.push(fold);
        }
        section
    }

    fn cancellations(&self) -> Section {
        let (by_age, nothing) = (Metric::AutoCancelledOrderShare, Metric::CancelledOrderShare);
        let sentence = match self.data.summary.mean(by_age) {
            Some(_) => {
                let orders = match self.data.shown(Metric::Orders).as_str() {
                    "1" => "1 order".to_string(),
                    several => format!("{several} orders"),
                };
                format!(
                    "Of {orders} {} have a line that was cancelled for age; {} end with nothing shipped, by whomever.",
                    self.data.shown(by_age),
                    self.data.shown(nothing)
                )
            }
            None => "No order was asked for.".into(),
        };
        Section::new("cancellations", "Cancellations")
            .with(finding(sentence))
            .with(self.measures("Cancellations and what stays open", of_group(Group::Cancellations)))
    }

    fn contacts(&self) -> Section {
        let calls = self.data.shown(Metric::ContactsPerDay);
        Section::new("contacts", "Customers’ contacts")
            .with(finding(format!("{calls} calls a day find their line still waiting.")))
            .with(self.measures("Notices, calls, swaps and removals", CONTACTS))
    }

    fn costs(&self) -> Section {
        let mut section = Section::new("costs", "Costs").with(self.charts(Place::Costs));
        if !self.has("costs") {
            section.push(finding("There are no costs to show: no orders, or no cost rates."));
        }
        let daily = self.measures("Costs per day", of_group(Group::DailyCosts));
        section
            .with(tables::costs(&self.data.summary, |metric| self.said(metric)))
            .with(Block::fold("Costs per day", vec![daily.into()]))
    }

    fn rules(&self) -> Section {
        Section::new("rules", "Rules").with(tables::firings(&self.data.summary))
    }

    fn inputs(&self) -> Section {
        Section::new("inputs", "Inputs")
            .with(self.measures("What was asked for", of_group(Group::Demand)))
            .with(origin::inputs(&self.data.facts.inputs))
    }

    fn method(&self) -> Section {
        let summary = &self.data.summary;
        let mut says = vec![format!(
            "{} independent {} of {} each{}. Random numbers are named streams derived from the seed, so a replication is \
             the same whatever ran beside it.",
            grouped(summary.replications as f64, 0),
            if summary.replications == 1 { "replication" } else { "replications" },
            days(summary.horizon_days),
            if summary.warm_up_days > 0.0 {
                format!(", measured after a warm-up of {}", days(summary.warm_up_days))
            } else {
                ", measured from the first second".to_string()
            }
        )];
        says.push(if summary.run_out_days > 0.0 {
            format!(
                "What was ordered in the measured time had {} more to be resolved; what is open after that counts as open.",
                days(summary.run_out_days)
            )
        } else {
            "There is no run-out: what is not resolved when the measured time ends counts as open.".into()
        });
        says.push(if summary.replications > 1 {
            format!(
                "Each interval is a {} % confidence interval over replications (Student’s t; ratios as ratios of means, \
                 delta method). “5 – 95 % of replications” is how single replications spread.",
                grouped(summary.confidence * 100.0, 0)
            )
        } else {
            "With a single replication there are no intervals.".into()
        });
        says.push(
            "An order belongs to the measures when it was asked for in the measured time; time averages keep to it. A \
             measure without a denominator is a dash."
                .into(),
        );
        says.extend(summary.notes.iter().map(|note| sentence(note)));
        let mut section =
            Section::new("method", "Method").with(Block::list(says.into_iter().map(Text::from).collect()));
        if let Some(table) = tables::narrowed(summary) {
            section.push(table);
        }
        section
    }

    fn reproduce(&self) -> Section {
        let summary = &self.data.summary;
        origin::reproduce(&self.data.facts.origin, "scenario", summary.seed, summary.interrupted)
    }
}

/// Measures told apart, folded, with their file; nothing of an empty table.
fn breakdown(
    name: &str,
    caption: &str,
    sheet: &CsvTable,
    file: &str,
    columns: &[Measured],
    rows: &[usize],
) -> Option<Block> {
    if sheet.rows() == 0 {
        return None;
    }
    // A column that nobody has a number for says nothing.
    let measures: Vec<Metric> = (columns.iter())
        .map(|column| column.metric)
        .filter(|metric| rows.iter().any(|&row| sheet.number(row, metric.name()).is_some()))
        .collect();
    let label = |metric: &Metric| Column::number(metric.definition().label.trim_start_matches("… "));
    let first = Column::words(sheet.header.first().map_or("", String::as_str));
    let mut table = Table::new(caption, std::iter::once(first).chain(measures.iter().map(label)));
    let figures: Vec<_> = (measures.iter().map(|metric| metric.definition()))
        .map(|of| (of.unit, sheet.numbers(of.name), sheet.numbers(&format!("{}_half_width", of.name))))
        .collect();
    for &row in rows {
        let cells = figures.iter().map(|(unit, mean, half_width)| {
            let (mean, half_width) = (mean(row), half_width(row));
            let (value, half) = number::estimate(*unit, Reading { mean, half_width });
            Cell::number(if half_width.is_some() { format!("{value} ± {half}") } else { value }, mean)
        });
        let name = Cell::words(sheet.cell(row, 0));
        table.row(std::iter::once(name).chain(cells));
    }
    let mut blocks = vec![Block::from(table)];
    if sheet.rows() > MAX_ROWS {
        let all = grouped(sheet.rows() as f64, 0);
        blocks.push(Block::paragraph(format!("{MAX_ROWS} of {all} rows are shown.")));
    }
    blocks.push(Content::Data(file.into()).into());
    Some(Content::Fold(Fold { summary: name.into(), is_wide: true, blocks }).into())
}

/// A note as a sentence.
fn sentence(note: &str) -> String {
    let mut letters = note.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn first(sheet: &CsvTable) -> Vec<usize> {
    (0..sheet.rows().min(MAX_ROWS)).collect()
}

/// The products with the most units on backorder; of equals those that were asked for most.
fn most_waiting(sheet: &CsvTable) -> Vec<usize> {
    let (waiting, asked) = (sheet.numbers("backorders_mean_units"), sheet.numbers("units"));
    let key = |row: usize| (waiting(row).unwrap_or(0.0), asked(row).unwrap_or(0.0));
    let mut rows: Vec<(usize, (f64, f64))> = (0..sheet.rows()).map(|row| (row, key(row))).collect();
    rows.sort_by(|(_, left), (_, right)| right.0.total_cmp(&left.0).then(right.1.total_cmp(&left.1)));
    rows.truncate(MAX_ROWS);
    rows.into_iter().map(|(row, _)| row).collect()
}
