//! What is written and what is left alone: other people's files, the files a command reads, a result that is one thing.

use std::path::Path;
use std::process::{Child, Stdio};

use super::{assert_exit, backorder, folder, program, scenario, stderr};

fn text(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

#[test]
fn what_is_not_backorders_is_told_and_left_alone() {
    let folder = folder("strange");
    let out = folder.join("out");
    std::fs::create_dir_all(&out).expect("a folder");
    std::fs::write(out.join("report.html"), "my report").expect("a file");
    std::fs::write(out.join("by_product.csv"), "my table").expect("a file");
    std::fs::write(out.join("notes.txt"), "my notes").expect("a file");
    let run = "run @rules/remove.toml --quiet -o out";
    let refused = backorder(&folder, run);
    assert_exit(&refused, 2);
    let told = "in out, by_product.csv, report.html are not as backorder wrote them";
    assert!(stderr(&refused).contains(told) && stderr(&refused).contains("--force"), "{}", stderr(&refused));
    assert_eq!(
        (text(out.join("report.html")), text(out.join("by_product.csv"))),
        ("my report".into(), "my table".into())
    );
    assert_eq!(std::fs::read_dir(&out).expect("a folder").count(), 3, "and nothing else is there");
    assert_exit(&backorder(&folder, &format!("{run} --force")), 0);
    assert_eq!(text(out.join("notes.txt")), "my notes");
    assert_exit(&backorder(&folder, run), 0);
    // A table that somebody saved again from a spreadsheet holds their work.
    let table = text(out.join("by_product.csv"));
    std::fs::write(out.join("by_product.csv"), table.replace(',', ";")).expect("a file");
    let refused = backorder(&folder, run);
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("in out, by_product.csv is not as"), "{}", stderr(&refused));
}

#[test]
fn a_provenance_that_names_other_peoples_files_removes_none() {
    let folder = folder("strange-provenance");
    let out = folder.join("out");
    std::fs::create_dir_all(folder.join("outside")).expect("a folder");
    std::fs::create_dir_all(&out).expect("a folder");
    std::fs::write(folder.join("outside/secret.txt"), "secret").expect("a file");
    std::fs::write(out.join("thesis.docx"), "thesis").expect("a file");
    let listed = r#"{"files": ["thesis.docx", "link/secret.txt", "../outside/secret.txt"]}"#;
    std::fs::write(out.join("provenance.json"), listed).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../outside", out.join("link")).expect("a link");
    assert_exit(&backorder(&folder, "run @rules/remove.toml --quiet -o out"), 2);
    assert_exit(&backorder(&folder, "run @rules/remove.toml --quiet -o out --force"), 0);
    assert_exit(&backorder(&folder, "run @rules/swap.toml --quiet -o out"), 0);
    assert_eq!(
        (text(out.join("thesis.docx")), text(folder.join("outside/secret.txt"))),
        ("thesis".into(), "secret".into())
    );
}

/// A scenario with a table in a file that has a name of a result's.
fn with_table(folder: &Path) {
    let swap = text(scenario("rules/swap.toml"));
    let mut tables: Vec<&str> = swap.split("\n\n").filter(|table| !table.starts_with("[[stock]]")).collect();
    assert!(tables.len() < swap.split("\n\n").count(), "the scenario has stock");
    tables.push("[stock]\nfile = \"daily.csv\"\n");
    let scenario = tables.join("\n\n");
    std::fs::write(folder.join("self.toml"), scenario).expect("a scenario");
    std::fs::write(folder.join("daily.csv"), "warehouse,product,units\nboise,whey,1\n").expect("a table");
}

