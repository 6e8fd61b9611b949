//! The trace in short: a digest a day, one of each of the first events, and all of it where it is small.
//!
//! Kept of one version of the program, it tells of another which event is the first to differ, without the trace.

use std::io;

use sha2::{Digest, Sha256};

use crate::domain::DAY;

/// How much of a trace is kept beside the digests of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// A digest of each of so many events, from the first on.
    pub events: usize,
    /// The whole trace, where it has at most so many bytes.
    pub bytes: usize,
}

/// A day of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayDigest {
    /// Which day, from 0.
    pub day: i64,
    /// How many events it has.
    pub events: u64,
    /// The first eight bytes of the SHA-256 of its lines.
    pub digest: u64,
}

/// What is kept of a trace. It is the destination of a [`TraceWriter`](super::TraceWriter).
#[derive(Clone, Debug)]
pub struct TraceDigest {
    keep: Keep,
    /// The beginning of a line whose end is still to come.
    partial: Vec<u8>,
    days: Vec<DayDigest>,
    hasher: Sha256,
    events: Vec<u16>,
    text: Option<Vec<u8>>,
}

/// A trace in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceSummary {
    /// The days on which anything happened.
    pub days: Vec<DayDigest>,
    /// Of each of the first events the first two bytes of the SHA-256 of its line.
    pub events: Vec<u16>,
    /// The lines of the whole trace, where it is small.
    pub text: Option<Vec<String>>,
}

impl TraceSummary {
    /// How many events the trace has.
    pub fn len(&self) -> u64 {
        self.days.iter().map(|day| day.events).sum()
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The first day that differs from another trace's, by its number.
    pub fn first_day_apart(&self, other: &Self) -> Option<i64> {
        let mut pairs = self.days.iter().zip(&other.days);
        match pairs.find(|(one, another)| one != another) {
            Some((one, another)) => Some(one.day.min(another.day)),
            None => {
                let longer = if self.days.len() > other.days.len() { &self.days } else { &other.days };
                longer.get(self.days.len().min(other.days.len())).map(|day| day.day)
            }
        }
    }

    /// How many events there are before a day.
    pub fn events_before(&self, day: i64) -> u64 {
        self.days.iter().take_while(|it| it.day < day).map(|it| it.events).sum()
    }

    /// How many events there are on a day.
    pub fn events_on(&self, day: i64) -> u64 {
        self.days.iter().find(|it| it.day == day).map_or(0, |it| it.events)
    }
}

impl TraceDigest {
    /// Nothing happened yet.
    pub fn new(keep: Keep) -> Self {
        Self {
            keep,
            partial: Vec::new(),
            days: Vec::new(),
            hasher: Sha256::new(),
            events: Vec::new(),
            text: Some(Vec::new()),
        }
    }

    /// What is kept.
    pub fn finish(mut self) -> TraceSummary {
        self.end_day();
        let text = self.text.map(|text| String::from_utf8_lossy(&text).lines().map(String::from).collect());
        TraceSummary { days: self.days, events: self.events, text }
    }

    fn line(&mut self, line: &[u8]) {
        let day = day_of(line);
        if self.days.last().is_none_or(|last| last.day != day) {
            self.end_day();
            self.days.push(DayDigest { day, events: 0, digest: 0 });
        }
        if let Some(last) = self.days.last_mut() {
            last.events += 1;
        }
        self.hasher.update(line);
        if self.events.len() < self.keep.events {
            self.events.push(event_digest(line));
        }
        if let Some(text) = &mut self.text {
            text.extend_from_slice(line);
            if text.len() > self.keep.bytes {
                self.text = None;
            }
        }
    }

