//! What real files have: each oddity is read, or told with what helps.

use super::{assert_says, import, imported, read, with_files};
use crate::cli::{assert_exit, stderr};

/// Files that are read, each with the rows of `orders.csv` that come of it.
const READ: [(&str, &str, &str); 27] = [
    ("semicolon", "order;date;zone;product;units\n1;2026-05-14;US;A;1\n", "1,1,2026-05-14,US,A,1"),
    ("tab", "order\tdate\tzone\tproduct\tunits\n1\t2026-05-14\tUS\tA\t1\n", "1,1,2026-05-14,US,A,1"),
    ("sep-line", "sep=,\norder,date,zone,product,units\n1,2026-05-14,US,A,1\n", "1,1,2026-05-14,US,A,1"),
    (
        "cr-only",
        "order,date,zone,product,units\r1,2026-05-14,US,A,1\r2,2026-05-15,US,A,1\r",
        "1,1,2026-05-14,US,A,1\n2,1,2026-05-15,US,A,1",
    ),
    ("empty-tail", "order,date,zone,product,units\n1,2026-05-14,US,A,1\n,,,,\n,,,,\n", "1,1,2026-05-14,US,A,1"),
    ("blank-first", "\n\norder,date,zone,product,units\n1,2026-05-14,US,A,1\n", "1,1,2026-05-14,US,A,1"),
    (
        "title-row",
        "Orders report May 2026,,,,\n,,,,\norder,date,zone,product,units\n1,2026-05-14,US,A,1\n",
        "1,1,2026-05-14,US,A,1",
    ),
    ("euro-number", "order,date,zone,product,units\n1,2026-05-14,US,A,\"1.200,00\"\n", "1,1,2026-05-14,US,A,1200"),
    ("negative", "order,date,zone,product,units\n1,2026-05-14,US,A,2\n1,2026-05-16,US,A,-1\n", "1,1,2026-05-14,US,A,1"),
    (
        "cancel-line",
        "order,date,zone,product,units\n1,2026-05-14 10:00,US,A,1\n1,2026-05-14 10:00,US,A,-1\n2,2026-05-15 10:00,US,A,2\n",
        "2,1,2026-05-15 10:00:00,US,A,2",
    ),
    ("dmy", "order,date,zone,product,units\n1,14/05/2026,US,A,1\n", "1,1,2026-05-14,US,A,1"),
    ("no-pad", "order,date,zone,product,units\n1,2026-5-4,US,A,1\n", "1,1,2026-05-04,US,A,1"),
    ("excel-serial", "order,date,zone,product,units\n1,46156.35,US,A,1\n", "1,1,2026-05-14 08:24:00,US,A,1"),
    ("slash-iso", "order,date,zone,product,units\n1,2026/05/14 10:00,US,A,1\n", "1,1,2026-05-14 10:00:00,US,A,1"),
    ("compact", "order,date,zone,product,units\n1,20260514,US,A,1\n", "1,1,2026-05-14,US,A,1"),
    ("word", "order,date,zone,product,units\n1,\"May 14, 2026\",US,A,1\n", "1,1,2026-05-14,US,A,1"),
    (
        "ampm",
        "order,date,zone,product,units\n1,2026-05-14 09:05:00 UTC,US,A,1\n2,2026-05-14 09:05:00 AM,US,A,1\n",
        "1,1,2026-05-14 09:05:00,US,A,1\n2,1,2026-05-14 09:05:00,US,A,1",
    ),
    (
        "same-row-twice",
        "order,date,zone,product,units\n1,2026-05-14,US,A,1\n1,2026-05-14,US,A,1\n",
        "1,1,2026-05-14,US,A,1\n1,2,2026-05-14,US,A,1",
    ),
    (
        "dst-one-day",
        "order,date,zone,product,units\n1,2026-11-01 00:30:00 -0400,US,A,1\n2,2026-11-01 23:30:00 -0500,US,A,1\n",
        "1,1,2026-11-01 00:30:00,US,A,1\n2,1,2026-11-01 23:30:00,US,A,1",
    ),
    (
        "zone-case",
        "order,date,zone,product,units\n1,2026-05-14,us,A,1\n2,2026-05-14,US,A,1\n3,2026-05-14,US,A,1\n",
        "1,1,2026-05-14,US,A,1\n2,1,2026-05-14,US,A,1\n3,1,2026-05-14,US,A,1",
    ),
    ("no-zone-column", "order,date,product,units\n1,2026-05-14,A,1\n", "1,1,2026-05-14,home,A,1"),
    ("no-units-column", "order,date,zone,product\n1,2026-05-14,US,A\n", "1,1,2026-05-14,US,A,1"),
    ("total-row", "order,date,zone,product,units\n1,2026-05-14,US,A,1\nTotal,,,,1\n", "1,1,2026-05-14,US,A,1"),
    (
        "excel-formula",
        "order,date,zone,product,units\n1,2026-05-14,US,=\"\"A\"\",1\n2,2026-05-14,US,\"=\"\"A\"\"\",1\n",
        "1,1,2026-05-14,US,A,1\n2,1,2026-05-14,US,A,1",
    ),
    ("apostrophe", "order,date,zone,product,units\n'1,2026-05-14,US,'A,1\n", "1,1,2026-05-14,US,A,1"),
    ("parts-of-a-unit", "order,date,zone,product,units\n1,2026-05-14,US,A,1.5\n", "1,1,2026-05-14,US,A,2"),
    ("short-row", "order,date,product,units,note\n1,2026-05-14,A,1\n", "1,1,2026-05-14,home,A,1"),
];

