//! What a declaration consists of: tables, keys, and kinds of values.

/// A table of the scenario file, as declared.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of its definition in the JSON Schema.
    pub name: &'static str,
    /// What messages and documentation call it: `[rules.split]`.
    pub title: &'static str,
    /// Its keys, in the order of the declaration.
    pub keys: &'static [Key],
    /// How many of its keys may be left out.
    pub entries: Entries,
    comment: &'static str,
}

/// How many keys a table must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// Those that are needed.
    Needed,
    /// At least one, whichever it is.
    AtLeastOne,
    /// Exactly one.
    One,
}

/// A key of a table, as declared.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as the file has it.
    pub name: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// What holds where it is left out.
    pub presence: Presence,
    /// Values to show, as TOML.
    pub examples: &'static [&'static str],
    comment: &'static str,
}

/// What holds where a key is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It may not be left out.
    Needed,
    /// There is nothing, then.
    Optional,
    /// A table within the table: all its keys have their defaults, then.
    Defaults,
    /// As if this stood in the file, as TOML.
    Default(&'static str),
}

/// What may stand at a key.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The name of its definition in the JSON Schema; empty where it has none.
    pub name: &'static str,
    /// What the documentation calls it.
    pub in_words: &'static str,
    /// What the JSON Schema says about it; empty where there is nothing to say.
    pub about: &'static str,
    /// How it is read.
    pub shape: Shape,
    /// The kind that it narrows down, by whose definition the JSON Schema describes it.
    pub base: Option<&'static Kind>,
    /// Whether it is the probability of a coin that is tossed in a run.
    pub is_probability: bool,
    /// What its words mean, in their order; empty where it has none, or none that need explaining.
    pub meanings: &'static [&'static str],
}

/// How a value is read.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// `true` or `false`.
    Flag,
    /// A number within a range.
    Number(Range),
    /// An amount of money.
    Money,
    /// A whole number from the first to the second.
    Whole(i64, i64),
    /// A duration.
    Duration,
    /// A duration above 0.
    SomeTime,
    /// A duration, or the word that stands for none.
    DurationOr(&'static str),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any text.
    Text,
    /// A text that is not empty.
    Name,
    /// The path of a file.
    File,
    /// A constant, or one key that names a distribution.
    Distribution(Quantity),
    /// A text in a notation of its own, such as a time of day.
    Notation(&'static Notation),
    /// What stands between the columns of a file: one of these signs.
    Separator(&'static [&'static str]),
    /// A list of values: at least so many, and at most so many where there is such a number.
    List(&'static Kind, usize, Option<usize>),
    /// A table whose keys are names.
    Map(&'static Kind),
    /// A table within the table.
    Table(&'static Table),
    /// Rows of a table, or the file that they stand in.
    Rows(&'static Table),
    /// A value of one of these kinds; it is read by hand.
    Either(&'static [Kind]),
    /// Any value; it is read by hand.
    Any,
}

/// How a text of a kind of its own is written, and what numbers it comes to.
#[derive(Debug)]
pub struct Notation {
    /// A regular expression that such texts match, for the JSON Schema.
    pub pattern: &'static str,
    /// What is expected, for messages, with an example.
    pub expected: &'static str,
    /// The numbers that a text stands for, or what is wrong with it.
    pub parse: fn(&str) -> Result<Vec<i64>, String>,
    /// Texts that may stand there.
    pub examples: &'static [&'static str],
}

/// What is distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A time; its parameters are durations, in seconds inside.
    Duration,
    /// A number of lines or units, at least 1.
    Count,
    /// A number of units, perhaps 0.
    Units,
    /// Another number of at least 0.
    Number,
}

/// Which numbers a key takes.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The least.
    pub min: f64,
    /// The most.
    pub max: f64,
    /// Whether the least itself is too little.
    pub above_min: bool,
    /// Whether the most itself is too much.
    pub below_max: bool,
    /// What such a number is, for messages.
    pub what: &'static str,
}

impl Table {
    /// A table; `comment` is the text of its doc comment.
    pub const fn new(
        name: &'static str,
        title: &'static str,
        entries: Entries,
        comment: &'static str,
        keys: &'static [Key],
    ) -> Self {
        Self { name, title, keys, entries, comment }
    }

    /// What it is about, in Markdown.
    pub fn about(&self) -> String {
        without_margin(self.comment)
    }

    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    /// A key; `comment` is the text of its doc comment.
    pub const fn new(
        name: &'static str,
        kind: Kind,
        presence: Presence,
        examples: &'static [&'static str],
        comment: &'static str,
    ) -> Self {
        Self { name, kind, presence, examples, comment }
    }

    /// What it means, in Markdown, and what each word means that may stand there.
    pub fn about(&self) -> String {
        let mut text = without_margin(self.comment);
        for (word, meaning) in self.kind.words_in_words() {
            let mut letters = meaning.chars();
            let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
            text.push_str(&format!(" `\"{word}\"`: {first}{}", letters.as_str()));
        }
        text
    }
}

/// The text of a doc comment without the space that each line begins with.
fn without_margin(comment: &str) -> String {
    let lines: Vec<&str> = comment.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_string()
}

impl Kind {
    /// A kind with a definition of its own.
    pub const fn new(name: &'static str, in_words: &'static str, shape: Shape) -> Self {
        Self { name, in_words, about: "", shape, base: None, is_probability: false, meanings: &[] }
    }

    /// The same with something to say about it.
    pub const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// The same with what its words mean, which are the texts of doc comments.
    pub const fn meaning(self, meanings: &'static [&'static str]) -> Self {
        Self { meanings, ..self }
    }

    /// What its words mean, each with the word, in Markdown.
    pub fn words_in_words(&self) -> impl Iterator<Item = (&'static str, String)> {
        let words: &[&str] = match self.shape {
            Shape::Word(words) => words,
            _ => &[],
        };
        words.iter().copied().zip(self.meanings.iter().map(|comment| without_margin(comment)))
    }

    /// A kind that narrows another down.
    pub const fn within(base: &'static Self, shape: Shape) -> Self {
        Self { shape, base: Some(base), ..*base }
    }

    /// Whether lists and alternatives of it are read as they are declared: simple values, or one of two that cannot be taken for each
    /// other.
    pub fn is_read_as_declared(&self) -> bool {
        matches!(self.name, "ClassRef") || matches!(self.shape, Shape::List(of, ..) if matches!(of.name, "ClassRef"))
    }

    /// A table within the table.
    pub const fn table(table: &'static Table) -> Self {
        Self::new(table.name, "a table (below)", Shape::Table(table))
    }

    /// Rows of a table; `name` is that of their definition.
    pub const fn rows(name: &'static str, table: &'static Table) -> Self {
        Self::new(name, "a table (below)", Shape::Rows(table))
            .about("Rows, or `file = \"table.csv\"` with the keys as headers.")
    }
}

