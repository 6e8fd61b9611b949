//! The page's sections, in the order in which a reader asks.

use super::figure;
use super::markup::{days, link_to_data, paragraphs, unbroken};
use super::tables::{Cell, breakdown, gates, measures, scorecard, table};
use crate::measures::{BY_PRODUCT, BY_VENDOR, BY_WAREHOUSE, BY_ZONE, Group, Metric, Unit};
use crate::report::charts::{Chart, escaped};
use crate::report::data::{Data, Sheet};
use crate::report::facts::Next;
use crate::report::number::{self, NONE, grouped};
use crate::rules::Rule;
use std::fmt::Write;

/// So many rows of a table are shown; the file has them all.
const MOST_ROWS: usize = 50;

/// Measures that are about what passes between customers and the retailer, wherever else they might stand.
const CONTACTS: [Metric; 5] = [
    Metric::ContactsPerDay,
    Metric::SwappedLineShare,
    Metric::RemovedLineShare,
    Metric::LateNoticeShare,
    Metric::DisplayMismatchLineShare,
];

/// A section.
pub(super) struct Section {
    pub id: &'static str,
    pub title: &'static str,
    pub body: String,
}

/// What sections are made of.
struct Source<'a> {
    data: &'a Data,
    charts: &'a [Chart],
    inside: &'a [(&'a str, &'a str)],
}

/// Every section.
pub(super) fn all(data: &Data, charts: &[Chart], inside: &[(&str, &str)], files: &[&(String, String)]) -> Vec<Section> {
    let source = Source { data, charts, inside };
    let section = |id, title, body| Section { id, title, body };
    vec![
        section("scorecard", "Scorecard", source.scorecard()),
        section("service", "Service and stock", source.service()),
        section("waits", "Backorders and waits", source.waits()),
        section("splits", "Splits, parcels and delivery", source.splits()),
        section("cancellations", "Cancellations", source.cancellations()),
        section("contacts", "Customers’ contacts", source.contacts()),
        section("costs", "Costs", source.costs()),
        section("rules", "Rules", source.rules()),
        section("inputs", "Inputs", source.inputs()),
        section("method", "Method", source.method()),
        section("reproduce", "Reproduce", source.reproduce(files)),
    ]
}

/// The measures of a group that stand in no other section.
fn of_group(group: Group) -> Vec<Metric> {
    let all = Metric::ALL.iter().copied();
    all.filter(|metric| metric.definition().group == group && !CONTACTS.contains(metric)).collect()
}

