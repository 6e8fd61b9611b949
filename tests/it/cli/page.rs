//! `report.html`, the charts, and `report`: what they say of every kind of result, and that they need its data alone.

use std::collections::BTreeMap;
use std::path::Path;

use super::{assert_exit, backorder, folder, stderr, stdout};

/// Runs a scenario that is made to be looked at, and returns its page and the names of its charts.
fn run(folder: &Path, name: &str) -> (String, Vec<String>) {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios").join(format!("{name}.toml"));
    std::fs::copy(scenario, folder.join(format!("{name}.toml"))).expect("the scenario is there");
    let output = backorder(folder, &format!("run {name}.toml -o out --quiet"));
    assert_exit(&output, 0);
    let page = std::fs::read_to_string(folder.join("out/report.html")).expect("a page");
    let mut charts: Vec<String> = std::fs::read_dir(folder.join("out/charts"))
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().replace(".svg", "")).collect())
        .unwrap_or_default();
    charts.sort();
    for word in ["NaN", "inf ", ">inf", "-0.0", "{}", "undefined"] {
        assert!(!without_data(&page).contains(word), "{word} in the page of {name}");
    }
    // A number and its sign stay on one line; here they are looked for as they are read.
    (page.replace("\u{a0}", " "), charts)
}

/// The page without the data and the script in it.
fn without_data(page: &str) -> &str {
    page.split("<script type=\"application/json\"").next().unwrap_or_default()
}

#[test]
fn no_orders() {
    let (page, charts) = run(&folder("page-no-orders"), "no-orders");
    assert_eq!(charts, ["on_hand"]);
    for sentence in
        ["5 units are on hand on average", "No order was asked for.", "there are no waits to show", "no costs to show"]
    {
        assert!(page.contains(sentence), "{sentence:?} is missing");
    }
}

#[test]
fn nothing_at_all_once() {
    let (page, charts) = run(&folder("page-nothing"), "nothing-at-all");
    assert_eq!(charts, [""; 0]);
    assert!(page.contains("No order was asked for."));
    assert!(page.contains("With a single replication there are no intervals."));
    assert!(!page.contains("<th scope=\"col\" role=\"columnheader\" class=\"number\">Interval</th><th scope=\"col\" role=\"columnheader\" class=\"number\">5"));
}

#[test]
fn one_order() {
    let (page, charts) = run(&folder("page-one-order"), "one-order");
    assert_eq!(charts, ["costs", "endings", "on_hand", "order_life", "parcels", "promises"]);
    for sentence in [
        "100.0 % of orders ship whole; 0.0 % in several parcels; 0.0 % are cancelled (1 order).",
        "leaves in 1 parcel and is settled 2.2 days after it was placed; none of its lines had to wait.",
        "100.0 % of the orders that shipped left in one parcel; 1 parcel an order on average.",
        "<strong>100.0 % of the orders find all they ask for at once; an order costs 5.00</strong>. Whether promises",
    ] {
        assert!(page.contains(sentence), "{sentence:?} is missing");
    }
}

#[test]
fn only_international_orders() {
    let (page, charts) = run(&folder("page-international"), "only-international");
    assert!(charts.contains(&"orders_waiting".to_string()), "{charts:?}");
    assert!(page.contains("of the international orders wait at all") && page.contains("there are no domestic ones"));
    assert!(page.contains("1, 1 of them international"));
    let parcels = page.split("Parcels an order").nth(1).expect("the chart of parcels");
    assert!(parcels.contains("100.0 % of the orders that shipped left in one parcel"));
}

#[test]
fn names_cannot_break_out() {
    let (page, _) = run(&folder("page-hostile"), "hostile");
    assert_eq!(page.matches("<script").count(), 2, "the data and the script of the page");
    assert_eq!(page.matches("</script>").count(), 2);
    for word in ["<img", "<zone", "<b>", "</figure></script>", "\u{1}", "\u{b}"] {
        assert!(!page.contains(word), "{word:?} came through");
    }
    assert!(page.contains("&lt;/title&gt;&lt;script&gt;alert('name')&lt;/script&gt;"));
}

