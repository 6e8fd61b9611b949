//! Which files a scenario may read, and how: regular files of a bounded size, below its own folder or below one that is
//! allowed. A scenario may come from anybody; what it names is not opened before that is settled, so that no pipe is waited
//! for and no device read.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::scenario;

/// The largest file that is read.
const LARGEST: u64 = 1 << 30;

/// Folders of the system, whose files are none.
const NO_FILES: [&str; 3] = ["/proc", "/sys", "/dev"];

/// Where the files lie that a scenario may read.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    /// The folder of the scenario, from which paths start.
    folder: PathBuf,
    /// Folders below which files may be read; links followed.
    allowed: Vec<PathBuf>,
}

impl Reach {
    /// The files that the scenario in `file` may read: those below its folder, and below those allowed.
    pub(crate) fn of(file: &Path, allowed: &[PathBuf]) -> Self {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let mut reach = Self { folder: folder.clone(), allowed: Vec::new() };
        reach.allow(&folder);
        allowed.iter().for_each(|folder| reach.allow(folder));
        reach
    }

    /// Takes in a folder, or a file, that may be read too; one that is not there holds nothing.
    pub(crate) fn allow(&mut self, folder: &Path) {
        self.allowed.extend(folder.canonicalize());
    }

    /// The text of a file in an encoding (UTF-8 without one), by its path relative to the scenario, or why it is not read.
    pub(crate) fn read_in(&self, relative_path: &str, encoding: Option<&str>) -> Result<String, String> {
        read_resolved(&self.resolve(relative_path)?, encoding)
    }

    fn is_allowed(&self, path: &Path) -> bool {
        self.allowed.iter().any(|allowed| path.starts_with(allowed))
    }

    /// The file that a path leads to, links followed, if it may be read.
    fn resolve(&self, relative_path: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(relative_path);
        let found = path.canonicalize().map_err(|error| {
            let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
            let suggest = folder.is_none_or(|folder| self.is_allowed(&folder));
            let why = why_unreadable(&path, &error, suggest);
            match error.kind() {
                ErrorKind::NotFound => format!("{why} (the path is taken relative to the scenario file)"),
                _ => why,
            }
        })?;
        if self.is_allowed(&found) {
            return Ok(found);
        }
        let folder = found.parent().unwrap_or(&found).display();
        Err(format!(
            "it leads out of the scenario's folder, to {}; put it into the folder, or allow it with `--allow-files {folder}`",
            found.display()
        ))
    }
}

/// The text of a file that the command line names, or why there is none.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    let found = path.canonicalize().map_err(|error| match fs::metadata(path) {
        // What is open and has no name, such as the other end of a shell's `<(…)`.
        Ok(metadata) => refused(&metadata, LARGEST).unwrap_or_else(|| why_unreadable(path, &error, true)),
        Err(_) => why_unreadable(path, &error, true),
    })?;
    read_resolved(&found, None)
}

/// The text of a file, links followed; a packed one is unpacked.
fn read_resolved(path: &Path, encoding: Option<&str>) -> Result<String, String> {
    let bytes = scenario::unpacked(read_at_most(path, LARGEST)?)?;
    if let Some(label) = encoding {
        return scenario::decoded(bytes, scenario::encoding(label)).map(|decoded| decoded.text);
    }
    String::from_utf8(bytes).map_err(|error| not_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// The bytes of a file of any size that the command line names, or why there are none.
#[cfg(feature = "cli")]
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    read_at_most(path, u64::MAX - 1)
}

/// The bytes of a file, if it is one and not larger than a bound.
fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let unreadable = |error: io::Error| why_unreadable(path, &error, true);
    if NO_FILES.iter().any(|folder| path.starts_with(folder)) {
        return Err(format!("it is no file, but a view of the system; {SAVE_IT}"));
    }
    // Before it is opened: to open a pipe is to wait for whoever writes to it.
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if let Some(refused) = refused(&metadata, most) {
        return Err(refused);
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// What helps where something is no file.
const SAVE_IT: &str = "save what it gives as a file, and name that";

/// Why something is not opened, if it is not: it is no file, or larger than a bound.
fn refused(metadata: &Metadata, most: u64) -> Option<String> {
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Some("it is a folder; name a file in it".to_string());
    }
    if !kind.is_file() {
        return Some(format!("it is {}, no file; {SAVE_IT}", kind_of(kind)));
    }
    (metadata.len() > most).then(|| too_large(metadata.len()))
}

#[cfg(unix)]
fn kind_of(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_fifo() => "a pipe",
        _ if kind.is_socket() => "a socket",
        _ if kind.is_char_device() || kind.is_block_device() => "a device",
        _ => "something else",
    }
}

#[cfg(not(unix))]
fn kind_of(_: fs::FileType) -> &'static str {
    "something else"
}

fn too_large(bytes: u64) -> String {
    let gib = |bytes: u64| bytes as f64 / (1_u64 << 30) as f64;
    let (size, largest) = (gib(bytes), gib(LARGEST));
    format!("it has {size:.1} GiB, and at most {largest} GiB are read; leave out what the scenario does not need of it")
}

fn not_text(path: &Path, bytes: &[u8], valid: usize) -> String {
    // Nobody opens a scenario in a spreadsheet.
    let is_scenario = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let remedy = match is_scenario {
        true => "save it again with the encoding UTF-8",
        false => "save it again with the encoding UTF-8, in a spreadsheet as \"CSV UTF-8\"",
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return format!("it is UTF-16 text; {remedy}");
    }
    const KINDS: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "a spreadsheet (such as .xlsx) or another packed file"),
        (&[0xd0, 0xcf, 0x11, 0xe0], "an old spreadsheet (.xls)"),
        (b"%PDF", "a PDF"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite", "a database"),
    ];
    if let Some((_, kind)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return format!("it is {kind}, not text; unpack or export it as \"CSV UTF-8\"");
    }
    let line = bytes[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
    format!("it is not UTF-8 text (line {line}); {remedy}")
}

/// Why a file cannot be opened; `suggest` says whether the names of others may be.
fn why_unreadable(path: &Path, error: &io::Error, suggest: bool) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            match path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
                Some(folder) => format!("there is no such file; the folder {} does not exist either", folder.display()),
                None if suggest => format!("there is no such file{}", similar(path)),
                None => "there is no such file".to_string(),
            }
        }
        ErrorKind::PermissionDenied => "it may not be read; give yourself permission to read it".to_string(),
        _ => in_words(error),
    }
}

/// A path without the dot of the folder that the command is given in.
fn shown(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// A file of that folder with nearly the same name, as a suggestion.
fn similar(path: &Path) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let wanted = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        // A link that leads nowhere has the very name.
        .filter(|name| *name != wanted)
        .collect();
    names.sort();
    match scenario::closest(&wanted, names.iter().map(String::as_str)) {
        Some(name) => format!("; did you mean {}?", shown(&path.with_file_name(name)).display()),
        None => String::new(),
    }
}

/// An operating system's error without its number.
pub(crate) fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