#[test]
fn oddities_are_read() {
    for (name, text, rows) in READ {
        let folder = with_files(&format!("odd-{name}"), &[("orders.csv", text)]);
        imported(&folder, "--orders orders.csv", &[]);
        let written = read(&folder, "shop/orders.csv");
        assert_eq!(written, format!("order,line,date,zone,product,units\n{rows}\n"), "{name}");
    }
}

/// Files of which something is left out, with what is told of it.
const TOLD: [(&str, &str, &str); 8] = [
    ("zero-units", "1,2026-05-14,US,A,0\n2,2026-05-14,US,A,1\n", "left out: no units 1"),
    ("no-sku", "1,2026-05-14,US,,1\n2,2026-05-14,US,A,1\n", "left out: no product 1"),
    ("nonproduct", "1,2026-05-14,US,TIP,1\n1,2026-05-14,US,A,1\n", "left out: no goods 1"),
    ("placeholder-date", "1,2026-05-14,US,A,1\n2,1900-01-01,US,A,1\n", "left out: a date that stands for none 1"),
    ("typo-year", "1,2026-05-14,US,A,1\n2,2206-05-15,US,A,1\n", "left out: a date that stands for none 1"),
    ("9999", "1,2026-05-14,US,A,1\n2,9999-12-31,US,A,1\n", "left out: a date that stands for none 1"),
    ("mixed", "1,2026-05-14,US,A,1\n2,2026-05-14 10:00,US,A,1\n", "some dates name an hour and others none"),
    ("return", "1,2026-05-14,US,A,1\n2,2026-05-16,US,A,-3\n", "left out: returned or cancelled, without its order 1"),
];

#[test]
fn what_is_left_out_is_told() {
    for (name, rows, told) in TOLD {
        let text = format!("order,date,zone,product,units\n{rows}");
        let folder = with_files(&format!("told-{name}"), &[("orders.csv", &text)]);
        let (_, said) = imported(&folder, "--orders orders.csv", &[]);
        assert_says(&said, told);
    }
}

/// Files that are refused: the line, and what helps.
const REFUSED: [(&str, &str, &[&str]); 8] = [
    (
        "ambiguous",
        "order,date,zone,product,units\n1,5/4/2026 8:26,US,A,1\n",
        &["orders.csv:2", "--date-format D/M/YYYY for 2026-04-05", "--date-format M/D/YYYY for 2026-05-04"],
    ),
    (
        "dup-header",
        "order,date,zone,product,units,units\n1,2026-05-14,US,A,1,9\n",
        &["orders.csv:1", "--column units='units#1' or 'units#2'"],
    ),
    (
        "badquote",
        "order,date,zone,product,units\n1,2026-05-14,US,\"27\" screen,1\n",
        &["orders.csv:2", "double a quote"],
    ),
    (
        "unclosed",
        "order,date,zone,product,units\n1,2026-05-14,US,A,1\n2,2026-05-14,US,\"B,1\n3,2026-05-15,US,A,1\n",
        &["orders.csv:3", "close it"],
    ),
    (
        "unclosed-last",
        "order,date,zone,product,units,note\n1,2026-05-14,US,A,1,ok\n2,2026-05-15,US,B,1,\"never closed\n3,2026-05-16,US,B,1,ok\n",
        &["orders.csv:3"],
    ),
    (
        "no-date",
        "order,date,zone,product,units\n1,soon,US,A,1\n2,2026-05-14,US,A,1\n",
        &["orders.csv:2", "\"soon\" is no date"],
    ),
    ("headers", "a,b,c\n1,2,3\n", &["no column says when it was ordered", "--column date='…'"]),
    ("empty", "", &["it is empty"]),
];

