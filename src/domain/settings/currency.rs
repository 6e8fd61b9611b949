//! The currency that money is told in.

use super::setting::Setting;
use super::table::{Kind, Notation, Shape};
use super::value::Value;

/// What money is told in: an ISO 4217 code, `USD`, or a sign, `€`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency(pub String);

/// Signs of currencies outside the block that Unicode keeps for them.
const SIGNS: &str = "$¢£¤¥฿";

const NOTATION: Notation = Notation {
    pattern: "^[A-Z]{3}$|^[A-Z]{0,2}[$¢£¤¥฿\u{20a0}-\u{20c0}]$",
    expected: "a code of three capitals or a sign, such as \"USD\" or \"€\"",
    parse: |text| {
        if is_currency(text.trim()) {
            Ok(text.trim().chars().map(|c| i64::from(u32::from(c))).collect())
        } else {
            Err("that is neither the code nor the sign of a currency".to_string())
        }
    },
    examples: &["USD", "€", "R$"],
};

fn is_currency(text: &str) -> bool {
    let letters = |text: &str| text.chars().all(|c| c.is_ascii_uppercase());
    let is_sign = |c: char| SIGNS.contains(c) || ('\u{20a0}'..='\u{20c0}').contains(&c);
    match text.chars().last() {
        Some(last) if is_sign(last) => {
            let before = &text[..text.len() - last.len_utf8()];
            before.len() <= 2 && letters(before)
        }
        _ => text.len() == 3 && letters(text),
    }
}

impl Setting for Currency {
    const KIND: Kind = Kind::new("Currency", "a currency: its code or its sign", Shape::Notation(&NOTATION));

    fn from_value(value: Value) -> Self {
        let Value::List(list) = value else { panic!("a currency is read as {value:?}") };
        let letter = |value: &Value| match value {
            Value::Whole(number) => u32::try_from(*number).ok().and_then(char::from_u32),
            _ => None,
        };
        Self(list.iter().filter_map(letter).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_signs() {
        for text in ["USD", "CHF", "$", "€", "R$", "US$", "₿", "£"] {
            let read = (NOTATION.parse)(text).map(|numbers| Currency::from_value(Value::numbers(numbers)));
            assert_eq!(read, Ok(Currency(text.into())));
        }
        for text in ["", "usd", "US", "dollars", "USD$", "€€", "1", "-", "U$D"] {
            assert!((NOTATION.parse)(text).is_err(), "{text}");
        }
    }
}