    /// Notes the digest of the day that is over.
    fn end_day(&mut self) {
        let digest = self.hasher.finalize_reset();
        if let Some(last) = self.days.last_mut() {
            last.digest = u64::from_be_bytes(std::array::from_fn(|index| digest[index]));
        }
    }
}

/// The digest of an event, by its line with the end of it.
pub fn event_digest(line: &[u8]) -> u16 {
    let digest = Sha256::digest(line);
    u16::from_be_bytes([digest[0], digest[1]])
}

/// The day of an event: every line of a trace begins with its second.
fn day_of(line: &[u8]) -> i64 {
    let digits = line.iter().skip_while(|byte| !byte.is_ascii_digit()).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |second, &digit| second * 10 + i64::from(digit - b'0')) / DAY
}

impl io::Write for TraceDigest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            match (part.ends_with(b"\n"), self.partial.is_empty()) {
                (true, true) => self.line(part),
                (is_whole, _) => {
                    self.partial.extend_from_slice(part);
                    if is_whole {
                        let line = std::mem::take(&mut self.partial);
                        self.line(&line);
                    }
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Some lines of a trace, by their numbers from 0. It is the destination of a [`TraceWriter`](super::TraceWriter).
#[derive(Clone, Debug)]
pub struct TraceLines {
    wanted: std::ops::Range<u64>,
    next: u64,
    lines: Vec<u8>,
}

impl TraceLines {
    /// None of the wanted lines yet.
    pub fn new(wanted: std::ops::Range<u64>) -> Self {
        Self { wanted, next: 0, lines: Vec::new() }
    }

    /// The lines, as far as there are so many.
    pub fn finish(self) -> Vec<String> {
        String::from_utf8_lossy(&self.lines).lines().map(String::from).collect()
    }
}

impl io::Write for TraceLines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            if self.wanted.contains(&self.next) {
                self.lines.extend_from_slice(part);
            }
            self.next += u64::from(part.ends_with(b"\n"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const KEEP: Keep = Keep { events: 3, bytes: 100 };

    fn summary(keep: Keep, seconds: &[i64]) -> TraceSummary {
        let mut digest = TraceDigest::new(keep);
        for (number, second) in seconds.iter().enumerate() {
            let line = format!("{{\"t\":{second},\"event\":\"receipt\",\"units\":{number}}}\n");
            // In pieces, as a destination may get them.
            let (first, rest) = line.as_bytes().split_at(5);
            digest.write_all(first).unwrap();
            digest.write_all(rest).unwrap();
        }
        digest.finish()
    }

    #[test]
    fn days_are_told_apart_and_counted() {
        let one = summary(KEEP, &[0, 5, DAY, 3 * DAY]);
        assert_eq!(one.days.iter().map(|it| (it.day, it.events)).collect::<Vec<_>>(), [(0, 2), (1, 1), (3, 1)]);
        assert_eq!((one.len(), one.events.len(), one.text.as_ref()), (4, 3, None));
        assert_eq!((one.events_before(3), one.events_on(1), one.events_on(2)), (3, 1, 0));
        assert_eq!(one, summary(KEEP, &[0, 5, DAY, 3 * DAY]));
        for (other, day) in [(&[0, 6, DAY, 3 * DAY][..], 0), (&[0, 5, DAY, 2 * DAY], 2), (&[0, 5, DAY], 3)] {
            let other = summary(KEEP, other);
            assert_eq!((one.first_day_apart(&other), other.first_day_apart(&one)), (Some(day), Some(day)));
        }
        assert_eq!(one.first_day_apart(&one), None);
    }

    #[test]
    fn a_small_trace_is_kept_whole() {
        let small = summary(KEEP, &[7]);
        assert_eq!(small.text.unwrap(), ["{\"t\":7,\"event\":\"receipt\",\"units\":0}"]);
    }

    #[test]
    fn chosen_lines_are_found_again() {
        let mut lines = TraceLines::new(1..3);
        for part in ["a\nb", "\nc\nd\n"] {
            lines.write_all(part.as_bytes()).unwrap();
        }
        assert_eq!(lines.finish(), ["b", "c"]);
    }
}