impl Source<'_> {
    /// Charts by their names, as far as there are any.
    fn charts(&self, ids: &[&str]) -> String {
        let shown: String = ids
            .iter()
            .filter_map(|id| self.charts.iter().find(|chart| chart.id == *id))
            .map(|chart| figure(chart, self.inside))
            .collect();
        if shown.is_empty() { shown } else { format!("<div class=\"charts\">\n{shown}</div>\n") }
    }

    fn has(&self, id: &str) -> bool {
        self.charts.iter().any(|chart| chart.id == id)
    }

    fn scorecard(&self) -> String {
        let verdicts = |verdict: &str| {
            let named = self.data.summary.promises.iter().filter(|row| row.verdict == verdict);
            named.map(|row| row.promise.as_str()).collect::<Vec<_>>()
        };
        let (kept, broken) = (verdicts("kept"), verdicts("broken"));
        let (undecided, idle) = (verdicts("undecided"), verdicts("no occasion"));
        let all = self.data.summary.promises.len();
        let mut sentence = match (all - idle.len(), idle.len()) {
            (0, _) => "<strong>No promise had an occasion to be kept or broken.</strong>".to_string(),
            (_, 0) => format!("<strong>{} of {all} promises are kept.</strong>", kept.len()),
            (rest, _) => format!("<strong>{} of {rest} promises that had an occasion are kept.</strong>", kept.len()),
        };
        for (names, words) in
            [(broken, "Broken"), (undecided, "Undecided at this many replications"), (idle, "No occasion for")]
        {
            if !names.is_empty() {
                let _ = write!(sentence, " {words}: {}.", escaped(&names.join("; ")));
            }
        }
        format!("<p class=\"finding\">{sentence}</p>\n{}{}{}", scorecard(self.data), gates(self.data), self.in_short())
    }

    /// What no promise speaks of: how many orders can leave at once, how long all takes, and what it costs.
    fn in_short(&self) -> String {
        let summary = &self.data.summary;
        let Some(shipped) = summary.mean(Metric::ShipDaysMean) else {
            return String::new();
        };
        let cost = match summary.mean(Metric::CostPerOrder) {
            Some(cost) if cost > 0.0 => {
                format!(", and an order costs <strong>{}</strong>, the purchase of its units apart", grouped(cost, 2))
            }
            _ => String::new(),
        };
        let sentence = format!(
            "<p class=\"finding\">Beside the promises: <strong>{}</strong> of the orders find all they ask for at once; \
             the last of an order leaves after <strong>{} days</strong> on average{cost}.</p>\n",
            escaped(&summary.shown(Metric::OrderFillRate)),
            grouped(shipped, 2)
        );
        unbroken(&sentence)
    }

    fn service(&self) -> String {
        let mut body = self.charts(&["fill_by_class", "ready_by_warehouse", "on_hand", "lead_times"]);
        body.push_str(&measures(self.data, "Service", &of_group(Group::Service)));
        body.push_str(&measures(self.data, "Stock and replenishment", &of_group(Group::Stock)));
        body.push_str(&self.breakdown("By warehouse", &self.data.by_warehouse, "by_warehouse.csv", |sheet| {
            breakdown("By warehouse", sheet, BY_WAREHOUSE, &first_rows(sheet))
        }));
        body.push_str(&self.breakdown("By vendor", &self.data.by_vendor, "by_vendor.csv", |sheet| {
            breakdown("By vendor", sheet, BY_VENDOR, &first_rows(sheet))
        }));
        body.push_str(&self.breakdown("By product", &self.data.by_product, "by_product.csv", |sheet| {
            let rows = most_waiting(sheet);
            let name = if rows.len() < sheet.rows.len() {
                format!(
                    "The {} products with the most units on backorder, of {}",
                    rows.len(),
                    grouped(sheet.rows.len() as f64, 0)
                )
            } else {
                "By product".to_string()
            };
            breakdown(&name, sheet, BY_PRODUCT, &rows)
        }));
        body
    }

    /// A table told apart, folded, with its file; nothing of an empty one.
    fn breakdown(&self, name: &str, sheet: &Sheet, file: &str, table: impl Fn(&Sheet) -> String) -> String {
        if sheet.rows.is_empty() {
            return String::new();
        }
        let more = if sheet.rows.len() > MOST_ROWS {
            format!("<p>{} of {} rows are shown.</p>", MOST_ROWS, grouped(sheet.rows.len() as f64, 0))
        } else {
            String::new()
        };
        let data = link_to_data(file, self.inside);
        format!("<details class=\"breakdown\"><summary>{name}</summary>{}{more}{data}</details>\n", table(sheet))
    }

    fn waits(&self) -> String {
        let mut body = self.charts(&[
            "backorders",
            "waits",
            "waiting_by_vendor",
            "waiting_by_product",
            "orders_waiting",
            "order_life",
        ]);
        if !self.has("waits") {
            body.push_str("<p class=\"finding\">No backordered line was covered, so there are no waits to show.</p>\n");
        }
        body.push_str(&measures(self.data, "Backorders and waits", &of_group(Group::Backorders)));
        body
    }

    fn splits(&self) -> String {
        let mut body = self.charts(&["endings", "parcels"]);
        if !self.has("endings") {
            body.push_str("<p class=\"finding\">No order was asked for.</p>\n");
        } else if !self.has("parcels") {
            body.push_str("<p class=\"finding\">No order was shipped.</p>\n");
        }
        body.push_str(&measures(self.data, "Splits, parcels and delivery", &of_group(Group::Shipping)));
        body.push_str(&self.breakdown("By zone", &self.data.by_zone, "by_zone.csv", |sheet| {
            breakdown("By zone", sheet, BY_ZONE, &first_rows(sheet))
        }));
        body
    }

    fn cancellations(&self) -> String {
        let summary = &self.data.summary;
        let (by_age, nothing) = (Metric::AutoCancelledOrderShare, Metric::CancelledOrderShare);
        let sentence = match summary.mean(by_age) {
            Some(_) => format!(
                "<p class=\"finding\">Of {} {} have a line that was cancelled for age; {} end with nothing shipped, by \
                 whomever.</p>\n",
                match escaped(&summary.shown(Metric::Orders)).as_str() {
                    "1" => "1 order".to_string(),
                    several => format!("{several} orders"),
                },
                escaped(&summary.shown(by_age)),
                escaped(&summary.shown(nothing))
            ),
            None => "<p class=\"finding\">No order was asked for.</p>\n".into(),
        };
        unbroken(&sentence) + &measures(self.data, "Cancellations and what stays open", &of_group(Group::Cancellations))
    }

    fn contacts(&self) -> String {
        let summary = &self.data.summary;
        let calls = escaped(&summary.shown(Metric::ContactsPerDay));
        let sentence = format!("<p class=\"finding\">{calls} calls a day find their line still waiting.</p>\n");
        sentence + &measures(self.data, "Notices, calls, swaps and removals", &CONTACTS)
    }

    fn costs(&self) -> String {
        let mut body = self.charts(&["costs"]);
        if !self.has("costs") {
            body.push_str("<p class=\"finding\">There are no costs to show: no orders, or no cost rates.</p>\n");
        }
        body.push_str(&measures(self.data, "Costs per order", &of_group(Group::Costs)));
        body.push_str("<details><summary>Costs per day</summary>");
        body.push_str(&measures(self.data, "Costs per day", &of_group(Group::DailyCosts)));
        body.push_str("</details>\n");
        body
    }

    fn rules(&self) -> String {
        let mut body = self.charts(&["rules"]);
        let (times, orders) = (Unit::Count("times"), self.data.summary.mean(Metric::Orders));
        let rows: Vec<Vec<Cell>> = Rule::ALL
            .into_iter()
            .map(|rule| {
                let estimate = self.data.summary.firings(rule);
                let (value, half) = number::estimate(times, estimate.as_ref());
                let page = format!(
                    "<details id=\"rule-{id}\"><summary><code>{id}</code><small>{}</small></summary>{}</details>",
                    escaped(rule.promise()),
                    paragraphs(&rule.page()),
                    id = rule.id()
                );
                let half_width = estimate.and_then(|estimate| estimate.half_width);
                // A ratio of means times the mean of its denominators is the mean of its numerators.
                let in_all = estimate.zip(orders).map(|(estimate, orders)| estimate.mean * orders / 1_000.0);
                let in_all_shown = in_all.map_or(NONE.into(), |mean| number::figure(times, mean, None).0);
                vec![
                    Cell::markup(page),
                    Cell::number(in_all_shown, in_all),
                    Cell::number(value, estimate.map(|estimate| estimate.mean)),
                    Cell::half_width(&half, half_width),
                ]
            })
            .collect();
        let header = ["Rule", "Times a replication", "Per 1,000 orders", "Interval"];
        body.push_str(&table("How often each rule fired; unfold one to read its page", &header, &rows));
        body
    }

    fn inputs(&self) -> String {
        let mut body = measures(self.data, "What was asked for", &of_group(Group::Demand));
        body.push_str("<div class=\"inputs\">\n");
        for group in &self.data.facts.inputs {
            let _ = write!(body, "<div><h3>{}</h3><dl>", escaped(&group.heading));
            for (what, how) in &group.rows {
                let _ = write!(body, "<dt>{}</dt><dd>{}</dd>", escaped(what), escaped(how));
            }
            body.push_str("</dl></div>\n");
        }
        body.push_str("</div>\n");
        body
    }

    fn method(&self) -> String {
        let summary = &self.data.summary;
        let mut body = String::from("<ul class=\"prose\">\n");
        let mut say = |text: String| {
            let _ = writeln!(body, "<li>{}</li>", escaped(&text));
        };
        say(format!(
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
        ));
        if summary.run_out_days > 0.0 {
            say(format!(
                "What was ordered in the measured time had {} more to be resolved; what is open after that counts as open.",
                days(summary.run_out_days)
            ));
        } else {
            say("There is no run-out: what is not resolved when the measured time ends counts as open.".into());
        }
        if summary.replications > 1 {
            say(format!(
                "Each interval is a {} % confidence interval over replications (Student’s t; ratios as ratios of means, \
                 delta method). “5 – 95 % of replications” is how single replications spread.",
                number::grouped(summary.confidence * 100.0, 0)
            ));
        } else {
            say("With a single replication there are no intervals.".into());
        }
        say(
            "An order belongs to the measures when it was asked for in the measured time; time averages keep to it. A \
             measure without a denominator is a dash."
                .into(),
        );
        for note in &summary.notes {
            say(sentence(note));
        }
        body.push_str("</ul>\n");
        body
    }

    fn reproduce(&self, files: &[&(String, String)]) -> String {
        let origin = &self.data.facts.origin;
        // An interrupted result says so, and one that ran to its end at as many replications does not.
        let same = if self.data.summary.interrupted { "the same figures" } else { "the same result, to the byte" };
        let mut body = format!(
            "<p>With backorder {} and seed {}, this command gives {same}:</p>\n<pre><code>{}</code></pre>\n",
            escaped(&origin.version),
            self.data.summary.seed,
            escaped(&origin.command)
        );
        if !origin.sources.is_empty() {
            let rows: Vec<Vec<Cell>> = (origin.sources.iter())
                .map(|source| {
                    let hash = format!("<code class=\"hash\">{}</code>", escaped(&source.sha256));
                    vec![Cell::text(&source.name), Cell::markup(hash)]
                })
                .collect();
            body.push_str(&table("What was read, by SHA-256", &["File", "SHA-256"], &rows));
        }
        if !origin.next.is_empty() {
            body.push_str("<h3>Go on</h3>\n<ul class=\"files\">");
            for Next { shows, command } in &origin.next {
                let _ = write!(body, "<li>{}: <code>{}</code></li>", escaped(shows), escaped(command));
            }
            body.push_str("</ul>\n");
        }
        let _ = write!(body, "<h3 id=\"data\">Data</h3>\n<ul class=\"saved\">");
        for (name, text) in files {
            let size = grouped((text.len() as f64 / 1_000.0).max(1.0), 0);
            let shown = escaped(name);
            let link = if self.inside.iter().any(|(file, _)| file == name) {
                format!("<a href=\"#data\" data-file=\"{shown}\">{shown}</a>")
            } else {
                format!("<code>{shown}</code>, beside this page")
            };
            let _ = write!(body, "<li>{link} ({size} kB)</li>");
        }
        body.push_str("</ul>\n");
        body
    }
}

/// A note as a sentence.
fn sentence(note: &str) -> String {
    let mut letters = note.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn first_rows(sheet: &Sheet) -> Vec<usize> {
    (0..sheet.rows.len().min(MOST_ROWS)).collect()
}

/// The products with the most units on backorder; of equals those that were asked for most.
fn most_waiting(sheet: &Sheet) -> Vec<usize> {
    let key = |row: usize| {
        let number = |name| sheet.number(row, name).unwrap_or(0.0);
        (number("backorders_mean_units"), number("units"))
    };
    let mut rows: Vec<(usize, (f64, f64))> = (0..sheet.rows.len()).map(|row| (row, key(row))).collect();
    rows.sort_by(|(_, left), (_, right)| right.0.total_cmp(&left.0).then(right.1.total_cmp(&left.1)));
    rows.truncate(MOST_ROWS);
    rows.into_iter().map(|(row, _)| row).collect()
}
