//! Standard output and standard error.
//!
//! Names come from scenarios and paths, so they may hold anything: characters that a terminal would obey rather than show
//! are escaped in all that is printed. A reader that stops reading, as `head` does, ends the printing and nothing else.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;

use super::failure::{Failure, in_words};
use crate::report::{visible, visible_json};

/// Standard output for lines of JSON, as many as there may be, buffered.
///
/// When nobody reads any more the program ends at once, quietly and successfully: only `trace` writes here, whose lines are
/// all there is to it.
pub(super) struct JsonLines {
    out: io::BufWriter<io::StdoutLock<'static>>,
    /// The line so far, where lines are shown by a terminal.
    shown: Option<Vec<u8>>,
}

impl JsonLines {
    pub(super) fn new() -> Self {
        let out = io::stdout().lock();
        let shown = out.is_terminal().then(Vec::new);
        Self { out: io::BufWriter::new(out), shown }
    }
}

impl Write for JsonLines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(line) = &mut self.shown else {
            return self.out.write(bytes).map_err(leave_if_nobody_reads);
        };
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            line.extend(part);
            if part.ends_with(b"\n") {
                let text = String::from_utf8_lossy(line);
                self.out.write_all(visible_json(&text).as_bytes()).map_err(leave_if_nobody_reads)?;
                line.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().map_err(leave_if_nobody_reads)
    }
}

fn leave_if_nobody_reads(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    error
}

/// Prints text.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    as_it_is(&visible(text))
}

/// Prints JSON. A terminal gets the same JSON, with more of its characters escaped.
pub(super) fn json(text: &str) -> Result<(), Failure> {
    if io::stdout().is_terminal() { as_it_is(&visible_json(text)) } else { as_it_is(text) }
}

/// Prints a page, which may have colours: its names are escaped already.
pub(super) fn page(text: &str) -> Result<(), Failure> {
    as_it_is(text)
}

fn as_it_is(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(|error| not_printed(&error)),
    }
}

/// What a command wrote that has no other data to show, as JSON: `{"written": […]}`.
pub(super) fn written(paths: &[PathBuf]) -> Result<(), Failure> {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    json(&format!("{:#}\n", serde_json::json!({ "written": paths })))
}

/// Standard output took no more.
pub(super) fn not_printed(error: &io::Error) -> Failure {
    Failure::running(format!("standard output cannot be written: {}", in_words(error)))
}

/// Writes a message to standard error; if that is closed, nobody wants to know.
pub(super) fn message(text: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(text.trim_end()));
}
