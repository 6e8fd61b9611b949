//! Which files a scenario may read: regular ones of a bounded size below its own folder, and below those that are allowed.

use std::fs;
use std::path::{Path, PathBuf};

use super::{assert_exit, backorder, folder, stderr};

/// A scenario whose products stand in a file.
fn scenario(file: &str) -> String {
    format!(
        "run = {{ horizon = \"9d\" }}\nzones = [{{ id = \"home\" }}]\nwarehouses = [{{ id = \"boise\" }}]\n\
         lanes = [{{ from = \"boise\", to = \"home\" }}]\nproducts = {{ file = \"{file}\" }}\n"
    )
}

/// A folder with a secret, and in it a folder with scenarios.
fn plans(name: &str) -> PathBuf {
    let outer = folder(name);
    let plans = outer.join("plans");
    fs::create_dir(&plans).expect("a folder for the scenarios");
    fs::write(outer.join("secret.csv"), "id\nsecret\n").expect("a file outside");
    fs::write(plans.join("own.csv"), "id\nwhey\n").expect("a file inside");
    plans
}

/// What is said about a scenario that names a file.
fn told(plans: &Path, file: &str, options: &str) -> (i32, String) {
    fs::write(plans.join("s.toml"), scenario(file)).expect("a scenario");
    let output = backorder(plans, &format!("validate s.toml {options}"));
    (output.status.code().expect("it ends by itself"), stderr(&output))
}

#[test]
fn a_scenario_reads_what_lies_below_its_folder() {
    let plans = plans("reading-own");
    let absolute = plans.join("own.csv");
    for file in ["own.csv", "./own.csv", "../plans/own.csv", absolute.to_str().expect("a plain path")] {
        assert_eq!(told(&plans, file, "").0, 0, "{file}");
    }
    // Wherever the command is given.
    fs::write(plans.join("s.toml"), scenario("own.csv")).expect("a scenario");
    assert_exit(&backorder(plans.parent().expect("it lies in a folder"), "validate plans/s.toml"), 0);
}

#[test]
fn what_leads_out_is_refused_unless_it_is_allowed() {
    let plans = plans("reading-out");
    let outer = plans.parent().expect("it lies in a folder");
    let absolute = outer.join("secret.csv");
    let mut files = vec!["../secret.csv", absolute.to_str().expect("a plain path"), "/etc/passwd"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.csv", plans.join("link.csv")).expect("a link to the file");
        std::os::unix::fs::symlink("..", plans.join("up")).expect("a link to the folder");
        files.extend(["link.csv", "up/secret.csv"]);
    }
    for file in &files {
        let (code, message) = told(&plans, file, "");
        assert_eq!(code, 2, "{file}");
        assert!(
            message.contains("leads out of the scenario's folder") && message.contains("--allow-files"),
            "{message}"
        );
        assert!(!message.contains("root:"), "nothing of it is read: {message}");
    }
    for file in files.iter().filter(|file| !file.contains("passwd")) {
        assert_eq!(told(&plans, file, "--allow-files ..").0, 0, "{file}");
        assert_eq!(told(&plans, file, "--allow-files . --allow-files ../").0, 0, "{file}");
    }
    assert_eq!(told(&plans, "../secret.csv", "--allow-files nowhere").0, 2);
    // Every command that reads a scenario has the option.
    for command in
        ["run s.toml -q -o out", "trace s.toml", "compare s.toml --set rules.split.ship_available=0.5 -q -o both"]
    {
        assert_exit(&backorder(&plans, command), 2);
    }
    fs::write(plans.join("s.toml"), scenario("../secret.csv").replace("9d\" }", "9d\", replications = 2 }"))
        .expect("a scenario");
    for command in
        ["run s.toml -q -o out", "trace s.toml", "compare s.toml --set rules.split.ship_available=0.5 -q -o both"]
    {
        assert_exit(&backorder(&plans, &format!("{command} --allow-files ..")), 0);
    }
    let page = fs::read_to_string(plans.join("out/report.html")).expect("a page");
    assert!(page.contains("--allow-files"), "the command that makes it again says so too");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let plans = plans("reading-pipes");
    let made = std::process::Command::new("mkfifo").arg(plans.join("pipe.csv")).status().expect("mkfifo is there");
    assert!(made.success());
    fs::create_dir(plans.join("folder.csv")).expect("a folder");
    let sparse = fs::File::create(plans.join("huge.csv")).expect("a file");
    sparse.set_len(5 << 30).expect("a file of holes");
    fs::write(
        plans.join("wide.csv"),
        "id\nwhey\n".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>(),
    )
    .expect("a file");
    let marked: Vec<u8> = "\u{feff}id\nwhey\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(plans.join("marked.csv"), marked).expect("a file");
    for (file, options, why) in [
        ("pipe.csv", "", "it is a pipe"),
        ("folder.csv", "", "it is a folder"),
        ("huge.csv", "", "it has 5.0 GiB, and at most 1 GiB are read"),
        ("marked.csv", "", "it is UTF-16 text"),
        ("/dev/zero", "", "leads out"),
        ("/dev/zero", "--allow-files /", "no file"),
        ("/proc/self/environ", "--allow-files /", "no file"),
        ("nowhere.csv", "", "there is no such file"),
        ("owm.csv", "", "did you mean"),
    ] {
        let (code, message) = told(&plans, file, options);
        let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(code == 2 && message.contains(why), "{file}: {message}");
    }
    // The same of the scenario itself.
    for file in ["pipe.csv", "/dev/zero", "/proc/self/environ", "huge.csv", "."] {
        let output = backorder(&plans, &format!("validate {file}"));
        assert_exit(&output, 2);
        assert!(stderr(&output).starts_with("error: "), "{}", stderr(&output));
    }
}
