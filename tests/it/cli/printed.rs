//! What is printed, and to whom: a closed pipe, a terminal that would obey what it is shown, names that are no text.

use std::io::Read;
use std::path::Path;
use std::process::{Output, Stdio};

use super::{assert_exit, folder, program, scenario, stderr, stdout};

/// Runs the program with a standard output that nobody reads.
fn unread(folder: &Path, arguments: &str) -> Output {
    let scenarios = scenario("");
    let mut command = program(folder);
    for word in arguments.split_whitespace() {
        match word.strip_prefix('@') {
            Some(name) => command.arg(scenarios.join(name)),
            None => command.arg(word.replace('~', " ")),
        };
    }
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    let mut messages = Vec::new();
    child.stderr.take().expect("a pipe").read_to_end(&mut messages).expect("it can be read");
    Output { status: child.wait().expect("it ends"), stdout: Vec::new(), stderr: messages }
}

#[test]
fn a_closed_pipe_ends_the_printing_and_never_the_verdict() {
    let folder = folder("closed-pipe");
    std::fs::write(folder.join("wrong.toml"), "name = 3\n").expect("a scenario");
    let quick = "@theory/palm-exponential.toml --set run.horizon=100d --set run.warm_up=20d --replications 20";
    for (arguments, code) in [
        (format!("run {quick} --require unit_fill_rate~>=~0.7"), 0),
        (format!("run {quick} --require unit_fill_rate~>=~0.95"), 3),
        (format!("run {quick} --require unit_fill_rate~>=~0.95 --json"), 3),
        (format!("run {quick} --require unit_fill_rate~>=~0.81"), 4),
        (format!("compare {quick} --set replenishment.order_up_to=7 --require A:~unit_fill_rate~>=~0.95"), 3),
        ("validate --json wrong.toml".to_string(), 2),
        ("validate --json @rules/swap.toml".to_string(), 0),
        ("trace @rules/swap.toml --order 99".to_string(), 2),
        ("trace @rules/swap.toml".to_string(), 0),
        ("trace @rules/swap.toml --order 1".to_string(), 0),
        ("rules".to_string(), 0),
        ("schema".to_string(), 0),
        ("man".to_string(), 0),
        ("completions bash".to_string(), 0),
        ("new shop --json".to_string(), 0),
    ] {
        let output = unread(&folder, &arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments}: {}", stderr(&output));
        assert!(!stderr(&output).contains("broken pipe") && !stderr(&output).contains("panic"), "{}", stderr(&output));
    }
}

/// What a terminal would obey: an escape, one of the second set of controls, and a turn of the direction of writing.
const HOSTILE: &str = "w\u{1b}[2J\u{9b}1m\u{202e}yehw";

#[test]
fn what_a_terminal_would_obey_is_shown_and_not_obeyed() {
    let folder = folder("hostile-names");
    let id = "w\\u001b[2J\\u009b1m\\u202eyehw";
    let swap = std::fs::read_to_string(scenario("rules/swap.toml")).expect("the scenario");
    let hostile =
        swap.replace("\"whey\"", &format!("\"{id}\"")).replace("name = \"swap\"", &format!("name = \"{id}\""));
    std::fs::write(folder.join("hostile.toml"), &hostile).expect("a scenario");
    let file = format!("{HOSTILE}.toml");
    std::fs::write(folder.join(&file), hostile.replace("units = 1", "units = -1")).expect("a scenario");
    let [variant, set, shop] =
        [format!("{HOSTILE}: rules.swap.if_none=wait"), format!("{HOSTILE}=1"), format!("{HOSTILE}-shop")];
    let all = [
        vec!["run", "hostile.toml", "-o", "out"],
        vec!["run", "hostile.toml", "-o", HOSTILE],
        vec!["compare", "hostile.toml", "--variant", &variant, "-o", "both"],
        vec!["compare", "--rules", "hostile.toml", "-o", "rules"],
        vec!["trace", "hostile.toml", "--order", "1"],
        vec!["validate", "hostile.toml"],
        vec!["validate", &file],
        vec!["validate", HOSTILE],
        vec!["run", "hostile.toml", "--set", &set],
        vec!["rules", HOSTILE],
        vec![HOSTILE],
        vec!["run", "hostile.toml", "--require", HOSTILE],
        vec!["report", HOSTILE],
        vec!["new", &shop],
    ];
    for words in all {
        let output = program(&folder).args(&words).output().expect("the program starts");
        for printed in [stdout(&output), stderr(&output)] {
            let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!printed.contains(obeyed), "{words:?}: {printed:?}");
        }
        let printed = stdout(&output) + &stderr(&output);
        let shown = ["\\u{1b}[2J", "\\u{202e}"].iter().any(|it| printed.contains(it)) || printed.contains("\\033[2J");
        assert!(shown || ["report", "validate"].contains(&words[0]), "{words:?}: {printed}");
    }
}

#[cfg(unix)]
#[test]
fn paths_need_not_be_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("no-utf8");
    let name = |bytes: &[u8]| OsStr::from_bytes(bytes).to_os_string();
    let file = name(b"caf\xe9.toml");
    std::fs::copy(scenario("rules/swap.toml"), folder.join(&file)).expect("a scenario");
    let run = |words: &[&OsStr]| program(&folder).args(words).output().expect("the program starts");
    let word = OsStr::new;
    let output = run(&[word("run"), &file]);
    assert_exit(&output, 0);
    assert!(folder.join("output").join(name(b"caf\xe9")).join("report.html").is_file());
    assert!(stderr(&output).contains(r"Same again: backorder run $'caf\351.toml'"), "{}", stderr(&output));
    let [log, trace, out] = [name(b"l\xe9g.json"), name(b"tr\xe9ce"), name(b"o\xe9t")];
    let all = [word("run"), &file, word("-o"), &out, word("--ocel"), &log, word("--trace"), &trace];
    assert_exit(&run(&all), 0);
    assert!(folder.join(&log).is_file() && folder.join(&trace).is_file());
    assert_exit(&run(&[word("report"), &out]), 0);
    assert_exit(&run(&[word("validate"), &file]), 0);
    assert_exit(&run(&[word("new"), &name(b"sh\xe9p")]), 0);
    let mut second = file.clone();
    second.push(" --set rules.swap.if_none=wait");
    assert_exit(&run(&[word("compare"), &file, &second]), 0);
    assert!(folder.join("output").join(name(b"compare-caf\xe9")).join("report.html").is_file());
    // The command that is told gives the same again.
    let told = stderr(&run(&[word("run"), &file, word("-o"), &out]));
    let again = told.lines().find_map(|line| line.strip_prefix("Same again: ")).expect("a command");
    let again = again.replacen("backorder", env!("CARGO_BIN_EXE_backorder"), 1) + " --quiet -o again";
    let shell = std::process::Command::new("bash").args(["-c", &again]).current_dir(&folder).output();
    let shell = shell.expect("bash runs");
    assert!(shell.status.success(), "{again}: {}", String::from_utf8_lossy(&shell.stderr));
    assert!(folder.join("again/report.html").is_file());
}
