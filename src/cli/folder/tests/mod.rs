//! A result folder holds the old result or the new one, whatever fails and wherever the program dies.

mod faulty;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use faulty::{Fault, Faulty};
use tempfile::TempDir;

use super::{Change, Inputs, Request, ResultFolder};
use crate::cli::failure::Failure;

/// Where a result is written to; the way it is put in place differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// There is no folder yet.
    New,
    /// A folder with an earlier result and a file of the user's.
    Plain,
    /// The same with a folder of the user's, which nothing may take apart.
    WithFolder,
}

const NAMES: [&str; 3] = ["summary.json", "daily.csv", "report.html"];

/// Files with their content, as they stand in a folder; what the program keeps for itself is left out.
type Files = BTreeMap<String, String>;

fn files(folder: &Path) -> Files {
    fn collect(folder: &Path, below: &str, found: &mut Files) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                if !name.starts_with(".backorder") {
                    collect(&entry.path(), &format!("{name}/"), found);
                }
            } else {
                found.insert(name, fs::read_to_string(entry.path()).expect("a text"));
            }
        }
    }
    let mut found = Files::new();
    collect(folder, "", &mut found);
    found
}

/// What is left of the program's own work in or beside a folder.
fn left_over(folder: &Path) -> Vec<String> {
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    let beside = names(folder.parent().expect("it stands in a folder"));
    beside.into_iter().chain(names(folder)).filter(|name| name.starts_with(".backorder")).collect()
}

fn change(files: &[(&str, &str)], kept: &[&str]) -> Change {
    Change {
        files: files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect(),
        kept: kept.iter().map(ToString::to_string).collect(),
        origin: serde_json::Map::new(),
    }
}

fn old() -> Change {
    change(&[("summary.json", "old summary"), ("charts/a.svg", "old a"), ("charts/b.svg", "old b")], &[])
}

fn new() -> Change {
    change(&[("summary.json", "new summary"), ("daily.csv", "new days"), ("charts/a.svg", "new a")], &[])
}

fn request<'a>(folder: &'a Path, inputs: &'a Inputs) -> Request<'a> {
    Request {
        folder,
        names: NAMES.map(String::from).to_vec(),
        inputs,
        force: false,
        resumes: false,
        is_quiet: true,
        remedy: "name another folder with -o",
    }
}

fn write(folder: &Path, change: Change) -> Result<(), Failure> {
    ResultFolder::open(&request(folder, &Inputs::default()))?.commit(change)
}

fn write_on(disk: &Faulty, folder: &Path, change: Change) -> Result<(), Failure> {
    ResultFolder::open_on(disk, &request(folder, &Inputs::default()))?.commit(change)
}

/// A folder as it is before, and what it holds then.
fn before(place: Place) -> (TempDir, std::path::PathBuf, Files) {
    let memory = Path::new("/dev/shm");
    let scratch = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let scratch = scratch.expect("a folder for the test");
    let folder = scratch.path().join("shop");
    if place != Place::New {
        // A disk without a fault is not waited for.
        write_on(&Faulty::new(usize::MAX, Fault::Fails), &folder, old()).unwrap();
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        fs::write(folder.join("charts/mine.txt"), "mine, too").unwrap();
    }
    if place == Place::WithFolder {
        fs::create_dir(folder.join("mine")).unwrap();
        fs::write(folder.join("mine/plan.txt"), "a plan").unwrap();
    }
    let files = files(&folder);
    (scratch, folder, files)
}

/// What the folder holds when all went well.
fn after(place: Place, change: Change) -> Files {
    let (_scratch, folder, _) = before(place);
    write_on(&Faulty::new(usize::MAX, Fault::Fails), &folder, change).unwrap();
    files(&folder)
}

/// Lets every operation in turn fail, or the program die there. Returns how many there are.
fn every_fault(place: Place, change: impl Fn() -> Change, fault: Fault) -> usize {
    let new = after(place, change());
    for at in 0.. {
        let (_scratch, folder, old) = before(place);
        let disk = Faulty::new(at, fault);
        let outcome = write_on(&disk, &folder, change());
        if !disk.has_struck() {
            outcome.expect("without a fault it succeeds");
            return at;
        }
        let found = files(&folder);
        if place != Place::WithFolder || fault == Fault::Fails {
            assert!(found == old || found == new, "{place:?}, {fault:?} at {at}: {found:#?}");
        }
        if fault == Fault::Fails {
            assert_eq!(found, if outcome.is_ok() { &new } else { &old }.clone(), "{place:?} at {at}: {outcome:?}");
        }
        // Whoever opens the folder next finds one of the two, and leaves nothing of the dead one's behind.
        drop(ResultFolder::open(&request(&folder, &Inputs::default())).expect("it can be opened"));
        let found = files(&folder);
        assert!(found == old || found == new, "{place:?}, {fault:?} at {at}, opened again: {found:#?}");
        assert_eq!(left_over(&folder), [""; 0], "{place:?}, {fault:?} at {at}");
    }
    unreachable!("there are not so many operations")
}

