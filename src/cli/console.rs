//! Standard output and standard error.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use super::failure::Failure;

/// Standard output for data, buffered.
///
/// Whoever reads may stop reading, as `head` does: then the program ends at once, quietly and successfully, as nobody
/// wants the rest.
pub(super) struct Stdout(io::BufWriter<io::StdoutLock<'static>>);

impl Stdout {
    pub(super) fn new() -> Self {
        Self(io::BufWriter::new(io::stdout().lock()))
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(leave_if_nobody_reads)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(leave_if_nobody_reads)
    }
}

fn leave_if_nobody_reads(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    error
}

/// Writes data to standard output.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    let mut out = Stdout::new();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| not_printed(&error))
}

/// What a command wrote that has no other data to show, as JSON: `{"written": […]}`.
pub(super) fn written(paths: &[PathBuf]) -> Result<(), Failure> {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    data(&format!("{:#}\n", serde_json::json!({ "written": paths })))
}

/// Standard output took no more.
pub(super) fn not_printed(error: &io::Error) -> Failure {
    Failure::running(format!("standard output cannot be written: {}", super::failure::in_words(error)))
}

/// Writes a message to standard error; if that is closed, nobody wants to know.
pub(super) fn message(text: &str) {
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}
