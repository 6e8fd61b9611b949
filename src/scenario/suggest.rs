//! "Did you mean": the known name closest to a mistyped one, and the one that only looks the same.

use std::fmt::Write as _;
use strsim::osa_distance;
use unicode_normalization::UnicodeNormalization;

/// The candidate closest to a name, if one is close enough to be what was meant.
///
/// Distance is the number of letters to insert, drop, change or swap with a neighbour (optimal string alignment),
/// with case and the difference between `-`, `_` and a space ignored; about a third of the letters may differ.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = folded(name);
    let length = name.chars().count();
    let allowed = (length / 3).clamp(1, 4);
    let mut best: Option<(usize, &'c str)> = None;
    for candidate in candidates {
        let limit = best.map_or(allowed, |(distance, _)| distance.saturating_sub(1));
        // A letter takes up to four bytes.
        if candidate.len() > 4 * (length + limit) || candidate.len() + limit < length {
            continue;
        }
        let other = folded(candidate);
        if other.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = osa_distance(&name, &other);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) && distance < length.max(1) {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn folded(name: &str) -> String {
    let fold = |c: char| match c {
        '-' | ' ' => '_',
        c => c.to_ascii_lowercase(),
    };
    name.chars().map(fold).collect()
}

/// How to mend a name that is none: by the candidate that only looks the same, or by the closest one.
pub fn remedy<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> Option<String> {
    if let Some(meant) = twin(name, candidates.clone()) {
        return Some(format!("\"{meant}\" looks the same, but {}; copy it from there", difference(name, meant)));
    }
    closest(name, candidates).map(|meant| format!("did you mean \"{meant}\"?"))
}

/// The candidate that is another text than a name and yet looks the same.
pub fn twin<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let shape = shape(name);
    candidates.into_iter().find(|candidate| *candidate != name && self::shape(candidate) == shape)
}

/// What a name looks like: accents and letters composed alike, blanks alike, without what cannot be seen, and letters of
/// other alphabets as the Latin ones they cannot be told from. Equal for two names exactly if nobody can tell them apart.
pub fn shape(name: &str) -> String {
    if name.is_ascii() {
        return name.trim().to_string();
    }
    let mut shape = String::with_capacity(name.len());
    for c in name.nfkc() {
        match c {
            c if c.is_whitespace() => shape.push(' '),
            c if is_invisible(c) => {}
            '‐' | '‑' | '‒' | '–' | '−' => shape.push('-'),
            '’' | '‘' | 'ʼ' => shape.push('\''),
            c => shape.push(LOOKALIKES.iter().find(|(others, _)| others.contains(c)).map_or(c, |&(_, latin)| latin)),
        }
    }
    shape.trim().to_string()
}

/// The first character of a line, outside quotes and comments, that only looks like one of those that are meant there: where it
/// begins, what it is, and the plain one, which is none for what cannot be seen. In words of another alphabet nothing is.
pub fn disguised(line: &str) -> Option<(usize, char, Option<char>)> {
    let mut quote = None;
    let mut word_start = 0;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => continue,
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => return None,
            (None, _) => {}
        }
        if c.is_ascii() {
            let in_word = c.is_ascii_alphanumeric() || c == '_' || c == '-';
            word_start = if in_word { word_start } else { at + 1 };
            continue;
        }
        let is_end =
            |c: char| c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_' && c != '-');
        let rest = &line[at..];
        let end = rest.char_indices().skip(1).find(|(_, c)| is_end(*c)).map_or(rest.len(), |(end, _)| end);
        let plain = plain(c);
        if !c.is_alphabetic() || shape(&line[word_start..at + end]).is_ascii() {
            match plain {
                Some(plain) => return Some((at, c, Some(plain))),
                None if is_invisible(c) => return Some((at, c, None)),
                None => {}
            }
        }
    }
    None
}

/// A line with plain characters in place of those that only look like them.
pub fn undisguised(line: &str) -> String {
    let mut line = line.to_string();
    while let Some((at, c, plain)) = disguised(&line) {
        line.replace_range(at..at + c.len_utf8(), &plain.map_or(String::new(), String::from));
    }
    line
}

/// The plain character that another one looks like; quotes, which are told otherwise, have none.
fn plain(c: char) -> Option<char> {
    if c.is_whitespace() {
        return Some(' ');
    }
    let mut shape = shape(c.encode_utf8(&mut [0; 4])).chars().collect::<Vec<char>>().into_iter();
    let plain = shape.next().filter(|plain| plain.is_ascii() && !matches!(plain, '\'' | '"'))?;
    shape.next().is_none().then_some(plain)
}

/// How to mend a text of which only the looks of its characters are right: what to write, and which character is another one.
pub fn retyped(text: &str) -> Option<String> {
    let meant = shape(text);
    let (c, plain) = text.chars().filter(|c| !c.is_ascii()).find_map(|c| Some((c, plain(c)?)))?;
    meant.is_ascii().then(|| format!("write \"{meant}\": {}", told_apart(c, Some(plain))))
}

/// What a character is instead of the plain one it looks like, in words.
pub fn told_apart(c: char, plain: Option<char>) -> String {
    let code = u32::from(c);
    match plain {
        None => format!("there is a character here that cannot be seen, U+{code:04X}"),
        Some(' ') => format!("this blank is U+{code:04X}, not a plain one"),
        Some('-') => format!("`{c}` is U+{code:04X}, not the minus sign `-`"),
        Some(plain) => format!("`{c}` is U+{code:04X}, not `{plain}`"),
    }
}

