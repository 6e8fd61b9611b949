//! Remedies that lead somewhere: what a message says to write is read when it is written.

use super::*;

/// What is said of a text with files beside it: the message of each finding, and its remedy.
fn told(text: &str, files: &[(&str, &str)]) -> Vec<(String, String)> {
    let list = load_with(text, files, &[]).map_or_else(|found| found.list, |loaded| loaded.warnings);
    list.into_iter().map(|one| (one.message, one.help.unwrap_or_default())).collect()
}

/// The same of the small scenario with its products in a file.
fn told_of_products(rows: &str) -> Vec<(String, String)> {
    told(&SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }"), &[("p.csv", rows)])
}

fn pair(message: &str, help: &str) -> (String, String) {
    (message.to_string(), help.to_string())
}

#[test]
fn curly_quotes_are_to_be_straight() {
    for (line, message, help) in [
        ("name = “shop”", "`“shop”` is no value", "write it in straight quotes: \"shop\""),
        ("name = „my shop“", "`„my shop“` is no value", "write it in straight quotes: \"my shop\""),
        ("name = shop", "`shop` is no value", "if it is text, write it in quotes: \"shop\""),
        (
            "name = \"shop”",
            "this text has no closing quote",
            "end it with the straight quote that it began with, not with a curly one",
        ),
        (
            "name = “shop\"",
            "this text has no opening quote",
            "begin it with the straight quote that it ends with, not with a curly one",
        ),
        ("“name” = \"shop\"", "this is not TOML: a key in curly quotes", "write it in straight quotes, or in none"),
    ] {
        assert_eq!(told(&format!("{line}\n{SMALL}"), &[])[0], pair(message, help), "{line}");
    }
}

#[test]
fn columns_that_nobody_reads_are_taken_out_or_passed_over() {
    let strange = told_of_products("id,price,Supplier note\nwhey,1,x\n");
    let help = "take it out, or let further columns be: `columns = { id = \"id\" }` beside `file`";
    assert_eq!(strange, [pair("unknown column `Supplier note` in p.csv", help)]);
    let named = SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\", columns = { id = \"id\" } }");
    assert_eq!(codes(&named, &[("p.csv", "id,price,Supplier note\nwhey,1,x\n")], &[]), [""; 0]);
    let other = told_of_products("sku,price\nwhey,1\n");
    let help = "did you mean `id`? rename it, or write `columns = { id = \"sku\" }` beside `file`";
    assert_eq!(other, [pair("unknown column `sku` in p.csv", help)], "and not that there is no column `id`");
}

#[test]
fn what_a_wrong_header_entails_is_not_told() {
    let policy = "vendors = [{ id = \"v\", lead_time = \"5d\" }]\n[replenishment]\npolicy = \"s-S\"\nreorder_point = 1\norder_up_to = 9\n";
    let text = format!("{}{policy}", SMALL.replace("[{ id = \"whey\" }]", "{ file = \"p.csv\" }"));
    for header in ["ID,Vendor", "id,Vendor", "ID,vendor"] {
        let found = load_with(&text, &[("p.csv", &format!("{header}\nwhey,v\n"))], &[]).expect_err("it is wrong");
        assert!(found.list.iter().all(|one| one.code == "unknown-key"), "{header}: {found}");
    }
}

#[test]
fn what_a_spreadsheet_lost_and_sums_are_known_in_every_column() {
    let trace = format!("{TRACE_OF_TWO}[demand.trace]\nfile = \"t.csv\"\n");
    let rows = "order,date,zone,product,units\n1,2026-05-14,south,#N/A,1\n2,2026-05-14,#VALUE!,whey,1\n,,,Total,2\n";
    let formula = "a formula of the spreadsheet failed there: mend it, and save the file again";
    let found = told(&trace, &[("t.csv", rows)]);
    for (message, help) in [
        ("there is no product \"#N/A\"", formula),
        ("there is no zone \"#VALUE!\"", formula),
        ("there is no product \"Total\"", "take the row out of the file if it is a total"),
    ] {
        assert!(found.contains(&pair(message, help)), "{message}: {found:?}");
    }
    let times = "vendors = [{ id = \"v\", lead_time = { empirical = { file = \"l.csv\", column = \"days\" } } }]\n";
    let found = told(&format!("{SMALL}{times}"), &[("l.csv", "po,days\n1,6d\n2,Total\n")]);
    assert!(found.iter().any(|(_, help)| help == "take the row out of the file if it is a total"), "{found:?}");
}

const TRACE_OF_TWO: &str = files::TRACE;

#[test]
fn durations_get_a_remedy() {
    for (text, help) in [
        ("1,5d", "did you mean \"1d12h\"?"),
        ("-3d", "write \"3d\", or \"0s\" for no time at all"),
        ("-2 weeks", "write \"14d\", or \"0s\" for no time at all"),
        ("Total", "take the row out of the file if it is a total"),
    ] {
        let vendor = format!("{SMALL}vendors = [{{ id = \"v\", lead_time = \"{text}\" }}]\n");
        assert_eq!(told(&vendor, &[])[0].1, help, "{text}");
    }
}

#[test]
fn milliseconds_are_called_so() {
    let trace = format!("{TRACE_OF_TWO}[demand.trace]\nfile = \"t.csv\"\n");
    for (date, unit) in [("1778752800", "seconds"), ("1778752800.5", "seconds"), ("1778752800000", "milliseconds")] {
        let rows = format!("order,date,zone,product,units\n1,{date},south,whey,1\n");
        let found = told(&trace, &[("t.csv", &rows)]);
        assert_eq!(found[0].0, format!("\"{date}\" looks like {unit} since 1970"));
    }
}