#[test]
fn names_cannot_break_out_of_a_comparison() {
    let folder = folder("page-hostile-compare");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios/hostile.toml");
    std::fs::copy(scenario, folder.join("hostile.toml")).expect("the scenario is there");
    let hostile = "</script><script>alert('variant')</script><img onerror alert('image')>\u{202e}\u{1}";
    let variant = format!("{hostile}: rules.split.ship_available=0.5");
    let words = [
        vec!["compare", "hostile.toml", "--variant", &variant, "--replications", "3", "-o", "out", "--quiet"],
        vec!["compare", "--rules", "hostile.toml", "--replications", "3", "-o", "rules", "--quiet"],
    ];
    for (words, out) in words.iter().zip(["out", "rules"]) {
        let output = super::program(&folder).args(words).output().expect("the program starts");
        assert_exit(&output, 0);
        let page = std::fs::read_to_string(folder.join(out).join("report.html")).expect("a page");
        let scripts = page.matches("<script").count();
        assert_eq!(page.matches("</script>").count(), scripts, "{out}");
        assert!(scripts <= 2, "{out}: the data and the script of the page");
        for word in ["<img", "<zone", "<b>", "\u{202e}", "\u{1}", "\u{b}"] {
            assert!(!without_data(&page).contains(word), "{word:?} came through in {out}");
        }
        for entry in std::fs::read_dir(folder.join(out).join("charts")).into_iter().flatten().flatten() {
            let chart = std::fs::read_to_string(entry.path()).expect("a chart");
            assert!(!chart.contains("<script") && !chart.contains("<img") && !chart.contains('\u{1}'));
        }
    }
}

#[test]
fn a_spreadsheet_calculates_no_name() {
    let folder = folder("formulas");
    let swap = std::fs::read_to_string(super::scenario("rules/swap.toml")).expect("the scenario");
    let hostile = swap.replace("\"whey\"", "\"=1+1\"").replace("\"boise\"", "\"@SUM(A1)\"");
    std::fs::write(folder.join("formulas.toml"), hostile).expect("a scenario");
    assert_exit(&backorder(&folder, "run formulas.toml -o out --quiet"), 0);
    let read = |name: &str| std::fs::read_to_string(folder.join("out").join(name)).expect("a file");
    assert!(read("by_product.csv").contains("\n'=1+1,") && read("by_warehouse.csv").contains("\n'@SUM(A1),"));
    // Everywhere else they are as the scenario has them.
    let page = read("report.html");
    assert!(without_data(&page).contains(">=1+1<") && !without_data(&page).contains("&#39;=1+1"), "on the page");
    std::fs::remove_file(folder.join("out/report.html")).expect("the page");
    assert_exit(&backorder(&folder, "report out"), 0);
    assert_eq!(read("report.html"), page);
    let variant = ["--variant", "+2+2: rules.swap.if_none=wait", "-o", "both", "--quiet"];
    let output = super::program(&folder).args(["compare", "formulas.toml"]).args(variant).output().expect("it starts");
    assert_exit(&output, 0);
    let differences = std::fs::read_to_string(folder.join("both/differences.csv")).expect("a table");
    assert!(differences.contains("\nB,'+2+2,"), "{differences}");
}

#[test]
fn the_page_stands_alone() {
    let (page, charts) = run(&folder("page-alone"), "retailer");
    let shown = without_data(&page);
    assert!(shown.contains("default-src 'none'"));
    // The only addresses are a name space that nobody fetches, the empty icon, and places in the page.
    let outside = shown.replace("http://www.w3.org/2000/svg", "");
    for word in ["http:", "https:", "src=", "@import", "url("] {
        assert!(!outside.contains(word), "{word}");
    }
    for chart in &charts {
        assert!(shown.contains(&format!("<figure id=\"chart-{chart}\">")), "{chart} is not on the page");
    }
    let order: Vec<usize> = [
        "scorecard",
        "service",
        "waits",
        "splits",
        "cancellations",
        "contacts",
        "costs",
        "rules",
        "inputs",
        "method",
        "reproduce",
    ]
    .iter()
    .map(|id| shown.find(&format!("<section id=\"{id}\"")).unwrap_or_else(|| panic!("{id} is missing")))
    .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(shown.contains("<code>backorder run retailer.toml</code>"));
    assert!(shown.contains("SHA-256</th></tr>"), "what was read");
    for rule in backorder::rules::Rule::ALL {
        assert!(shown.contains(&format!("<details id=\"rule-{}\">", rule.id())), "{}", rule.id());
    }
    for metric in backorder::measures::Metric::ALL.iter().filter(|metric| !metric.comes_with_a_setting()) {
        let times = shown.matches(&format!("<code>{}</code></small>", metric.name())).count();
        assert_eq!(times, 1, "{} stands once on the page", metric.name());
    }
}