#[test]
fn what_cannot_be_read_is_refused_and_nothing_is_written() {
    for (name, text, words) in REFUSED {
        let folder = with_files(&format!("refused-{name}"), &[("orders.csv", text)]);
        let output = import(&folder, "--orders orders.csv", &[]);
        assert_exit(&output, 2);
        for word in words {
            assert_says(&stderr(&output), word);
        }
        assert!(!folder.join("shop").exists(), "{name}: nothing is half written");
    }
    let folder = with_files("refused-column", &[("orders.csv", "order,date,product\n1,2026-05-14,A\n")]);
    for (option, word) in [
        ("units=Qantity", "there is no column `Qantity`"),
        ("colour=date", "no field `colour`"),
        ("product=Email", "tells of people"),
    ] {
        let output = import(&folder, "--orders orders.csv --column", &[option]);
        assert_exit(&output, 2);
        assert_says(&stderr(&output), word);
    }
}

#[test]
fn a_doubtful_date_is_read_as_it_is_said() {
    let text = "order,date,zone,product,units\n1,5/4/2026 8:26,US,A,1\n";
    for (format, date) in [("D/M/YYYY", "2026-04-05 08:26:00"), ("M/D/YYYY", "2026-05-04 08:26:00")] {
        let folder = with_files("doubt", &[("orders.csv", text)]);
        imported(&folder, "--orders orders.csv --date-format", &[format]);
        assert!(read(&folder, "shop/orders.csv").contains(date), "{format}");
        // And kept: the folder alone is enough from now on.
        imported(&folder, "", &[]);
        assert!(read(&folder, "shop/orders.csv").contains(date), "{format}");
    }
}

#[test]
fn encodings_are_found_out() {
    let text = "order,date,country,product,units\n1,2026-05-14,Österreich,Käse,1\n";
    let western: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("a western letter")).collect();
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("western", western), ("utf-16", utf_16), ("marked", format!("\u{feff}{text}").into_bytes())]
    {
        let folder = with_files(&format!("encoding-{name}"), &[]);
        std::fs::write(folder.join("orders.csv"), bytes).expect("the folder takes a file");
        imported(&folder, "--orders orders.csv", &[]);
        let rows = read(&folder, "shop/orders.csv");
        assert!(rows.ends_with("1,1,2026-05-14,Österreich,Käse,1\n"), "{name}: {rows}");
    }
}

#[test]
fn hours_are_those_of_the_shop_and_days_begin_at_its_midnight() {
    let text = "order,date,zone,product,units\n1,2026-05-14T22:30:00Z,US,A,1\n2,2026-01-14T22:30:00Z,US,A,1\n";
    let folder = with_files("clock", &[("orders.csv", text)]);
    let (_, said) = imported(&folder, "--orders orders.csv", &[]);
    assert_says(&said, "--time-zone says where the shop's days begin and end");
    imported(&folder, "--time-zone Europe/Berlin", &[]);
    let rows = read(&folder, "shop/orders.csv");
    assert!(rows.contains("1,1,2026-05-15 00:30:00") && rows.contains("2,1,2026-01-14 23:30:00"), "{rows}");
}