impl Range {
    /// Beyond this, sums of squares lose their meaning.
    pub const HUGE: f64 = 1e12;

    const fn closed(min: f64, max: f64, what: &'static str) -> Self {
        Self { min, max, above_min: false, below_max: false, what }
    }

    /// A share.
    pub const SHARE: Self = Self::closed(0.0, 1.0, "a share, a number from 0 to 1");
    /// A share that is neither 0 nor 1.
    pub const INNER_SHARE: Self =
        Self { min: 0.0, max: 1.0, above_min: true, below_max: true, what: "a number above 0 and below 1" };
    /// A share above one half.
    pub const MAJORITY: Self = Self {
        min: 0.5,
        max: 1.0,
        above_min: true,
        below_max: true,
        what: "a share above 0.5 and below 1, such as 0.95",
    };
    /// A weight, a rate.
    pub const NOT_NEGATIVE: Self = Self::closed(0.0, Self::HUGE, "a number of at least 0");
    /// A number above 0.
    pub const POSITIVE: Self =
        Self { min: 0.0, max: Self::HUGE, above_min: true, below_max: false, what: "a number above 0" };
    /// Any number.
    pub const ANY: Self = Self::closed(-Self::HUGE, Self::HUGE, "a number");
    /// An amount of money, so bounded that the cents of ninety million parcels or purchase orders stay within 64 bits.
    pub const MONEY: Self = Self::closed(0.0, 1e9, "an amount of money of at least 0");
    /// A latitude.
    pub const LATITUDE: Self = Self::closed(-90.0, 90.0, "a latitude in degrees, from -90 to 90");
    /// A longitude.
    pub const LONGITUDE: Self = Self::closed(-180.0, 180.0, "a longitude in degrees, from -180 to 180");

    /// The same up to another bound.
    pub const fn up_to(self, max: f64) -> Self {
        Self { max, ..self }
    }
}
