//! What a baseline stores: measures by replication, firings by rule, traces in short.
//!
//! A line a measure and a rule, so that the difference of two such files shows what moved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::experiment::check::Record;
use crate::measures::Metric;
use crate::observe::{DayDigest, TraceSummary};
use crate::report::InputFile;
use crate::rules::Rule;
use crate::stats::Pair;

/// What a baseline stores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The version of the program that made it.
    pub backorder: String,
    /// The kind of machine it was made on, such as `x86_64-linux`.
    pub platform: String,
    /// The seed.
    pub seed: u64,
    /// Changes of the scenario, as they were written.
    pub set: Vec<String>,
    /// The files it was made from.
    pub sources: Vec<InputFile>,
    /// What the scenario came to; of a study each cell, by its settings.
    pub cells: Vec<(String, Record)>,
    /// Measures and rules that this version does not know.
    pub unknown: Vec<String>,
}

impl Stored {
    /// How many replications each cell has.
    pub fn replications(&self) -> usize {
        self.cells.first().map_or(0, |(_, record)| record.replications())
    }

    /// The file's content.
    pub fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let set: Vec<String> = self.set.iter().map(|change| quoted(change)).collect();
        let mut out = format!(
            "{{\n\"backorder\": {},\n\"platform\": {},\n\"seed\": {},\n\"set\": [{}],\n\"sources\": {{\n",
            quoted(&self.backorder),
            quoted(&self.platform),
            self.seed,
            set.join(", ")
        );
        let mut sources: Vec<&InputFile> = self.sources.iter().collect();
        sources.sort_by_key(|source| &source.name);
        let sources =
            sources.into_iter().map(|source| format!("  {}: {}", quoted(&source.name), quoted(&source.sha256)));
        out.push_str(&lines(sources));
        out.push_str("\n},\n\"cells\": [");
        for (index, (name, record)) in self.cells.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            put(&mut out, format_args!("{comma}{{\n\"cell\": {},\n\"measures\": {{\n", quoted(name)));
            let measures = Metric::ALL.iter().filter_map(|&metric| Some((metric, record.pairs(metric)?)));
            out.push_str(&lines(
                measures.map(|(metric, pairs)| format!("  \"{}\": {}", metric.name(), of_pairs(pairs))),
            ));
            out.push_str("\n},\n\"firings\": {\n");
            out.push_str(&lines(Rule::ALL.into_iter().map(|rule| {
                let fired = record.firings.iter().map(|row| row[rule as usize].to_string());
                format!("  \"{}\": [{}]", rule.id(), fired.collect::<Vec<_>>().join(", "))
            })));
            out.push_str("\n},\n\"traces\": [");
            let traces: Vec<String> = record.traces.iter().map(of_trace).collect();
            out.push_str(&traces.join(", "));
            out.push_str("]\n}");
        }
        out.push_str("]\n}\n");
        out
    }

    /// Reads a file's content.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut unknown = Vec::new();
        let mut cells = Vec::new();
        for WrittenCell { cell, measures, firings, traces } in file.cells {
            let replications = firings.values().map(Vec::len).max().unwrap_or(0);
            let mut record = Record {
                measures: vec![None; Metric::ALL.len()],
                firings: vec![[0; Rule::ALL.len()]; replications],
                traces: traces.into_iter().map(WrittenTrace::read).collect::<Result<_, _>>()?,
            };
            for (name, column) in measures {
                let pairs = column.pairs();
                if pairs.len() != replications {
                    return Err(format!("`{name}` has {} replications, the rules have {replications}", pairs.len()));
                }
                match Metric::from_name(&name) {
                    Some(metric) => record.measures[metric.index()] = Some(pairs),
                    None => unknown.push(name),
                }
            }
            for (id, fired) in firings {
                if fired.len() != replications {
                    return Err(format!("`{id}` has {} replications, others have {replications}", fired.len()));
                }
                match Rule::from_id(&id) {
                    Some(rule) => {
                        for (row, count) in record.firings.iter_mut().zip(fired) {
                            row[rule as usize] = count;
                        }
                    }
                    None => unknown.push(id),
                }
            }
            cells.push((cell, record));
        }
        unknown.sort();
        unknown.dedup();
        let sources = file.sources.into_iter().map(|(name, sha256)| InputFile { name, sha256 }).collect();
        let File { backorder, platform, seed, set, .. } = file;
        Ok(Self { backorder, platform, seed, set, sources, cells, unknown })
    }
}