#[test]
fn a_result_is_old_or_new_whatever_fails_and_wherever_the_program_dies() {
    let page_alone = || change(&[("report.html", "new page"), ("charts/a.svg", "new a")], &["summary.json"]);
    for fault in [Fault::Fails, Fault::Dies] {
        for place in [Place::New, Place::Plain, Place::WithFolder] {
            assert!(every_fault(place, new, fault) > 30, "{place:?}");
        }
        every_fault(Place::Plain, page_alone, fault);
        every_fault(Place::WithFolder, page_alone, fault);
    }
}

#[test]
fn who_dies_while_finishing_what_a_dead_one_left_is_finished_in_turn() {
    let new = after(Place::WithFolder, new());
    let mut mixtures = 0;
    for at in 0.. {
        let (scratch, folder, old) = before(Place::WithFolder);
        let disk = Faulty::new(at, Fault::Dies);
        let _ = write_on(&disk, &folder, self::new());
        if !disk.has_struck() {
            break;
        }
        if files(&folder) == old || files(&folder) == new {
            continue;
        }
        mixtures += 1;
        for again in 0.. {
            let copy = scratch.path().join(format!("copy-{again}"));
            copy_all(&folder, &copy);
            let disk = Faulty::new(again, Fault::Dies);
            let _ = ResultFolder::open_on(&disk, &request(&copy, &Inputs::default()));
            drop(ResultFolder::open(&request(&copy, &Inputs::default())).expect("it can be opened"));
            assert_eq!(files(&copy), new, "{at}, then {again}");
            if !disk.has_struck() {
                break;
            }
        }
    }
    assert!(mixtures > 3, "{mixtures}");
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy_all(&path, &place) } else { fs::copy(&path, &place).map(drop).unwrap() }
    }
}

#[test]
fn everything_is_on_the_disk_before_it_counts() {
    for (place, counts) in [(Place::New, "place"), (Place::Plain, "exchange"), (Place::WithFolder, "replace")] {
        let (_scratch, folder, _) = before(place);
        let disk = Faulty::new(usize::MAX, Fault::Fails);
        write_on(&disk, &folder, new()).unwrap();
        let log = disk.log.borrow();
        let is_commit = |(name, paths): &&(&str, Vec<std::path::PathBuf>)| {
            *name == counts && (counts != "replace" || paths[1].ends_with("commit.json"))
        };
        let commit = log.iter().position(|it| is_commit(&it)).expect("it is put in place");
        let of = |operation: &'static str| log[..commit].iter().filter(move |(name, _)| *name == operation);
        let written: Vec<_> = of("write").flat_map(|(_, paths)| paths.clone()).collect();
        assert!(written.len() >= 4, "{place:?}: {written:?}");
        for path in written {
            assert!(of("sync").any(|(_, paths)| paths.contains(&path)), "{place:?}: {path:?} is not waited for");
        }
        assert!(log[commit..].iter().any(|(name, _)| *name == "sync"), "{place:?}: nor is the folder");
    }
}

#[test]
fn one_writer_at_a_time() {
    for place in [Place::New, Place::Plain, Place::WithFolder] {
        let (_scratch, folder, _) = before(place);
        let inputs = Inputs::default();
        let first = ResultFolder::open(&request(&folder, &inputs)).unwrap();
        let second = write(&folder, new()).unwrap_err();
        assert_eq!(second.code, 1);
        let told = format!("(process {})", std::process::id());
        assert!(
            second.message.contains("another backorder") && (place == Place::Plain || second.message.contains(&told)),
            "{second:?}"
        );
        drop(first);
        write(&folder, new()).unwrap();
    }
}

#[test]
fn what_a_long_command_appends_to_survives_it_until_it_is_taken_up() {
    let (_scratch, folder, old) = before(Place::Plain);
    let inputs = Inputs::default();
    let long = || ResultFolder::open(&Request { resumes: true, ..request(&folder, &inputs) }).unwrap();
    let first = long();
    fs::write(first.work().unwrap().join("rows.csv"), "1\n").unwrap();
    drop(first);
    assert_eq!(files(&folder), old, "the result is as it was");
    let mut again = long();
    let rows = again.work().unwrap().join("rows.csv");
    assert_eq!(fs::read_to_string(&rows).unwrap(), "1\n");
    // It may commit what there is so far, and goes on.
    again.commit(new()).unwrap();
    assert!(rows.is_file());
    drop(again);
    assert_eq!(left_over(&folder), [""; 0]);
    // Another command does not throw it away unasked.
    fs::write(long().work().unwrap().join("rows.csv"), "1\n").unwrap();
    let refused = write(&folder, self::old()).unwrap_err();
    assert!(refused.code == 2 && refused.message.contains("the same command continues it"), "{refused:?}");
    assert_eq!(fs::read_to_string(long().work().unwrap().join("rows.csv")).unwrap(), "1\n");
    drop(ResultFolder::open(&Request { force: true, ..request(&folder, &inputs) }).unwrap());
    assert_eq!(left_over(&folder), [""; 0]);
}