#[test]
fn what_is_read_is_never_written() {
    let folder = folder("own-inputs");
    with_table(&folder);
    assert_exit(&backorder(&folder, "validate self.toml"), 0);
    let before = (text(folder.join("self.toml")), text(folder.join("daily.csv")));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("self.toml", folder.join("link.toml")).expect("a link");
        std::os::unix::fs::symlink(".", folder.join("here")).expect("a link");
        std::fs::hard_link(folder.join("daily.csv"), folder.join("second-name.csv")).expect("a second name");
    }
    #[cfg(not(unix))]
    for name in ["link.toml", "here", "second-name.csv"] {
        std::fs::write(folder.join(name), "").expect("a file");
    }
    let mut ways = vec![
        "run self.toml -o . --quiet",
        "run self.toml -o . --quiet --force",
        "trace self.toml --ocel self.toml",
        "trace self.toml --ocel ./daily.csv --force",
        "run self.toml -o out --trace self.toml",
        "run self.toml -o out --ocel ../own-inputs/daily.csv --force",
    ];
    if cfg!(unix) {
        ways.extend(["run self.toml -o here --force", "trace self.toml --ocel link.toml --force"]);
        ways.push("run self.toml -o out --trace second-name.csv --force");
    }
    for arguments in ways {
        let refused = backorder(&folder, arguments);
        assert_exit(&refused, 2);
        assert!(stderr(&refused).contains("this command"), "{arguments}: {}", stderr(&refused));
        assert_eq!((text(folder.join("self.toml")), text(folder.join("daily.csv"))), before, "{arguments}");
    }
    assert!(!folder.join("out").exists() && !folder.join("summary.json").exists());
}