#[test]
fn lines_that_move_to_another_date_are_told() {
    let again = "order,date,zone,product,units\n1,2026-05-04,US,A,1\n1,2026-06-04,US,A,1\n1,2027-05-04,US,B,1\n";
    let folder = with_files("dated-anew", &[("orders.csv", again)]);
    let (_, said) = imported(&folder, "--orders orders.csv", &[]);
    assert_says(&said, "1 order has 2 rows of another date than its first one, which holds; see orders.csv:3:");
    assert_says(&said, "if these are several orders, give each a number of its own");
    assert_says(&said, "(--column order=…)");
    assert!(read(&folder, "shop/import.json").contains("2 rows of another date"), "programs are told, too");
    let several = "order,date,zone,product,units\n1,2026-05-04,US,A,1\n2,2026-05-04 ,US,A,1\n2,2026-05-05,US,A,1\n1,2026-05-05,US,A,1\n";
    let folder = with_files("dated-anew-several", &[("orders.csv", several)]);
    let (_, said) = imported(&folder, "--orders orders.csv", &[]);
    assert_says(&said, "2 orders have 2 rows of other dates than their first ones, which hold; see orders.csv:4:");
    // The same date in other letters, an empty one, a return and what is left out move nothing.
    for rows in [
        "1,2026-05-04,US,A,1\n1,2026/5/4,US,B,1\n1,,US,C,1\n",
        "1,2026-05-04,US,A,2\n1,2026-05-16,US,A,-1\n",
        "1,2026-05-04,US,A,2\n1,2026-05-16,US,TIP,1\n",
        "1,2026-05-04,US,A,2\n1,2026-05-16,US,A,0\n",
        "1,2026-05-04 11:59,US,A,2\n1,2026-05-04 12:00,US,B,1\n",
    ] {
        let text = format!("order,date,zone,product,units\n{rows}");
        let folder = with_files("dated-alike", &[("orders.csv", &text)]);
        let (_, said) = imported(&folder, "--orders orders.csv", &[]);
        assert!(!said.contains("another date"), "{rows}: {said}");
    }
}

#[test]
fn parts_of_a_unit_are_told_wherever_they_stand() {
    let orders = "order,date,product,units\n1,2026-05-04,A,2\n2,2026-05-09,A,2\n";
    let stock = "sku,stock,incoming,reorder point,order up to\nA,1.5,0,2,4.5\nB,3,2.5,,\nC,3,2,1,4\n";
    let po = "po,sku,quantity,received,date\n7,A,5.5,1,2026-05-05\n8,A,2,1.5,2026-05-05\n9,A,2,1,2026-05-05\n";
    let folder = with_files("parts", &[("orders.csv", orders), ("stock.csv", stock), ("po.csv", po)]);
    let options = "--orders orders.csv --inventory stock.csv --purchases po.csv --as-of 2026-05-08";
    let (_, said) = imported(&folder, options, &[]);
    assert_says(&said, "Inventory: 2 rows with a part of a unit, of which the whole units are there.");
    assert_says(&said, "Inventory: 1 row with a part of a unit in a level, which is rounded.");
    assert_says(&said, "Purchases: 2 rows with a part of a unit still to come, of which the whole units are on");
    assert_eq!(read(&folder, "shop/stock.csv"), "warehouse,product,units\nmain,A,1\nmain,B,3\nmain,C,3\n");
    let whole = with_files("parts-of-none", &[("orders.csv", orders), ("stock.csv", "sku,stock\nA,1.0\nB,3\n")]);
    let (_, said) = imported(&whole, "--orders orders.csv --inventory stock.csv", &[]);
    assert!(!said.contains("part of a unit"), "{said}");
    // What was shipped in parts of a unit leaves nothing open that has left.
    let shipped =
        "order,date,product,units,shipped\n1,2026-05-04,A,1.5,1.5\n2,2026-05-04,A,2.5,1\n3,2026-05-09,A,2,0\n";
    let files = [("orders.csv", shipped), ("stock.csv", "sku,stock\nA,1\n")];
    let folder = with_files("parts-shipped", &files);
    imported(&folder, "--orders orders.csv --column shipped=shipped --inventory stock.csv --as-of 2026-05-08", &[]);
    let open = read(&folder, "shop/open-orders.csv");
    assert!(open.lines().skip(1).all(|row| row.starts_with("2,")) && open.contains(",A,2,"), "{open}");
}

#[test]
fn what_cannot_be_read_beside_the_stock_is_refused() {
    let stock = "sku,stock,incoming,cost,reorder point\nA,1,many,dear,few\n";
    let files = [("orders.csv", "order,date,product,units\n1,2026-05-04,A,2\n"), ("stock.csv", stock)];
    let folder = with_files("unread-stock", &files);
    let output = import(&folder, "--orders orders.csv --inventory stock.csv", &[]);
    assert_exit(&output, 2);
    for word in ["many", "dear", "few"] {
        assert_says(&stderr(&output), &format!("stock.csv:2: \"{word}\" is no number for"));
    }
}

