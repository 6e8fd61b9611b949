//! Measures, rules and promises by their names in JSON, and objects with an entry for each of them.

use crate::measures::{Metric, Promise};
use crate::rules::Rule;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What a result names.
pub trait Named: Copy + PartialEq + 'static {
    /// What one of them is called.
    const KIND: &'static str;

    /// Every one, in the order of its catalogue.
    fn all() -> &'static [Self];

    /// Its name.
    fn name(self) -> &'static str;

    /// Whether a result may leave it out where there is nothing for it.
    fn may_be_left_out(self) -> bool {
        false
    }

    /// The one with a name.
    ///
    /// # Errors
    /// When there is none.
    fn of_name(name: &str) -> Result<Self, String> {
        let found = Self::all().iter().copied().find(|one| one.name() == name);
        found.ok_or_else(|| format!("there is no {} `{name}`", Self::KIND))
    }
}

impl Named for Metric {
    const KIND: &'static str = "measure";

    fn all() -> &'static [Self] {
        Self::ALL
    }

    fn name(self) -> &'static str {
        self.name()
    }

    fn may_be_left_out(self) -> bool {
        self.comes_with_a_setting()
    }
}

/// What there is for one of those named.
pub trait Said: Sized + PartialEq {
    /// What stands for nothing, where there can be nothing.
    fn nothing() -> Option<Self> {
        None
    }
}

impl Named for Rule {
    const KIND: &'static str = "rule";

    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn name(self) -> &'static str {
        self.id()
    }
}

impl Named for Promise {
    const KIND: &'static str = "promise";

    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn name(self) -> &'static str {
        self.words()
    }
}

/// For serde's `with`: one of them as its name.
pub(in crate::report) fn serialize<T: Named, S: Serializer>(one: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(one.name())
}

/// The same, read.
pub(in crate::report) fn deserialize<'de, T: Named, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let name = String::deserialize(deserializer)?;
    T::of_name(&name).map_err(D::Error::custom)
}

/// Some of them, as a list of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names<K>(pub Vec<K>);

impl<K: Named> Serialize for Names<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|one| one.name()))
    }
}

impl<'de, K: Named> Deserialize<'de> for Names<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        names.iter().map(|name| K::of_name(name)).collect::<Result<_, _>>().map(Self).map_err(D::Error::custom)
    }
}

/// Something for each of them: a JSON object whose keys keep the order of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct ByName<K, V>(Vec<V>, PhantomData<K>);

impl<K: Named, V> ByName<K, V> {
    /// Made for each.
    pub fn new(make: impl FnMut(K) -> V) -> Self {
        Self(K::all().iter().copied().map(make).collect(), PhantomData)
    }

    /// What there is for one.
    ///
    /// # Panics
    /// Never: there is an entry for each.
    pub fn of(&self, key: K) -> &V {
        let at = K::all().iter().position(|one| *one == key).expect("every one is in its catalogue");
        &self.0[at]
    }

    /// Each with what there is for it.
    pub fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        K::all().iter().copied().zip(&self.0)
    }
}

impl<K: Named, V: Serialize + Said> Serialize for ByName<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nothing = V::nothing();
        let is_there = |(key, value): &(K, &V)| !key.may_be_left_out() || Some(*value) != nothing.as_ref();
        serializer.collect_map(self.iter().filter(is_there).map(|(key, value)| (key.name(), value)))
    }
}

impl<'de, K: Named, V: Deserialize<'de> + Said> Deserialize<'de> for ByName<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Few(mut found) = Few::<K, V>::deserialize(deserializer)?;
        let mut values = Vec::with_capacity(K::all().len());
        for key in K::all() {
            match found.iter().position(|(name, _)| name == key) {
                Some(at) => values.push(found.remove(at).1),
                None if key.may_be_left_out() => values.extend(V::nothing()),
                None => return Err(D::Error::custom(format!("the {} `{}` is missing", K::KIND, key.name()))),
            }
        }
        match found.first() {
            Some((twice, _)) => Err(D::Error::custom(format!("the {} `{}` is there twice", K::KIND, twice.name()))),
            None => Ok(Self(values, PhantomData)),
        }
    }
}

/// Something for a few of them: a JSON object whose keys keep the order of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Few<K, V>(pub Vec<(K, V)>);

impl<K: Named, V: Serialize> Serialize for Few<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key.name(), value)))
    }
}

impl<'de, K: Named, V: Deserialize<'de>> Deserialize<'de> for Few<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);

        impl<'de, K: Named, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
            type Value = Vec<(K, V)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an object whose keys are {}s", K::KIND)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    let key = K::of_name(&name).map_err(A::Error::custom)?;
                    entries.push((key, map.next_value()?));
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Entries(PhantomData)).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Numbers = ByName<Rule, u32>;

    impl Said for u32 {}

    #[test]
    fn an_entry_for_each_comes_back_as_it_went() {
        let mut next = 0..;
        let numbers = Numbers::new(|_| next.next().unwrap());
        let text = serde_json::to_string(&numbers).unwrap();
        assert!(text.starts_with("{\"multi-warehouse\":0,\"early-replenishment\":1,"), "{text}");
        assert_eq!(serde_json::from_str::<Numbers>(&text).unwrap(), numbers);
        assert_eq!((*numbers.of(Rule::ALL[3]), numbers.iter().count()), (3, Rule::ALL.len()));
        let wrong = |from: &str, to: &str| {
            serde_json::from_str::<Numbers>(&text.replacen(from, to, 1)).unwrap_err().to_string()
        };
        assert!(wrong("\"swap\"", "\"swop\"").starts_with("there is no rule `swop`"));
        assert!(wrong("\"multi-warehouse\":0,", "").starts_with("the rule `multi-warehouse` is missing"));
        assert!(wrong("{", "{\"swap\":9,").starts_with("the rule `swap` is there twice"));
        assert!(serde_json::from_str::<Numbers>("3").unwrap_err().to_string().contains("keys are rules"));
    }
}
