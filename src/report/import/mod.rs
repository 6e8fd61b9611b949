//! An import as a document: what is assumed, what was understood, what became of the rows, what the demand looks like.

use super::charts::{Chart, import};
use super::document::{Block, Document, Role, Section};
use super::number::grouped;
use super::table::{Cell, Column, Table};
use super::words::Text;
use crate::import::{Counts, Fact, Odd, Report};
use serde_json::{Value, json};

/// So many vendors' lead times are drawn; the table has all of them.
const MOST_VENDORS: usize = 12;

/// Columns of a terminal for what something is, for how it was understood, and for the option that says otherwise.
const WHAT: usize = 16;
const FOUND: usize = 30;
const OPTION: usize = 32;

/// What was understood of the files, for somebody who may correct it before anything is written.
pub fn understood_document(report: &Report) -> Document {
    let mut document = Document::new("Import", format!("Import of {}", report.name));
    document.push(assumed(report));
    document.push(understood(report, true));
    document
}

/// The whole report as a page, with its charts.
pub fn import_page(report: &Report) -> String {
    let mut document = Document::new("Import", format!("Import of {}", report.name));
    document.open(Block::of(Role::Extent, extent(report)));
    document.push(assumed(report));
    document.push(rows(report));
    let charts = [import::demand(report), import::week(report), import::abc(report)];
    let mut demand = figures("demand", "Demand", charts.into_iter().flatten().collect());
    rate(report, &mut demand);
    document.push(demand);
    let charts = [import::lines(report), import::units(report)];
    let mut fits = figures("fits", "What orders are made of", charts.into_iter().flatten().collect());
    pairs(report, &mut fits);
    document.push(fits);
    let lead_times = report.lead_times.iter().filter_map(|(vendor, fit)| import::lead_time(vendor, fit));
    let mut section = figures("lead-times", "Lead times", lead_times.take(MOST_VENDORS).collect());
    if report.lead_times.len() > 1 {
        section.push(lead_times_table(report));
    }
    document.push(section);
    document.push(understood(report, false));
    super::html::page(&document, &[])
}

fn figures(id: &str, title: &str, charts: Vec<Chart>) -> Section {
    let mut section = Section::new(id, title);
    let figures: Vec<_> =
        charts.iter().enumerate().map(|(at, chart)| chart.figure(format!("{}-{id}-{at}", chart.id))).collect();
    if !figures.is_empty() {
        section.push(Block::figures(figures));
    }
    section
}

/// The fitted rate, in a sentence or two.
fn rate(report: &Report, section: &mut Section) {
    let Some(fitted) = &report.fitted else { return };
    let rate = &fitted.rate;
    let uneven = match rate.dispersion {
        much if much > 1.5 => format!(
            " Days are {} times as uneven as a Poisson process has them, so a fit knows too little of busy days; replaying the orders \
             keeps them.",
            grouped(much, 1)
        ),
        _ => String::new(),
    };
    section.push(Block::paragraph(format!(
        "{} orders a day ± {}, with factors for the week{} (χ² of the days, p\u{a0}{}).{uneven}",
        grouped(rate.orders_per_day, 1),
        grouped(rate.half_width, 1),
        if rate.is_yearly { " and the year" } else { "; less than a year says nothing of the year" },
        chance(rate.chance)
    )));
}

/// What is bought together.
fn pairs(report: &Report, section: &mut Section) {
    if report.pairs.is_empty() {
        return;
    }
    let columns = [
        Column::words("one"),
        Column::words("other"),
        Column::number("orders with both"),
        Column::number("times by chance"),
    ];
    let mut table = Table::new("Bought together", columns)
        .captioned("Pairs that stand in one order more often than chance puts them there");
    for (one, other, orders, lift) in &report.pairs {
        let number = |shown: String, value: f64| Cell::number(shown, Some(value));
        let orders = f64::from(*orders);
        table.row([
            Cell::words(one),
            Cell::words(other),
            number(grouped(orders, 0), orders),
            number(grouped(*lift, 1), *lift),
        ]);
    }
    section.push(table);
}