/// A column of a table of the result, by the name in its first column.
fn column(folder: &Path, file: &str, name: &str) -> Vec<(String, f64)> {
    let mut reader = csv::Reader::from_path(folder.join("out").join(file)).expect("a table");
    let at = reader.headers().expect("a header").iter().position(|column| column == name).expect("the column");
    let cell = |row: csv::StringRecord| (row[0].to_string(), row[at].parse().unwrap_or(0.0));
    reader.records().map(|row| cell(row.expect("a row"))).collect()
}

#[test]
fn whose_products_wait_adds_up() {
    let folder = folder("page-who-waits");
    let (page, charts) = run(&folder, "retailer");
    assert!(charts.contains(&"waiting_by_vendor".to_string()) && charts.contains(&"waiting_by_product".to_string()));
    let share = |file: &str, measure: &str, name: &str| {
        let rows = column(&folder, file, measure);
        let of = rows.iter().find(|(row, _)| row == name).expect("the row").1;
        format!("{:.1} %", 100.0 * of / rows.iter().map(|(_, units)| units).sum::<f64>())
    };
    let first = |file: &str| {
        let rows = column(&folder, file, "backorders_mean_units");
        rows.into_iter().max_by(|left, right| left.1.total_cmp(&right.1)).expect("rows").0
    };
    let vendor = first("by_vendor.csv");
    let finding = format!(
        "The products of {vendor} are {} of the units on backorder and {} of the units asked for.",
        share("by_vendor.csv", "backorders_mean_units", &vendor),
        share("by_vendor.csv", "units", &vendor)
    );
    assert!(page.contains(&finding), "{finding:?} is missing");
    let product = first("by_product.csv");
    let leader = format!("{product} leads with {}", share("by_product.csv", "backorders_mean_units", &product));
    assert!(page.contains(&leader), "{leader:?} is missing");
}

#[test]
fn gates_and_what_leads_on() {
    let folder = folder("page-gates");
    std::fs::copy(super::scenario("rules/swap.toml"), folder.join("swap.toml")).expect("the scenario");
    let arguments = "run swap.toml -o out --quiet --replications 2 --require orders>=1 --require orders>=9";
    assert_exit(&backorder(&folder, arguments), 3);
    let page = std::fs::read_to_string(folder.join("out/report.html")).expect("a page");
    let (_, gates) = page.split_once("<caption>Gates: not all hold</caption>").expect("a table of gates");
    let (gates, _) = gates.split_once("</table>").expect("its end");
    for (gate, verdict) in [("orders&gt;=1", "</span> holds"), ("orders&gt;=9", "</span> does not hold")] {
        let (_, row) = gates.split_once(gate).unwrap_or_else(|| panic!("{gate} is missing in {gates}"));
        assert!(row.split("</tr>").next().unwrap_or_default().contains(verdict), "{gate}: {row}");
    }
    // The commands on the page are those that the terminal suggests, and they work.
    let (_, list) = page.split_once("<h3>Go on</h3>").expect("what leads on");
    let command =
        list.split("<code>backorder ").nth(1).and_then(|rest| rest.split("</code>").next()).expect("a command");
    assert!(command.starts_with("trace ") && command.ends_with(" --order 1"), "{command}");
    assert_exit(&backorder(&folder, command), 0);
}

#[test]
fn the_terminal_suggests_what_makes_sense() {
    let folder = folder("page-suggestions");
    // A suggestion that is too long for one line has a line for its command.
    let told = |arguments: &str| stderr(&backorder(&folder, &format!("run {arguments} -o out"))).replace(":\n  ", ": ");
    let one = told("@rules/swap.toml --replications 1");
    assert!(one.contains("With intervals: backorder run") && one.contains("swap.toml --replications 20\n"), "{one}");
    assert!(one.contains("The story of order 1: backorder trace"), "{one}");
    let open = told("@rules/swap.toml --replications 2 --require orders>=1");
    assert!(!open.contains("Intervals half as wide"), "every promise of two equal replications is decided: {open}");
    // The gate is the exact value, so three replications cannot tell; four times as many halve an interval.
    let close =
        "@theory/palm-exponential.toml --set run.horizon=600d --replications 3 --require unit_fill_rate>=0.815263";
    let undecided = told(close);
    let more = undecided.lines().find(|line| line.contains("Intervals half as wide")).expect("it is not decided");
    assert!(more.contains(" --replications 12 "), "{more}");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios/no-orders.toml");
    let nothing = told(&scenario.display().to_string());
    assert!(nothing.contains("Same again:") && !nothing.contains("trace"), "there is no order to tell of: {nothing}");
}