#[test]
fn strange_files_are_replaced_by_force_alone_and_links_never() {
    let (scratch, folder, _) = before(Place::New);
    let inputs = Inputs::default();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("summary.json"), "a thesis").unwrap();
    fs::write(folder.join("charts.txt"), "also mine").unwrap();
    let refused = write(&folder, new()).unwrap_err();
    assert_eq!(refused.code, 2);
    assert!(refused.message.contains("summary.json is not as backorder wrote it"), "{refused:?}");
    assert!(refused.message.contains("--force"), "{refused:?}");
    let force = || ResultFolder::open(&Request { force: true, ..request(&folder, &inputs) });
    force().unwrap().commit(new()).unwrap();
    let found = files(&folder);
    assert_eq!((found["summary.json"].as_str(), found["charts.txt"].as_str()), ("new summary", "also mine"));
    // A file of an earlier result that somebody changed is strange, too; one that no result writes any more stays.
    fs::write(folder.join("charts/a.svg"), "drawn over").unwrap();
    assert!(write(&folder, old()).unwrap_err().message.contains("charts/a.svg"));
    force().unwrap().commit(change(&[("summary.json", "newer")], &[])).unwrap();
    assert_eq!(files(&folder)["charts/a.svg"], "drawn over");
    #[cfg(unix)]
    {
        let outside = scratch.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("a.svg"), "outside").unwrap();
        fs::remove_dir_all(folder.join("charts")).unwrap();
        std::os::unix::fs::symlink(&outside, folder.join("charts")).unwrap();
        for force in [false, true] {
            let opened = ResultFolder::open(&Request { force, ..request(&folder, &inputs) });
            let refused = opened.map(drop).unwrap_err();
            assert!(refused.code == 2 && refused.message.contains("charts is a link"), "{refused:?}");
        }
        assert_eq!(fs::read_to_string(outside.join("a.svg")).unwrap(), "outside");
    }
    drop(scratch);
}

#[test]
fn a_provenance_that_lists_what_is_not_ours_removes_nothing() {
    let (_scratch, folder, _) = before(Place::New);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("thesis.docx"), "a thesis").unwrap();
    fs::write(folder.join("provenance.json"), r#"{"files": ["thesis.docx", "../outside.txt"]}"#).unwrap();
    assert!(write(&folder, new()).unwrap_err().message.contains("provenance.json"));
    let inputs = Inputs::default();
    let forced = ResultFolder::open(&Request { force: true, ..request(&folder, &inputs) });
    forced.unwrap().commit(new()).unwrap();
    assert_eq!(files(&folder)["thesis.docx"], "a thesis");
}

#[test]
fn what_the_command_reads_is_never_written() {
    let (_scratch, folder, _) = before(Place::Plain);
    fs::hard_link(folder.join("summary.json"), folder.join("scenario.toml")).unwrap();
    for input in ["summary.json", "scenario.toml", "charts/../summary.json"] {
        let inputs = Inputs::of([folder.join(input)]);
        for force in [false, true] {
            let opened = ResultFolder::open(&Request { force, ..request(&folder, &inputs) });
            let refused = opened.map(drop).unwrap_err();
            assert!(refused.code == 2 && refused.message.contains("is read by this command"), "{refused:?}");
        }
    }
}

#[test]
fn names_of_any_length_that_the_disk_takes() {
    let (scratch, ..) = before(Place::New);
    for length in [250, 255] {
        let folder = scratch.path().join("n".repeat(length));
        write(&folder, old()).unwrap();
        write(&folder, new()).unwrap();
    }
    let long = scratch.path().join("n".repeat(256));
    assert!(ResultFolder::open(&request(&long, &Inputs::default())).is_err(), "told before anything is simulated");
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 2);
}

#[test]
fn folders_made_on_the_way_go_when_nothing_is_written() {
    let (scratch, ..) = before(Place::New);
    let folder = scratch.path().join("output/deep/shop");
    drop(ResultFolder::open(&request(&folder, &Inputs::default())).unwrap());
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
    write(&folder, new()).unwrap();
    assert_eq!(files(&folder).len(), 4);
}

#[test]
fn a_file_that_comes_at_the_last_moment_stays() {
    let (_scratch, folder, _) = before(Place::Plain);
    // As if it came between the look and the exchange: it stands in the old folder alone.
    let inputs = Inputs::default();
    let opened = ResultFolder::open(&request(&folder, &inputs)).unwrap();
    fs::create_dir_all(opened.room.at("new/late")).unwrap();
    fs::write(opened.room.at("new/late.txt"), "late").unwrap();
    fs::write(opened.room.at("new/notes.txt"), "other notes").unwrap();
    let swap = r#"{"new": [0, 0], "old": {}}"#;
    fs::write(opened.room.at("swap.json"), swap).unwrap();
    drop(opened);
    drop(ResultFolder::open(&request(&folder, &inputs)).unwrap());
    let found = files(&folder);
    assert_eq!((found["late.txt"].as_str(), found["notes.txt"].as_str()), ("late", "mine"));
    assert_eq!(found["notes.txt.saved"], "other notes");
    assert!(folder.join("late").is_dir());
    assert_eq!(left_over(&folder), [""; 0]);
}