fn lead_times_table(report: &Report) -> Table {
    let columns = [
        Column::words("vendor"),
        Column::number("deliveries"),
        Column::number("mean, days"),
        Column::number("±"),
        Column::words("distribution"),
        Column::number("KS"),
        Column::number("p"),
        Column::number("AD"),
    ];
    let mut table = Table::new("Lead times", columns);
    for (vendor, fit) in &report.lead_times {
        let mean = fit.days.iter().sum::<f64>() / fit.days.len() as f64;
        let number = |value: f64, decimals: usize| Cell::number(grouped(value, decimals), Some(value));
        let poor = if fit.is_poor() { format!("{} (few)", fit.family.key()) } else { fit.family.key().to_string() };
        let tested =
            |value: f64, decimals: usize| if fit.distance > 0.0 { number(value, decimals) } else { Cell::none() };
        table.row([
            Cell::words(vendor),
            number(fit.days.len() as f64, 0),
            number(mean, 1),
            number(fit.half_width, 1),
            Cell::words(poor),
            tested(fit.distance, 3),
            if fit.distance > 0.0 { Cell::number(chance(fit.chance), Some(fit.chance)) } else { Cell::none() },
            tested(fit.anderson_darling, 2),
        ]);
    }
    table
}

/// The same for programs.
pub fn import_json(report: &Report) -> String {
    let Report { name, assumptions, notes, count, odd, ignored, size, demand, pairs, lead_times, .. } = report;
    let odd: Vec<Value> = odd
        .iter()
        .map(|odd| json!({"order": odd.order, "product": odd.product, "units": odd.units, "cancelled_by": odd.cancelled_by}))
        .collect();
    let lead_times: Vec<Value> = lead_times
        .iter()
        .map(|(vendor, fit)| {
            json!({
                "vendor": vendor,
                "deliveries": fit.days.len(),
                "mean_days": fit.days.iter().sum::<f64>() / fit.days.len() as f64,
                "half_width": fit.half_width,
                "family": fit.family.key(),
                "fitted_mean_days": fit.mean,
                "fitted_cv": fit.cv,
                "kolmogorov_smirnov": fit.distance,
                "p": fit.chance,
                "anderson_darling": fit.anderson_darling,
            })
        })
        .collect();
    let fitted = report.fitted.as_ref().map(|fitted| {
        let counts = |counts: &Counts| {
            json!({"mean": counts.mean, "half_width": counts.half_width, "is_geometric": counts.is_geometric, "p": counts.chance})
        };
        let rate = &fitted.rate;
        json!({
            "orders_per_day": rate.orders_per_day,
            "half_width": rate.half_width,
            "weekly": rate.weekly,
            "yearly": rate.yearly,
            "dispersion": rate.dispersion,
            "p": rate.chance,
            "lines_per_order": counts(&fitted.lines),
            "units_per_line": counts(&fitted.units),
            "affinity": fitted.together.affinity,
        })
    });
    let told = json!({
        "name": name,
        "assumptions": assumptions,
        "notes": notes,
        "rows": {
            "read": count.rows,
            "left_out": count.left_out,
            "netted": count.netted,
            "merged": count.merged,
            "repeated": count.repeated,
            "kept": size.lines,
        },
        "orders": size.orders,
        "lines": size.lines,
        "units": size.units,
        "products": size.products,
        "zones": size.zones,
        "zones_abroad": size.abroad,
        "warehouses": size.warehouses,
        "vendors": size.vendors,
        "open_orders": size.open_orders,
        "open_purchase_orders": size.open_purchases,
        "no_goods": ignored,
        "odd_lines": odd,
        "first_day": demand.first,
        "last_day": demand.last,
        "orders_of_each_day": demand.daily,
        "fitted": fitted,
        "bought_together": pairs,
        "lead_times": lead_times,
    });
    format!("{told:#}\n")
}

/// What became of the rows, for a terminal that has shown the rest.
pub fn imported_document(report: &Report) -> Document {
    let mut document = Document::new("Import", format!("Import of {}", report.name));
    document.open(Block::of(Role::Extent, extent(report)));
    document.push(rows(report));
    document
}