#[test]
fn report_makes_the_same_again_from_the_data_alone() {
    let folder = folder("page-again");
    let _ = run(&folder, "retailer");
    let out = folder.join("out");
    let made = || -> BTreeMap<String, Vec<u8>> {
        let charts = std::fs::read_dir(out.join("charts")).expect("charts").flatten().map(|entry| entry.path());
        let all = charts.chain([out.join("report.html")]);
        all.map(|path| (path.display().to_string(), std::fs::read(path).expect("a file"))).collect()
    };
    let first = made();
    std::fs::remove_file(folder.join("retailer.toml")).expect("the scenario is not needed any more");
    std::fs::remove_file(out.join("provenance.json")).expect("nor is where it came from");
    std::fs::remove_dir_all(out.join("charts")).expect("charts");
    std::fs::write(out.join("report.html"), "spoilt").expect("a page");
    std::fs::write(out.join("notes.txt"), "mine").expect("a file");
    // Whose page that is, nothing says.
    let output = backorder(&folder, "report out");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("in out, report.html is not as backorder wrote it"), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(out.join("report.html")).expect("a page"), "spoilt");
    let output = backorder(&folder, "report out --force");
    assert_exit(&output, 0);
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("To look at: out/report.html"), "{}", stderr(&output));
    assert!(made() == first, "the same bytes");
    assert!(out.join("notes.txt").is_file());
}

#[test]
fn report_of_no_result() {
    let folder = folder("page-no-result");
    let output = backorder(&folder, "report nowhere");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("nowhere: there is no such folder"), "{}", stderr(&output));
    let output = backorder(&folder, "report .");
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("summary.json is missing"), "{}", stderr(&output));
}

#[test]
fn a_comparison_has_forest_plots() {
    let folder = folder("page-compare");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios/retailer.toml");
    std::fs::copy(scenario, folder.join("retailer.toml")).expect("the scenario is there");
    let arguments = "compare retailer.toml --set replenishment.order_up_to=60 --set run.replications=4 -o out --quiet";
    let output = backorder(&folder, arguments);
    assert_exit(&output, 0);
    for (name, words) in [
        ("shares-b", ["units filled at once", "difference, percentage points"]),
        ("days-b", ["days until all is shipped", "difference, days"]),
        ("costs-b", ["all costs together", "difference, money an order"]),
        ("relative-b", ["parcels per order", "per cent of the first scenario&apos;s"]),
    ] {
        let chart = std::fs::read_to_string(folder.join("out/charts").join(format!("{name}.svg"))).expect("a chart");
        for word in words {
            assert!(chart.contains(word), "{word:?} is missing in {name}");
        }
        assert!(!chart.contains("NaN"));
    }
}

/// A result with one file changed: what `report` says of it, after which nothing in the folder is another.
fn report_of(folder: &std::path::Path, file: &str, change: impl Fn(&str) -> String) -> String {
    let path = folder.join("out").join(file);
    let before = std::fs::read_to_string(&path).expect("a file of the result");
    let page = std::fs::read(folder.join("out/report.html")).expect("the page");
    std::fs::write(&path, change(&before)).expect("the file");
    let output = backorder(folder, "report out");
    std::fs::write(&path, before).expect("the file");
    assert_exit(&output, 2);
    assert_eq!(stdout(&output), "");
    assert_eq!(std::fs::read(folder.join("out/report.html")).expect("the page"), page, "{file}: the page is as it was");
    stderr(&output)
}

/// A text with a cell replaced: line, from 1, and column, from 0.
fn with_cell(text: &str, line: usize, column: usize, cell: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    let mut cells: Vec<&str> = lines[line - 1].split(',').collect();
    cells[column] = cell;
    lines[line - 1] = cells.join(",");
    lines.join("\n") + "\n"
}

