//! The two macros that declare settings. What they make is told in [`settings`](super).

/// Declares a table of settings.
///
/// A key stands as `name: type as KIND = default, example(value), says "Row" => |table| sentence;`. The kind may be left out where
/// the type says it ([`Setting::KIND`](super::Setting::KIND)). The default is written as in the file; `needed` stands for none,
/// `optional` for a key that may be left out and then means nothing, `defaults` for a table within the table whose keys then all
/// have their defaults. The sentence is what the inputs page has beside the row's
/// heading; a setting without one is told in another's sentence. With `#[derive(Default)]` every key has a default. After the
/// table's title, `, One` or `, AtLeastOne` says how many keys it must have ([`Entries`](super::Entries)).
macro_rules! settings {
    (
        $(#[doc = $about:literal])+
        $(#[derive($default:ident)])?
        pub struct $name:ident $(as $definition:literal)?: $title:literal $(, $entries:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $type:ty $(as $kind:path)? = $presence:tt
                $(, example($($example:tt)+))*
                $(, says $label:literal => $say:expr)?;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(
                $(#[doc = $doc])+
                pub $field: $type,
            )+
        }

        impl $crate::domain::settings::Settings for $name {
            const TABLE: $crate::domain::settings::Table = $crate::domain::settings::Table::new(
                $crate::domain::settings::declare::first!($($definition,)? stringify!($name)),
                $title,
                $crate::domain::settings::declare::entries!($($entries)?),
                concat!($($about, "\n"),+),
                &[$(
                    $crate::domain::settings::Key::new(
                        stringify!($field),
                        $crate::domain::settings::declare::first!(
                            $($kind,)? <$type as $crate::domain::settings::Setting>::KIND
                        ),
                        $crate::domain::settings::declare::presence!($presence),
                        &[$(stringify!($($example)+)),*],
                        concat!($($doc, "\n"),+),
                    ),
                )+],
            );

            fn from_values(values: Vec<$crate::domain::settings::Value>) -> Self {
                let mut values = $crate::domain::settings::setting::Values::new::<Self>(values);
                Self { $($field: values.take()),+ }
            }

            fn in_words(&self) -> Vec<$crate::domain::settings::Row> {
                let mut rows = Vec::new();
                $(
                    $(rows.extend($crate::domain::settings::setting::row($label, self, $say));)?
                    rows.extend($crate::domain::settings::Setting::rows(&self.$field));
                )+
                rows
            }

            fn is_random(&self) -> bool {
                let mut keys = Self::TABLE.keys.iter();
                $(
                    keys.next().is_some_and(|key| $crate::domain::settings::Setting::is_random(&self.$field, &key.kind))
                )||+
            }
        }

        impl $crate::domain::settings::Setting for $name {
            const KIND: $crate::domain::settings::Kind =
                $crate::domain::settings::Kind::table(&<Self as $crate::domain::settings::Settings>::TABLE);

            fn from_value(value: $crate::domain::settings::Value) -> Self {
                match value {
                    $crate::domain::settings::Value::Table(values) => {
                        $crate::domain::settings::Settings::from_values(values)
                    }
                    other => panic!("{} is read as {other:?}", stringify!($name)),
                }
            }

            fn is_random(&self, _kind: &$crate::domain::settings::Kind) -> bool {
                $crate::domain::settings::Settings::is_random(self)
            }

            fn rows(&self) -> Vec<$crate::domain::settings::Row> {
                $crate::domain::settings::Settings::in_words(self)
            }
        }

        $(
            impl $default for $name {
                fn default() -> Self {
                    $crate::domain::settings::Setting::from_value($crate::domain::settings::Value::defaults(
                        &<Self as $crate::domain::settings::Settings>::TABLE,
                    ))
                }
            }
        )?
    };
}

/// Declares a table that no struct holds, as what is read of it is put together by hand: a constant, with keys that stand as
/// `name: KIND = default, example(value);`.
macro_rules! table {
    (
        $(#[doc = $about:literal])+
        $visibility:vis $name:ident as $definition:literal: $title:literal $(, $entries:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $key:ident: $kind:path = $presence:tt
                $(, example($($example:tt)+))*;
            )+
        }
    ) => {
        $(#[doc = $about])+
        $visibility const $name: $crate::domain::settings::Table = $crate::domain::settings::Table::new(
            $definition,
            $title,
            $crate::domain::settings::declare::entries!($($entries)?),
            concat!($($about, "\n"),+),
            &[$(
                $crate::domain::settings::Key::new(
                    stringify!($key),
                    $kind,
                    $crate::domain::settings::declare::presence!($presence),
                    &[$(stringify!($($example)+)),*],
                    concat!($($doc, "\n"),+),
                ),
            )+],
        );
    };
}

/// How many keys a table must have.
macro_rules! entries {
    () => {
        $crate::domain::settings::Entries::Needed
    };
    ($entries:ident) => {
        $crate::domain::settings::Entries::$entries
    };
}

/// Declares an enum whose variants are words of the scenario file: `Variant = "word", "what the inputs page says";`. A variant's
/// doc comment is what the documentation says of the word, behind a colon.
macro_rules! words {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $variant:ident = $word:literal, $phrase:literal;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $(
                $(#[doc = $doc])+
                $variant,
            )+
        }

        impl $crate::domain::settings::Words for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const WORDS: &'static [&'static str] = &[$($word),+];
            const MEANINGS: &'static [&'static str] = &[$(concat!($($doc, "\n"),+)),+];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            fn phrase(self) -> &'static str {
                match self {
                    $(Self::$variant => $phrase,)+
                }
            }
        }

        impl $crate::domain::settings::Setting for $name {
            const KIND: $crate::domain::settings::Kind =
                $crate::domain::settings::Kind::word(<Self as $crate::domain::settings::Words>::WORDS)
                    .meaning(<Self as $crate::domain::settings::Words>::MEANINGS);

            fn from_value(value: $crate::domain::settings::Value) -> Self {
                match value {
                    $crate::domain::settings::Value::Word(at) => <Self as $crate::domain::settings::Words>::ALL[at],
                    other => panic!("{} is read as {other:?}", stringify!($name)),
                }
            }
        }
    };
}

/// The first of what is there: a name or a kind that is declared, or else the one that goes without saying.
macro_rules! first {
    ($first:expr $(, $rest:expr)*) => {
        $first
    };
}

/// What holds where a key is left out.
macro_rules! presence {
    (needed) => {
        $crate::domain::settings::Presence::Needed
    };
    (optional) => {
        $crate::domain::settings::Presence::Optional
    };
    (defaults) => {
        $crate::domain::settings::Presence::Defaults
    };
    ($default:tt) => {
        $crate::domain::settings::Presence::Default(stringify!($default))
    };
}

pub(crate) use {entries, first, presence, settings, table, words};