#[test]
fn a_trace_replaces_a_trace_and_nothing_else() {
    let folder = folder("earlier-logs");
    std::fs::write(folder.join("thesis.txt"), "thesis").expect("a file");
    for option in ["--trace", "--ocel"] {
        let refused = backorder(&folder, &format!("run @rules/swap.toml -o out {option} thesis.txt"));
        assert_exit(&refused, 2);
        assert!(stderr(&refused).contains("thesis.txt is there already"), "{}", stderr(&refused));
        let refused = backorder(&folder, &format!("run @rules/swap.toml -o out {option} out/report.json"));
        // Its folder is not there yet, or it is one of the results.
        assert!(refused.status.code() != Some(0), "{option}");
    }
    assert_exit(&backorder(&folder, "run @rules/swap.toml -o out --trace same --ocel same"), 2);
    assert_eq!(text(folder.join("thesis.txt")), "thesis");
    for _ in 0..2 {
        // Into the folder of the results, which the first time is not there yet.
        let run = "run @rules/swap.toml -o out --quiet --trace out/trace.jsonl --ocel log.json";
        assert_exit(&backorder(&folder, run), 0);
        assert!(text(folder.join("out/trace.jsonl")).starts_with("{\"t\":"));
        assert!(text(folder.join("log.json")).starts_with("{\"objectTypes\":"));
    }
    let left: Vec<_> = std::fs::read_dir(&folder).expect("the folder").flatten().map(|it| it.file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_trace_that_cannot_be_written_costs_the_results_nothing() {
    let folder = folder("failing-trace");
    let output = backorder(&folder, "run @rules/swap.toml -o out --trace /dev/full");
    assert_exit(&output, 1);
    assert!(stderr(&output).contains("/dev/full cannot be written"), "{}", stderr(&output));
    assert!(folder.join("out/summary.json").is_file() && stderr(&output).contains("Written to out"));
    // The verdict of a gate outweighs it.
    let gate = ["--require", "orders > 100"];
    let run = ["run", "-o", "out", "--ocel", "/dev/full", "--quiet"];
    let output = program(&folder).args(run).arg(scenario("rules/swap.toml")).args(gate).output().expect("it starts");
    assert_exit(&output, 4);
    assert!(stderr(&output).contains("/dev/full cannot be written"), "{}", stderr(&output));
}

#[test]
fn a_mixture_is_refused_by_name() {
    let folder = folder("mixture");
    let run = |seed: u32, out: &str| {
        let run = format!("run @superstore.toml --replications 1 --seed {seed} --quiet -o {out}");
        assert_exit(&backorder(&folder, &run), 0);
    };
    run(1, "one");
    run(2, "two");
    std::fs::copy(folder.join("two/daily.csv"), folder.join("one/daily.csv")).expect("a file");
    std::fs::copy(folder.join("two/replications.csv"), folder.join("one/replications.csv")).expect("a file");
    let page = text(folder.join("one/report.html"));
    let refused = backorder(&folder, "report one");
    assert_exit(&refused, 2);
    let told = "one: not as this result was written: daily.csv, replications.csv.";
    assert!(stderr(&refused).contains(told), "{}", stderr(&refused));
    assert_eq!(text(folder.join("one/report.html")), page);
    // Taken as it is, it makes a page; what was not written with it stays somebody else's.
    assert_exit(&backorder(&folder, "report one --force"), 0);
    let foreign = text(folder.join("one/daily.csv"));
    assert_exit(&backorder(&folder, "report one"), 2);
    let replaced = backorder(&folder, "run @superstore.toml --replications 1 --seed 1 --quiet -o one");
    assert_exit(&replaced, 2);
    assert!(
        stderr(&replaced).contains("in one, replications.csv, daily.csv are not as backorder wrote them"),
        "{}",
        stderr(&replaced)
    );
    assert_eq!(text(folder.join("one/daily.csv")), foreign);
    std::fs::remove_file(folder.join("two/provenance.json")).expect("it is there");
    std::fs::remove_file(folder.join("two/report.html")).expect("it is there");
    std::fs::remove_dir_all(folder.join("two/charts")).expect("it is there");
    let refused = backorder(&folder, "report two");
    assert_exit(&refused, 2);
    assert!(stderr(&refused).contains("two: no provenance.json"), "{}", stderr(&refused));
}

#[test]
fn scenarios_of_two_folders_do_not_share_a_result_silently() {
    let folder = folder("two-folders");
    for name in ["a", "b"] {
        std::fs::create_dir_all(folder.join(name)).expect("a folder");
        std::fs::copy(scenario("rules/swap.toml"), folder.join(name).join("shop.toml")).expect("a scenario");
    }
    assert_exit(&backorder(&folder, "run a/shop.toml --quiet"), 0);
    let refused = backorder(&folder, "run b/shop.toml --quiet");
    assert_exit(&refused, 2);
    let told = "output/shop holds the result of another scenario";
    assert!(stderr(&refused).contains(told) && stderr(&refused).contains("a/shop.toml"), "{}", stderr(&refused));
    // The same one again, by another name; the other one where somebody wants it so.
    assert_exit(&backorder(&folder, "run ./b/../a/shop.toml --seed 5 --quiet"), 0);
    assert_exit(&backorder(&folder, "run b/shop.toml --quiet -o output/shop"), 0);
    assert_exit(&backorder(&folder, "run a/shop.toml --quiet --force"), 0);
    assert_exit(&backorder(&folder, "compare --rules a/shop.toml --quiet"), 0);
    assert_exit(&backorder(&folder, "compare --rules b/shop.toml --quiet"), 2);
    // Both moved together are still the same two; a scenario that is gone is in nobody's way.
    std::fs::create_dir_all(folder.join("moved")).expect("a folder");
    for name in ["a", "b", "output"] {
        std::fs::rename(folder.join(name), folder.join("moved").join(name)).expect("it can be moved");
    }
    let moved = folder.join("moved");
    assert_exit(&backorder(&moved, "run a/shop.toml --quiet"), 0);
    assert_exit(&backorder(&moved, "run b/shop.toml --quiet"), 2);
    std::fs::remove_file(moved.join("a/shop.toml")).expect("it is there");
    assert_exit(&backorder(&moved, "run b/shop.toml --quiet"), 0);
}

/// A run that goes on until it is stopped.
#[cfg(unix)]
fn endless(folder: &Path) -> Child {
    program(folder)
        .args(["run", "--quiet", "--replications", "1000000", "--jobs", "1", "-o", "out"])
        .arg(scenario("rules/swap.toml"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Waits until a writer has opened its folder.
#[cfg(unix)]
fn wait_for_writer(folder: &Path) {
    for _ in 0..600 {
        let entries = std::fs::read_dir(folder).expect("the folder").flatten();
        let mut rooms = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".backorder-"));
        if rooms.any(|room| std::fs::metadata(room.path().join("lock")).is_ok_and(|lock| lock.len() > 0)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("no writer opened its folder");
}

#[cfg(unix)]
#[test]
fn two_writers_are_told_apart_by_a_lock_that_dies_with_its_process() {
    let folder = folder("two-writers");
    let mut first = endless(&folder);
    wait_for_writer(&folder);
    let second = backorder(&folder, "run @rules/swap.toml -o out --quiet");
    assert_exit(&second, 1);
    let told = format!("another backorder (process {}) is writing to out", first.id());
    assert!(stderr(&second).contains(&told), "{}", stderr(&second));
    first.kill().expect("it can be killed");
    first.wait().expect("it ends");
    assert!(!folder.join("out").exists());
    assert_exit(&backorder(&folder, "run @rules/swap.toml -o out --quiet"), 0);
    let left: Vec<_> = std::fs::read_dir(&folder).expect("the folder").flatten().map(|it| it.file_name()).collect();
    assert_eq!(left, ["out"], "what the killed one left is cleared away");
}

#[cfg(unix)]
#[test]
fn a_batch_systems_end_is_an_interrupt() {
    // A program that was started with a hang-up ignored, as by nohup, ignores it, and rightly.
    for signal in ["-TERM", "-HUP"].into_iter().take(if super::is_ignored(1) { 1 } else { 2 }) {
        let folder = folder(&format!("signal{signal}"));
        let child = endless(&folder);
        wait_for_writer(&folder);
        std::thread::sleep(std::time::Duration::from_millis(500));
        let sent = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
        let output = child.wait_with_output().expect("it ends");
        assert_exit(&output, 130);
        let summary: serde_json::Value =
            serde_json::from_str(&text(folder.join("out/summary.json"))).expect("what had finished was written");
        assert_eq!(summary["interrupted"], true, "{signal}");
    }
}

#[test]
fn folders_with_long_names_and_links_to_folders() {
    let folder = folder("places");
    let long = "n".repeat(250);
    for _ in 0..2 {
        assert_exit(&backorder(&folder, &format!("run @rules/swap.toml --quiet -o {long}")), 0);
    }
    let too_long = backorder(&folder, &format!("run @rules/swap.toml -o {}", "n".repeat(256)));
    assert_exit(&too_long, 2);
    assert!(stderr(&too_long).contains("cannot be written"), "{}", stderr(&too_long));
    // The folder that a shell stands in stays that very folder.
    let inner = folder.join("inner");
    std::fs::create_dir(&inner).expect("a folder");
    for _ in 0..2 {
        assert_exit(&backorder(&inner, "run @rules/swap.toml --quiet -o ."), 0);
        assert_exit(&backorder(&inner, "report . --quiet"), 0);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, symlink};
        let before = std::fs::metadata(&inner).expect("a folder").ino();
        assert_exit(&backorder(&inner, "run @rules/remove.toml --quiet -o ."), 0);
        assert_eq!(std::fs::metadata(&inner).expect("a folder").ino(), before);
        symlink("inner", folder.join("link")).expect("a link");
        assert_exit(&backorder(&folder, "run @rules/swap.toml --quiet -o link"), 0);
        assert!(std::fs::symlink_metadata(folder.join("link")).expect("the link").is_symlink());
        symlink("nowhere", folder.join("dangling")).expect("a link");
        let dangling = backorder(&folder, "run @rules/swap.toml -o dangling");
        assert_exit(&dangling, 2);
        assert!(stderr(&dangling).contains("is a link that leads nowhere"), "{}", stderr(&dangling));
    }
}