#[test]
fn report_refuses_a_garbled_table_and_says_where() {
    let folder = folder("report-garbled");
    assert_exit(&backorder(&folder, "run @rules/swap.toml --replications 3 -o out --quiet"), 0);
    let remedy = "`backorder run SCENARIO` writes a whole result again";
    for file in ["by_product.csv", "by_warehouse.csv", "by_zone.csv", "daily.csv", "replications.csv"] {
        let header = std::fs::read_to_string(folder.join("out").join(file)).expect("it is there");
        let header = header.lines().next().expect("a header").to_string();
        let column = header.split(',').nth(2).expect("columns").to_string();
        for (what, change, told) in [
            (
                "text for a number",
                Box::new(|text: &str| with_cell(text, 2, 2, "many")) as Box<dyn Fn(&str) -> String>,
                vec![format!("out/{file}:2: `{column}` is \"many\""), "a number".into()],
            ),
            (
                "no finite number",
                Box::new(|text: &str| with_cell(text, 2, 2, "inf")),
                vec![format!("out/{file}:2: `{column}` is \"inf\"")],
            ),
            (
                "a column less",
                Box::new(|text: &str| text.replacen(&format!("{column},"), "", 1)),
                vec![format!("out/{file}:1: the column `{column}` is missing")],
            ),
            (
                "a field less",
                Box::new(|text: &str| text.replacen('\n', "\nx,", 1).replacen("\nx,", "\n1,1,", 1)),
                vec![format!("out/{file}:2: "), "fields".into()],
            ),
            (
                "a line cut short",
                Box::new(|text: &str| text[..text.len() - 3].to_string()),
                vec![format!("out/{file}:"), "cut off".into()],
            ),
            ("nothing", Box::new(|_: &str| String::new()), vec![format!("out/{file}:1: "), "empty".into()]),
            (
                "other bytes",
                Box::new(|_: &str| "<html>\n".to_string()),
                vec![format!("out/{file}:1: the column `{}` is missing", header.split(',').next().expect("one"))],
            ),
        ] {
            let messages = report_of(&folder, file, change);
            for words in told.iter().map(String::as_str).chain([remedy]) {
                assert!(messages.contains(words), "{file}, {what}: {words:?} is missing in\n{messages}");
            }
        }
    }
    let messages = report_of(&folder, "by_product.csv", |text| with_cell(text, 2, 0, ""));
    assert!(messages.contains("out/by_product.csv:2: `product` is empty"), "{messages}");
    let messages =
        report_of(&folder, "replications.csv", |text| text.lines().take(2).map(|line| format!("{line}\n")).collect());
    assert!(messages.contains("out/replications.csv: it has 1 rows, and summary.json speaks of 3"), "{messages}");
    let messages = report_of(&folder, "summary.json", |text| text.replacen("\"seed\": ", "\"seed\": x", 1));
    assert!(messages.contains("out/summary.json:"), "{messages}");
    let messages = report_of(&folder, "report.json", |text| {
        let mut facts: serde_json::Value = serde_json::from_str(text).expect("JSON");
        facts["distributions"]["order_wait_days"]["domestic"] = serde_json::json!([1, 2]);
        facts.to_string()
    });
    let why = "out/report.json: `distributions.order_wait_days.domestic` has 2 numbers, not 61";
    assert!(messages.contains(why), "{messages}");
    assert_exit(&backorder(&folder, "report out"), 0);
}

#[test]
fn report_tells_all_that_is_garbled_at_once() {
    let folder = folder("report-all-garbled");
    assert_exit(&backorder(&folder, "run @rules/swap.toml --set run.horizon=90d --replications 3 -o out --quiet"), 0);
    let out = folder.join("out");
    let change = |file: &str, change: &dyn Fn(&str) -> String| {
        let text = std::fs::read_to_string(out.join(file)).expect("a file of the result");
        std::fs::write(out.join(file), change(&text)).expect("the file");
    };
    change("by_product.csv", &|text| with_cell(&with_cell(text, 2, 3, "?"), 3, 1, "some"));
    change("daily.csv", &|text| {
        text.lines()
            .enumerate()
            .map(|(row, line)| if row == 0 { format!("{line}\n") } else { format!("x{line}\n") })
            .collect()
    });
    std::fs::remove_file(out.join("by_zone.csv")).expect("it is there");
    std::fs::write(out.join("summary.json"), "{").expect("the file");
    let output = backorder(&folder, "report out");
    assert_exit(&output, 2);
    let messages = stderr(&output);
    for words in
        ["by_product.csv:2: ", "by_product.csv:3: ", "daily.csv:2: ", "by_zone.csv is missing", "summary.json:1:1: "]
    {
        assert!(messages.contains(&format!("error: out/{words}")), "{words:?} is missing in\n{messages}");
    }
    assert_eq!(messages.matches(", not a whole number").count(), 10, "{messages}");
    assert!(messages.contains("out/daily.csv: and 80 more like this"), "{messages}");
}

