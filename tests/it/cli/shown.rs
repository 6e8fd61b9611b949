//! What README and `docs/results.md` show of a result is what the program writes.

use std::path::Path;

use backorder::report;

use super::{assert_exit, backorder, folder, stdout};
use crate::support::expected::{self, root};

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Names in a folder and the folders in it.
fn names(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() { names(&path) } else { vec![name] }
        })
        .collect();
    found.sort();
    found
}

#[test]
fn the_main_job_shows_what_it_writes() {
    let folder = folder("shown");
    let output = backorder(&folder, "run @superstore.toml -o out");
    assert_exit(&output, 0);

    let readme = page("README.md");
    let (_, table) = readme.split_once("```text\nsuperstore\n").expect("the README shows the table");
    let (table, _) = table.split_once("…\n```").expect("and where it goes on");
    let begins_with = format!("superstore\n{table}");
    assert!(stdout(&output).starts_with(&begins_with), "the README shows\n{begins_with}\nand not\n{}", stdout(&output));

    let advice =
        "If that was meant: UPDATE_EXPECTED=1 cargo test --test it shown, and look at the pictures and the README.";
    for name in names(&root().join("docs/pictures")) {
        let drawn = std::fs::read_to_string(folder.join("out/charts").join(&name)).expect("a chart of that name");
        expected::matches(&Path::new("docs/pictures").join(&name), &drawn, advice);
        assert!(readme.contains(&format!("](docs/pictures/{name})")), "{name} is shown");
        // What is said in place of the picture bears the picture's numbers.
        let (before, _) = readme.split_once(&format!("](docs/pictures/{name})")).expect("just found");
        let (_, alternative) = before.rsplit_once("![").expect("a text in place of the picture");
        let numbers = alternative.split(' ').filter(|word| word.contains('.'));
        for number in numbers {
            assert!(drawn.contains(number), "{number} is not in {name}");
        }
    }

    let results = page("docs/results.md");
    let (before, rest) = results.split_once("| chart | what it shows |\n|---|---|\n").expect("a table of charts");
    let (_, after) = rest.split_once("\n\n").expect("its end");
    let rows: String = report::chart_catalogue().map(|(name, shows)| format!("| `{name}` | {shows} |\n")).collect();
    let current = format!("{before}| chart | what it shows |\n|---|---|\n{rows}\n{after}");
    expected::matches(Path::new("docs/results.md"), &current, advice);
    for name in names(&folder.join("out")) {
        assert!(results.contains(&format!("`{name}`")), "docs/results.md does not name {name}");
    }
}

#[test]
fn the_comparison_shows_what_it_prints() {
    let folder = folder("shown-comparison");
    let output = backorder(&folder, "compare @superstore.toml --set sourcing.policy=nearest");
    assert_exit(&output, 0);
    let readme = page("README.md");
    let (_, table) = readme.split_once("```text\nA  superstore\n").expect("the README shows the comparison");
    let (table, _) = table.split_once("…\n```").expect("and where it goes on");
    let begins_with = format!("A  superstore\n{table}");
    assert!(stdout(&output).starts_with(&begins_with), "the README shows\n{begins_with}\nand not\n{}", stdout(&output));
}
