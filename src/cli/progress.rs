//! The progress bar of a run, and the signal that ends one early.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::console;
use super::signals;
use crate::experiment::Settings;
use crate::report::visible;

/// Characters of a scenario's name beside a bar: with a million replications and hours left it fits 80 columns.
const NAME: usize = 20;

/// A bar on standard error; invisible where that is no terminal, or when it was asked to be.
pub(super) fn bar(scenario: &Path, is_quiet: bool) -> ProgressBar {
    let target = if is_quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{msg} [{wide_bar}] {done}")
        .expect("the template is well formed")
        .with_key("done", |state: &ProgressState, out: &mut dyn Write| {
            // A bar that cannot be written to has nobody to look at it.
            let _ = out.write_str(&done(state));
        })
        .progress_chars("=> ");
    let bar = ProgressBar::with_draw_target(None, target).with_style(style);
    bar.set_message(name(scenario));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// How far a run is; before its first replication nobody knows how many there will be.
fn done(state: &ProgressState) -> String {
    match state.len().filter(|&wanted| wanted > 0) {
        None => "getting ready".into(),
        // How fast it goes, and when it ends, shows at the first.
        Some(wanted) if state.pos() == 0 => format!("0/{wanted} replications"),
        Some(wanted) => format!(
            "{}/{wanted} replications, {:.1} a second, {:#} left",
            state.pos(),
            state.per_sec(),
            HumanDuration(state.eta())
        ),
    }
}

/// Makes a bar of replications one of cells, of which some were done before.
pub(super) fn of_cells(bar: &ProgressBar, before: usize, of: usize) {
    let cells = move |state: &ProgressState, out: &mut dyn Write| {
        let missing = (of - before) as u64;
        let done = before as u64 + state.len().map_or(0, |wanted| missing * state.pos() / wanted.max(1));
        // As above.
        let _ = write!(out, "{done}/{of} cells");
        if state.pos() > 0 {
            let _ = write!(out, ", {:#} left", HumanDuration(state.eta()));
        }
    };
    let style = ProgressStyle::with_template("{msg} [{wide_bar}] {cells}")
        .expect("the template is well formed")
        .with_key("cells", cells)
        .progress_chars("=> ");
    bar.set_style(style);
    bar.reset_eta();
}

/// What a scenario is called where there is little room: its file's name without its ending, cut short if it is long.
fn name(scenario: &Path) -> String {
    let name = scenario.file_stem().unwrap_or(scenario.as_os_str()).to_string_lossy();
    let name = visible(&name);
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.into_owned(),
    }
}

/// The settings of an experiment that a bar shows the progress of and Ctrl-C stops.
pub(super) fn settings(jobs: Option<usize>, audit: bool, bar: &ProgressBar) -> Settings {
    let shown = bar.clone();
    let settings = Settings { jobs, audit, stop: stop_on_interrupt(bar), progress: None };
    settings.with_progress(move |done, wanted| {
        shown.set_length(wanted);
        shown.set_position(done);
    })
}

/// From here on the first signal to end sets the flag it returns, and the second ends the program.
fn stop_on_interrupt(bar: &ProgressBar) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let (flag, bar) = (Arc::clone(&stop), bar.clone());
    signals::on_each(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        bar.suspend(|| {
            console::message("Interrupted: finishing the replications under way (Ctrl-C again stops at once).");
        });
    });
    stop
}