#[test]
fn a_comparison_and_what_rules_are_worth_are_rendered_again_from_their_data() {
    let folder = folder("page-again-compared");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios/one-order.toml");
    std::fs::copy(scenario, folder.join("a.toml")).expect("the scenario is there");
    for (command, main) in [
        ("compare a.toml --variant <b>:rules.backorder.pool=warehouse", "comparison.json"),
        ("compare --rules a.toml", "rule_worth.json"),
    ] {
        let output = backorder(&folder, &format!("{command} --replications 3 -o out --quiet"));
        assert_exit(&output, 0);
        let read = || {
            let mut files = BTreeMap::new();
            for at in [folder.join("out"), folder.join("out/charts")] {
                for entry in std::fs::read_dir(at).into_iter().flatten().flatten() {
                    if entry.path().is_file() {
                        files.insert(entry.path(), std::fs::read(entry.path()).unwrap());
                    }
                }
            }
            files
        };
        let written = read();
        std::fs::remove_file(folder.join("out/report.html")).unwrap();
        let _ = std::fs::remove_dir_all(folder.join("out/charts"));
        assert_exit(&backorder(&folder, "report out"), 0);
        assert_eq!(read(), written, "{command}");
        // What does not fit is told by file and place.
        let main = folder.join("out").join(main);
        let text = std::fs::read_to_string(&main).unwrap();
        std::fs::write(&main, text.replacen("\"correction\"", "\"corection\"", 1)).unwrap();
        let output = backorder(&folder, "report out");
        assert_exit(&output, 2);
        let told = stderr(&output);
        assert!(told.contains("missing field `correction`") || told.contains("digest"), "{told}");
        std::fs::remove_dir_all(folder.join("out")).unwrap();
    }
}

#[test]
fn a_currency_is_told_everywhere_and_changes_no_figure() {
    let folder = folder("page-currency");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/scenarios/retailer.toml");
    std::fs::copy(scenario, folder.join("retailer.toml")).expect("the scenario is there");
    let run = |arguments: &str| {
        let output = backorder(&folder, &format!("run retailer.toml --replications 2 {arguments}"));
        assert_exit(&output, 0);
        stdout(&output)
    };
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
    let (plain, told) = (run("-o plain"), run("--set costs.currency=EUR -o told"));
    assert!(!plain.contains("EUR") && !read("plain/report.html").contains("EUR"));
    assert!(told.contains("; an order costs EUR ") || told.contains("an order costs\nEUR "), "{told}");
    let row = told.lines().find(|line| line.starts_with("  all parts together")).expect("a row");
    assert_eq!(row.matches("EUR ").count(), 1, "{row}");
    let page = read("told/report.html");
    for words in ["<dt>Money in</dt><dd>EUR</dd>", "An order costs EUR ", "EUR per order asked for"] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(read("told/replications.csv"), read("plain/replications.csv"));
    assert_eq!(read("told/by_product.csv"), read("plain/by_product.csv"));
    assert_eq!(read("told/summary.json").replace("  \"currency\": \"EUR\",\n", ""), read("plain/summary.json"));
    // What is rendered again from its data is in the same currency.
    assert_exit(&backorder(&folder, "report told"), 0);
    assert_eq!(read("told/report.html"), page);
    let compared = backorder(
        &folder,
        "compare retailer.toml --set replenishment.order_up_to=60 --variant x:costs.currency=$ --replications 2 -o c --quiet",
    );
    assert_exit(&compared, 0);
    assert!(read("c/report.html").contains("different currencies"));
    assert!(stderr(&backorder(&folder, "run retailer.toml --set costs.currency=eur")).contains("such as \"USD\""));
}