#[test]
fn everything_wrong_with_a_file_is_told_at_once() {
    let head = "order,date,zone,product,units\n1,2026-05-04,US,a,one\n2,2026-05-40,US,b,1\n";
    for (name, row, told) in [
        ("many-fields", "3,2026-05-04,US,c,1,9\n", "orders.csv:4: this row has 6 fields"),
        ("unclosed", "3,2026-05-04,US,\"c,1\n", "orders.csv:4: a quote opens a value"),
    ] {
        let text = format!("{head}{row}4,2026-05-04,US,d,two\n");
        let folder = with_files(&format!("all-{name}"), &[("orders.csv", &text)]);
        let output = import(&folder, "--orders orders.csv", &[]);
        assert_exit(&output, 2);
        let said = stderr(&output);
        let all = ["orders.csv:2: \"one\" is no", "orders.csv:3: \"2026-05-40\"", told, "orders.csv:5: \"two\" is no"];
        let at: Vec<Option<usize>> = all.iter().map(|what| said.find(what)).collect();
        assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{name}: {at:?} in\n{said}");
        assert_eq!(said.matches("error: ").count(), 4, "each is told once:\n{said}");
    }
}

#[test]
fn a_file_of_headers_alone_says_so() {
    let folder = with_files("headers-alone", &[("orders.csv", "order,date,zone,product,units\n")]);
    let output = import(&folder, "--orders orders.csv", &[]);
    assert_exit(&output, 2);
    assert_says(&stderr(&output), "orders.csv: there are no orders below the headers");
    assert_says(&stderr(&output), "see which dates and which state of orders");
    assert!(!stderr(&output).contains("--where"), "{}", stderr(&output));
}

#[test]
fn what_stands_in_several_rows_of_a_place_is_added_before_it_is_cut() {
    let orders = "order,date,product,units\n1,2026-05-04,A,2\n2,2026-05-09,B,2\n";
    let stock = "sku,warehouse,stock\nA,W,50\nA,W,-4\nB,W,0.5\nB,W,0.5\n";
    let folder = with_files("bins", &[("orders.csv", orders), ("stock.csv", stock)]);
    let (_, said) = imported(&folder, "--orders orders.csv --inventory stock.csv", &[]);
    assert_eq!(read(&folder, "shop/stock.csv"), "warehouse,product,units\nW,A,46\nW,B,1\n");
    assert!(!said.contains("less than nothing") && !said.contains("a part of a unit"), "{said}");
}

#[test]
fn what_comes_on_one_day_is_one_lead_time_whatever_its_hour() {
    let orders = "order,date,product,units\n1,2026-05-04,A,2\n2,2026-05-09,A,2\n";
    let mut receipts = "PO,Vendor,Product,Units,Ordered,Received at\n".to_string();
    for minute in 10..19 {
        receipts += &format!("P1,Acme,A,1,2026-04-01 09:00,2026-04-11 10:{minute}\n");
    }
    receipts += "P2,Acme,A,1,2026-04-01 09:00,2026-04-03 10:00\n";
    let folder = with_files("one-lorry", &[("orders.csv", orders), ("receipts.csv", &receipts)]);
    imported(&folder, "--orders orders.csv --receipts receipts.csv", &[]);
    let scenario = read(&folder, "shop/scenario.toml");
    assert!(scenario.contains("values = [\"2d1h\", \"10d1h10m\"], weights = [1, 1]"), "{scenario}");
}

#[test]
fn hours_beside_years_of_two_digits_stay() {
    let orders = "order,date,product,units,country\n1,5/14/26 10:30 AM,A,2,US\n2,5/15/26 9:05 PM,A,3,US\n";
    let folder = with_files("short-years", &[("orders.csv", orders)]);
    imported(&folder, "--orders orders.csv --date-format M/D/YY", &[]);
    let made = read(&folder, "shop/orders.csv");
    assert!(made.contains("10:30") && made.contains("21:05"), "{made}");
}

#[test]
fn a_file_that_is_named_twice_is_refused() {
    let folder = with_files("twice", &[("orders.csv", "order,date,product,units\n1,2026-05-04,A,2\n")]);
    let output = import(&folder, "--orders orders.csv --orders ./orders.csv", &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_says(&stderr(&output), "--orders ./orders.csv: this file is named twice; name it once");
}