/// Whether a character takes no room: joiners, marks of direction, a byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Cyrillic and Greek letters, and the Latin ones they look like.
const LOOKALIKES: [(&str, char); 31] = [
    ("АΑ", 'A'),
    ("ВΒ", 'B'),
    ("С", 'C'),
    ("ЕΕ", 'E'),
    ("НΗ", 'H'),
    ("ІΙ", 'I'),
    ("Ј", 'J'),
    ("КΚ", 'K'),
    ("МΜ", 'M'),
    ("Ν", 'N'),
    ("ОΟ", 'O'),
    ("РΡ", 'P'),
    ("Ѕ", 'S'),
    ("ТΤ", 'T'),
    ("Υ", 'Y'),
    ("ХΧ", 'X'),
    ("Ζ", 'Z'),
    ("а", 'a'),
    ("с", 'c'),
    ("ԁ", 'd'),
    ("е", 'e'),
    ("һ", 'h'),
    ("і", 'i'),
    ("ј", 'j'),
    ("оο", 'o'),
    ("р", 'p'),
    ("ѕ", 's'),
    ("ν", 'v'),
    ("х", 'x'),
    ("у", 'y'),
    ("ӏ", 'l'),
];

/// In what a name differs from one that looks the same, in words: `its "ö" is U+00F6, here it is U+006F U+0308`.
fn difference(name: &str, meant: &str) -> String {
    let same = name.chars().zip(meant.chars()).take_while(|(one, other)| one == other).count();
    let tail = |text: &str| text.chars().skip(same).collect::<Vec<char>>();
    let (here, there) = (tail(name), tail(meant));
    let same_end = here.iter().rev().zip(there.iter().rev()).take_while(|(one, other)| one == other).count();
    let codes = |letters: &[char]| {
        let mut codes = String::new();
        for letter in letters[..letters.len() - same_end].iter().take(3) {
            let _ = match letter {
                ' ' => write!(codes, "{}a blank", if codes.is_empty() { "" } else { " and " }),
                letter => write!(codes, "{}U+{:04X}", if codes.is_empty() { "" } else { " " }, u32::from(*letter)),
            };
        }
        if codes.is_empty() { "nothing".to_string() } else { codes }
    };
    format!("has {} where this name has {}", codes(&there), codes(&here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised() {
        let keys = ["reorder_point", "order_up_to", "quantity", "review"];
        assert_eq!(closest("reorder_pont", keys), Some("reorder_point"));
        assert_eq!(closest("order-up-to", keys), Some("order_up_to"));
        assert_eq!(closest("reveiw", keys), Some("review"));
        assert_eq!(closest("Quantity", keys), Some("quantity"));
        assert_eq!(closest("höme", ["home"]), Some("home"));
    }

    #[test]
    fn a_stranger_gets_no_suggestion() {
        assert_eq!(closest("colour", ["reorder_point", "price"]), None);
        assert_eq!(closest("x", ["y"]), None);
        assert_eq!(closest("", ["a"]), None);
    }

    #[test]
    fn the_nearest_wins_and_the_first_of_equals() {
        assert_eq!(closest("dayto", ["daytona", "dayton"]), Some("dayton"));
        assert_eq!(closest("boisf", ["boisa", "boisb"]), Some("boisa"));
    }

    #[test]
    fn what_only_looks_like_a_line_of_toml_is_named() {
        for (line, at, c, plain) in [
            ("seed =\u{a0}7", 6, '\u{a0}', Some(' ')),
            ("s\u{435}\u{435}d = 7", 1, '\u{435}', Some('e')),
            ("seed = \u{2013}7", 7, '\u{2013}', Some('-')),
            ("seed \u{ff1d} 7", 5, '\u{ff1d}', Some('=')),
            ("se\u{200b}ed = 7", 2, '\u{200b}', None),
        ] {
            assert_eq!(disguised(line), Some((at, c, plain)), "{line}");
            assert!(undisguised(line).is_ascii(), "{line}");
        }
        for line in ["цена = 7", "name = \"а – b\"", "seed = 7 # – а", "größe = 7", "name = “x”"] {
            assert_eq!(disguised(line), None, "{line}");
        }
        assert_eq!(retyped("９０d").as_deref(), Some("write \"90d\": `９` is U+FF19, not `9`"));
        assert_eq!(retyped("soon"), None);
    }

    #[test]
    fn names_that_look_the_same_are_found() {
        for (name, meant) in [
            ("ho\u{308}me", "höme"),
            ("höme", "ho\u{308}me"),
            ("New\u{a0}York", "New York"),
            ("whey\u{200b}", "whey"),
            ("ｗhey", "whey"),
            ("РЕА", "PEA"),
            ("soy‑milk", "soy-milk"),
            ("whey ", "whey"),
        ] {
            assert_eq!(twin(name, ["pea", meant]), Some(meant), "{name}");
        }
        assert_eq!(twin("höme", ["home", "höme"]), None, "an accent is seen, and a name is no twin of itself");
        let told = remedy("ho\u{308}me", ["höme"]).expect("it looks the same");
        assert_eq!(
            told,
            "\"höme\" looks the same, but has U+00F6 where this name has U+006F U+0308; copy it from there"
        );
    }
}