/// How much there is, in a sentence.
fn extent(report: &Report) -> String {
    let size = &report.size;
    let number =
        |count: usize, one: &str, many: &str| format!("{} {}", whole(count), if count == 1 { one } else { many });
    let abroad = if size.abroad > 0 { format!(", {} of them abroad", whole(size.abroad)) } else { String::new() };
    format!(
        "{}, {}, {} of {} in {}{abroad}; {} to {}",
        number(size.orders, "order", "orders"),
        number(size.lines, "line", "lines"),
        number(size.units as usize, "unit", "units"),
        number(size.products, "product", "products"),
        number(size.zones, "zone", "zones"),
        report.demand.first,
        report.demand.last,
    )
}

fn whole(count: usize) -> String {
    grouped(count as f64, 0)
}

fn assumed(report: &Report) -> Section {
    let items = report.assumptions.iter().map(|text| Text::from(text.as_str())).collect();
    Section::new("assumed", "Assumed, because no export says it; look at these first").with(Block::list(items))
}

/// How the files were understood; in a terminal long texts take several rows.
fn understood(report: &Report, wraps: bool) -> Section {
    let mut section = Section::new("understood", "Understood");
    let columns = [
        Column::words("what").wide(WHAT),
        Column::words("understood as").wide(FOUND),
        Column::words("otherwise").wide(OPTION),
    ];
    let mut table = Table::new("what", columns).captioned("How the files were understood");
    for (kind, facts) in &report.facts {
        for fact in facts {
            // A file is told in a line of its own.
            if fact.is_file {
                table.group(format!("{kind}: {}", fact.what));
                rows_of(&mut table, wraps, "file", &fact.found, &fact.option);
            } else {
                rows_of(&mut table, wraps, &fact.what, &fact.found, &fact.option);
            }
        }
    }
    table.group("all");
    for Fact { what, found, option, .. } in &report.choices {
        rows_of(&mut table, wraps, what, found, option);
    }
    section.push(table);
    section
}

/// A row, or as many as a long text takes.
fn rows_of(table: &mut Table, wraps: bool, what: &str, found: &str, option: &str) {
    if !wraps {
        return table.row([Cell::words(what), Cell::words(found), Cell::words(option)]);
    }
    let parts = [wrapped(what, WHAT - 2), wrapped(found, FOUND - 2), wrapped(option, OPTION)];
    for line in 0..parts.iter().map(Vec::len).max().unwrap_or(0) {
        table.row(parts.iter().map(|part| Cell::words(part.get(line).map_or("", String::as_str))));
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { super::text::wrap(text, width) }
}

fn rows(report: &Report) -> Section {
    let count = &report.count;
    let mut section = Section::new("rows", "Rows of orders");
    let mut table = Table::new("rows", [Column::words("what").wide(56), Column::number("rows").wide(12)])
        .without_headings()
        .captioned("What became of the rows");
    let mut row =
        |what: &str, rows: usize| table.row([Cell::words(what), Cell::number(whole(rows), Some(rows as f64))]);
    row("read", count.rows);
    let mut out: Vec<(&String, &usize)> = count.left_out.iter().collect();
    out.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    for (reason, rows) in out {
        row(&format!("left out: {reason}"), *rows);
    }
    for (what, rows) in [
        ("taken off another line of their order", count.netted),
        ("one with another line of their order", count.merged),
    ] {
        if rows > 0 {
            row(what, rows);
        }
    }
    row("kept as lines", report.size.lines);
    section.push(table);
    if let Some((days, from, to)) = &report.demand.gap {
        let days = if *days == 1 { "a day".to_string() } else { format!("{} days", whole(*days as usize)) };
        section.push(Block::paragraph(format!("The longest time without orders is {days}, between {from} and {to}.")));
    }
    for odd in &report.odd {
        section.push(Block::paragraph(odd_words(odd)));
    }
    for note in &report.notes {
        section.push(Block::note(capital(note)));
    }
    section
}

fn odd_words(odd: &Odd) -> String {
    let units = grouped(f64::from(odd.units), 0);
    let told = format!(
        "Order {} asks for {units} units of {}, a hundred times what nearly all lines do",
        odd.order, odd.product
    );
    match &odd.cancelled_by {
        Some(other) => format!("{told}; {other} takes them back. Both stand in the export, the sale is kept."),
        None => format!("{told}."),
    }
}

/// A chance, as it is read: what is next to nothing says so.
fn chance(p: f64) -> String {
    if p < 0.005 { "<\u{a0}0.01".to_string() } else { grouped(p, 2) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
