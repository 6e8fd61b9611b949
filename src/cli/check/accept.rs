//! `check --accept`: takes over what an `--update` wrote.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::super::console;
use super::super::failure::Failure;
use super::super::options::Output;
use super::{decided, foreign, gather, guarded};
use crate::files::read_text;
use crate::report::{self, Stored};

/// Moves each `.new` file to the place of what it replaces; none of them where one is no data of a baseline.
pub(super) fn accept(paths: &[PathBuf], force: bool, output: Output) -> Result<(), Failure> {
    let (mut taken, mut wrong) = (Vec::new(), Vec::new());
    for (_, file) in gather::files(paths)? {
        let new = guarded::new_data(&file);
        if !new.is_file() {
            continue;
        }
        match read_text(&new).and_then(|text| Stored::read(&text)) {
            Ok(_) => {
                let data = guarded::data(&file);
                wrong.extend(foreign::of_baseline(&data).filter(|_| !force));
                taken.push((new, data));
            }
            Err(why) => wrong.push(format!(
                "error: {}: it is no data of a baseline: {why}; remove it, and write it again with --update",
                new.display()
            )),
        }
    }
    for file in decided::files(paths) {
        let new = decided::new_file(&file);
        match read_text(&new) {
            Ok(text) if report::is_of_decisions(&text) => taken.push((new, file)),
            Err(_) if !new.exists() => {}
            _ => wrong.push(format!(
                "error: {}: it is no table of decisions; remove it, and write it again with --update",
                new.display()
            )),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::wrong(format!("{}\nNothing was taken over.", wrong.join("\n"))));
    }
    if taken.is_empty() {
        return Err(Failure::wrong("there is no .new file to take over; backorder check --update writes them"));
    }
    for (new, data) in &taken {
        std::fs::rename(new, data).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::running(format!(
                "{} is gone: another backorder took it over or removed it meanwhile; wait until it is done, and look at what \
                 is stored with backorder check",
                new.display()
            )),
            _ => Failure::writing(data, &error),
        })?;
    }
    let places: Vec<PathBuf> = taken.into_iter().map(|(_, data)| data).collect();
    if output.json {
        return console::written(&places);
    }
    if output.quiet {
        return Ok(());
    }
    let mut text = String::from("Taken over:\n");
    places.iter().for_each(|place| text.push_str(&format!("  {}\n", place.display())));
    console::data(&text)
}