/// Whether a text is what is stored of some baseline, be it damaged: it begins so. An empty one is nobody's.
pub fn is_of_baseline(text: &str) -> bool {
    let mut beginning = text.chars().filter(|character| !character.is_whitespace()).peekable();
    beginning.peek().is_none() || "{\"backorder\":".chars().all(|wanted| beginning.next() == Some(wanted))
}

/// Lines of an object, with commas between them.
fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join(",\n")
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}

/// What replications say of a measure; denominators that are all equal stand there once. The shortest decimals that are
/// read back to the same bits.
fn of_pairs(pairs: &[Pair]) -> String {
    let list =
        |value: fn(&Pair) -> f64| pairs.iter().map(|pair| value(pair).to_string()).collect::<Vec<_>>().join(", ");
    let numerators = list(|pair| pair.numerator);
    let first = pairs.first().map_or(1.0, |pair| pair.denominator);
    let are_equal = pairs.iter().all(|pair| pair.denominator.to_bits() == first.to_bits());
    let denominators = if are_equal { first.to_string() } else { format!("[{}]", list(|pair| pair.denominator)) };
    format!("{{\"n\": [{numerators}], \"d\": {denominators}}}")
}

/// A trace: its days as `day:events:digest`, the digests of events in hexadecimal, and the lines, where it was kept whole.
fn of_trace(trace: &TraceSummary) -> String {
    let days = trace.days.iter().map(|day| format!("{}:{}:{:016x}", day.day, day.events, day.digest));
    let mut out = format!("{{\n\"days\": \"{}\"", days.collect::<Vec<_>>().join(" "));
    match &trace.text {
        Some(text) => {
            put(&mut out, format_args!(",\n\"text\": [\n{}\n]", lines(text.iter().map(|line| format!("  {line}")))))
        }
        None if !trace.events.is_empty() => {
            let digests: String = trace.events.iter().map(|digest| format!("{digest:04x}")).collect();
            put(&mut out, format_args!(",\n\"events\": \"{digests}\""));
        }
        None => {}
    }
    out.push_str("\n}");
    out
}

#[derive(Deserialize)]
struct File {
    backorder: String,
    platform: String,
    seed: u64,
    set: Vec<String>,
    sources: BTreeMap<String, String>,
    cells: Vec<WrittenCell>,
}

#[derive(Deserialize)]
struct WrittenCell {
    cell: String,
    measures: BTreeMap<String, WrittenPairs>,
    firings: BTreeMap<String, Vec<i64>>,
    traces: Vec<WrittenTrace>,
}

#[derive(Deserialize)]
struct WrittenPairs {
    n: Vec<f64>,
    d: Denominators,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Denominators {
    Equal(f64),
    Each(Vec<f64>),
}

impl WrittenPairs {
    fn pairs(self) -> Vec<Pair> {
        match self.d {
            Denominators::Equal(denominator) => self.n.into_iter().map(|it| Pair::new(it, denominator)).collect(),
            Denominators::Each(all) => {
                self.n.into_iter().zip(all).map(|(it, denominator)| Pair::new(it, denominator)).collect()
            }
        }
    }
}

#[derive(Deserialize)]
struct WrittenTrace {
    days: String,
    #[serde(default)]
    events: String,
    text: Option<Vec<Box<RawValue>>>,
}

impl WrittenTrace {
    fn read(self) -> Result<TraceSummary, String> {
        let day = |text: &str| -> Option<DayDigest> {
            let mut parts = text.split(':');
            let (day, events) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some(DayDigest { day, events, digest: u64::from_str_radix(parts.next()?, 16).ok()? })
        };
        let wrong = |text: &str| format!("`{text}` is no day of a trace, which is day:events:digest");
        let days = self.days.split_whitespace().map(|text| day(text).ok_or_else(|| wrong(text)));
        let digests = self.events.as_bytes().chunks(4).map(|digits| {
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            u16::from_str_radix(digits, 16).map_err(|_| format!("`{digits}` is no digest of an event"))
        });
        Ok(TraceSummary {
            days: days.collect::<Result<_, _>>()?,
            events: digests.collect::<Result<_, _>>()?,
            text: self.text.map(|lines| lines.iter().map(|line| line.get().to_string()).collect()),
        })
    }
}
