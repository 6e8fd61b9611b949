//! The signals that ask a program to end: Ctrl-C; what a batch system or `kill` sends (SIGTERM); and a terminal that is
//! closed (SIGHUP).

#[cfg(unix)]
use std::thread;

/// Calls a function whenever such a signal comes. One that whoever started the program wanted ignored, as `nohup` does,
/// stays so.
#[cfg(unix)]
pub(super) fn on_each(mut handler: impl FnMut() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let ignored = ignored();
    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // Without a handler such a signal ends the program at once, which is no reason not to run.
    let Ok(mut signals) = Signals::new(wanted) else { return };
    let waits = move || {
        for _ in signals.forever() {
            handler();
        }
    };
    let _ = thread::Builder::new().name("signals".into()).spawn(waits);
}

#[cfg(not(unix))]
pub(super) fn on_each(handler: impl FnMut() + Send + 'static) {
    let _ = ctrlc::set_handler(handler);
}

/// The signals that are ignored, a bit each; known on Linux.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
