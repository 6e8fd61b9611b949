//! Variants in writing: `NAME: KEY=VALUE, KEY=VALUE`.

use super::super::input::Override;
use super::super::quoting::{bare, between_commas, halves};

/// A named change of several settings; without a name it goes by its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What it changes.
    pub set: Vec<Override>,
    /// As it was written.
    pub text: String,
}

impl Variant {
    /// Reads `name: key=value, key=value`.
    ///
    /// # Errors
    /// What is wrong with the text, and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let colon = bare(text).take_while(|&(_, c)| c != '=').find(|&(_, c)| c == ':');
        let (name, rest) = match colon.map(|(at, _)| text.split_at(at)) {
            Some((name, _)) if name.trim().is_empty() => return Err("a name stands before the colon".into()),
            Some((name, rest)) => (Some(name.trim().to_string()), &rest[1..]),
            None => (None, text),
        };
        let set: Vec<Override> = between_commas(rest).into_iter().map(Override::parse).collect::<Result<_, _>>()?;
        if let Some(misplaced) = set.iter().find(|setting| is_name_of(setting)) {
            let Override { path, value } = misplaced;
            return Err(format!("behind a name stands a colon: '{path}: {value}'"));
        }
        if let Some([first, again]) = set_twice(&set) {
            return Err(format!("`{}` is set twice, to {} and to {}", first.path, first.value, again.value));
        }
        Ok(Self { name, set, text: text.trim().to_string() })
    }

    /// What it is called: its name, or its settings.
    pub fn called(&self) -> String {
        let settings = || self.set.iter().map(Override::to_string).collect::<Vec<_>>().join(", ");
        self.name.clone().unwrap_or_else(settings)
    }
}

/// Whether a setting is a variant's name with an equals sign behind it: `slow=vendors.acme.lead_time=9d`.
fn is_name_of(setting: &Override) -> bool {
    let before = halves(&setting.value).map_or("", |(before, _)| before);
    before.contains('.') && before.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ' '))
}

/// A key that has two values, with both.
pub fn set_twice(settings: &[Override]) -> Option<[&Override; 2]> {
    settings.iter().enumerate().find_map(|(index, again)| {
        let first = settings[..index].iter().find(|earlier| earlier.path == again.path)?;
        Some([first, again])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Vec<String> {
        Variant::parse(text).unwrap().set.iter().map(Override::to_string).collect()
    }

    #[test]
    fn a_variant_has_a_name_and_settings() {
        let variant = Variant::parse("two days: vendors.acme.lead_time=2d, rules.split.ship_available=0").unwrap();
        assert_eq!((variant.name.as_deref(), variant.called().as_str()), (Some("two days"), "two days"));
        assert_eq!(variant.set.len(), 2);
        let nameless = Variant::parse("sourcing.policy=nearest,a.b=1").unwrap();
        assert_eq!((nameless.name.as_deref(), nameless.called().as_str()), (None, "sourcing.policy=nearest, a.b=1"));
        // A colon in a value is no name.
        assert_eq!(Variant::parse("name=\"a: b\"").unwrap().name, None);
    }

    #[test]
    fn commas_within_a_value_stay_there() {
        assert_eq!(
            set("slow: vendors.a.lead_time={ gamma = { mean = \"6d\", cv = 0.5 } }, name=\"x, y\", z=[1, 2]"),
            ["vendors.a.lead_time={ gamma = { mean = \"6d\", cv = 0.5 } }", "name=\"x, y\"", "z=[1, 2]"]
        );
    }

    #[test]
    fn what_is_no_variant_is_told() {
        assert!(Variant::parse(": a=1").unwrap_err().contains("name"));
        assert!(Variant::parse("just words").unwrap_err().contains("equals sign"));
        assert!(Variant::parse("a=1, b").unwrap_err().contains("equals sign"));
        assert!(Variant::parse("slow=a.b=1").unwrap_err().contains("'slow: a.b=1'"));
        assert!(Variant::parse("a.b=1, a.b=2").unwrap_err().contains("set twice, to 1 and to 2"));
    }
}
