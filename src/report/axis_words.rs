//! Values of what is varied in sentences: by the label of the axis, where it has one.

use crate::experiment::SweepAxis;
use std::fmt::Display;

/// How a value of an axis is spoken of.
enum Form {
    /// As a setting, `network.open=4`: the axis has no label.
    Setting,
    /// As a number of things, `4 warehouses`. Holds the label, in the singular where the value is 1.
    Counted(String),
    /// By the name of the axis, `age limit 30d`.
    Named,
}

impl Form {
    fn of(axis: &SweepAxis, value: &str) -> Self {
        let is_count = axis.positions.is_some()
            && !axis.is_of_durations
            && axis.values.iter().all(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
        match counted(&axis.label, value) {
            Some(label) if is_count && axis.label != axis.key => Self::Counted(label),
            // An axis of variants has a name, which is no path of a setting.
            _ if axis.label == axis.key && axis.key.contains('.') => Self::Setting,
            _ => Self::Named,
        }
    }
}

/// A value of an axis in a sentence.
pub(super) fn at(axis: &SweepAxis, value: &str) -> String {
    match Form::of(axis, value) {
        Form::Setting => format!("{}={value}", axis.key),
        Form::Counted(label) => format!("{value} {label}"),
        Form::Named => format!("{} {}", axis.label, one(value)),
    }
}

/// A value of each axis in a sentence: `4 warehouses, policy nearest`.
pub(crate) fn each_at<V: Display>(axes: &[SweepAxis], values: impl Iterator<Item = V>) -> String {
    axes.iter().zip(values).map(|(axis, value)| at(axis, &value.to_string())).collect::<Vec<_>>().join(", ")
}

/// Two values of an axis in a sentence: `from 3 to 4 warehouses`.
pub(super) fn between(axis: &SweepAxis, from: &str, to: &str) -> String {
    match Form::of(axis, to) {
        Form::Setting => format!("from {}={from} to {to}", axis.key),
        Form::Counted(label) => format!("from {from} to {to} {label}"),
        Form::Named => format!("from {} {} to {}", axis.label, one(from), one(to)),
    }
}

/// The last part of what an axis is called, for a column: `open` of `network.open`. A label stays whole.
pub(super) fn heading(axis: &SweepAxis) -> &str {
    if axis.label == axis.key { axis.label.rsplit('.').next().unwrap_or_default() } else { &axis.label }
}

/// A name with commas in quotes, so that it is one among others.
fn one(value: &str) -> String {
    if value.contains(',') { format!("\"{value}\"") } else { value.to_string() }
}

/// The label of a number of things behind a value: in the singular behind 1. `None` where it is no number of things: where
/// neither its last word nor its first is a plural.
fn counted(label: &str, value: &str) -> Option<String> {
    let mut words: Vec<&str> = label.split(' ').collect();
    let at = [words.len() - 1, 0].into_iter().find(|&at| is_plural(words[at]))?;
    if value != "1" {
        return Some(label.to_string());
    }
    let singular = match words[at].strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => words[at].strip_suffix('s')?.to_string(),
    };
    words[at] = &singular;
    Some(words.join(" "))
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(key: &str, label: &str, values: &[&str], is_of_durations: bool) -> SweepAxis {
        SweepAxis {
            key: key.into(),
            label: label.into(),
            values: values.iter().map(|value| value.to_string()).collect(),
            positions: Some((0..values.len()).map(|at| at as f64).collect()),
            is_of_durations,
        }
    }

    #[test]
    fn a_value_is_spoken_of_as_its_label_wants_it() {
        for (key, label, values, is_of_durations, first, step) in [
            ("a.b", "a.b", ["1", "2"], false, "a.b=1", "from a.b=1 to 2"),
            ("a.b", "open warehouses", ["1", "2"], false, "1 open warehouse", "from 1 to 2 open warehouses"),
            ("a.b", "copies", ["1", "2"], false, "1 copy", "from 1 to 2 copies"),
            ("a.b", "lines a day", ["1", "20"], false, "1 line a day", "from 1 to 20 lines a day"),
            ("a.b", "age limit", ["5d", "10d"], true, "age limit 5d", "from age limit 5d to 10d"),
            ("a.b", "order-up-to level", ["3", "4"], false, "order-up-to level 3", "from order-up-to level 3 to 4"),
            ("a.b", "shares", ["0.5", "0.6"], false, "shares 0.5", "from shares 0.5 to 0.6"),
            (
                "policy",
                "policy",
                ["near, dear", "few"],
                false,
                "policy \"near, dear\"",
                "from policy \"near, dear\" to few",
            ),
        ] {
            let axis = axis(key, label, &values, is_of_durations);
            assert_eq!(at(&axis, values[0]), first);
            assert_eq!(between(&axis, values[0], values[1]), step);
        }
    }

    #[test]
    fn a_column_has_the_last_part_of_a_key_and_all_of_a_label() {
        assert_eq!(heading(&axis("network.open", "network.open", &["1"], false)), "open");
        assert_eq!(heading(&axis("network.open", "sites, no. of", &["1"], false)), "sites, no. of");
    }
}
