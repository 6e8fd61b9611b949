//! Numbers as sentences say them.

use std::cell::RefCell;

/// A share as a percentage: `95 %`.
pub fn percent(share: f64) -> String {
    // Twelve digits hide what multiplying by a hundred may have added.
    format!("{} %", (share * 1e14).round() / 1e12)
}

/// A number with as many digits as it needs, at most six decimals.
pub fn plain(value: f64) -> String {
    format!("{}", (value * 1e6).round() / 1e6)
}

/// A number with its thousands set apart and so many decimals: `12,345.50`, `−3`.
pub fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    // Rounding may leave nothing but a sign.
    let plain = if plain.chars().all(|c| matches!(c, '-' | '0' | '.')) { plain.replace('-', "") } else { plain };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("−", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// `1 replication`, `3,000 replications`.
pub fn plural(count: usize, word: &str) -> String {
    format!("{} {word}{}", grouped(count as f64, 0), if count == 1 { "" } else { "s" })
}

thread_local! {
    /// What money is told in while something is put into words.
    static CURRENCY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Puts something into words with its money in a currency: a code, `USD`, or a sign, `€`; without one, money is a bare number.
///
/// A document has one currency and a hundred places that write a sum, so it is set around the writing and not handed to each of them.
pub fn in_currency<T>(currency: Option<&str>, say: impl FnOnce() -> T) -> T {
    /// Puts back what was there before, however the writing ends.
    struct Before(Option<String>);

    impl Drop for Before {
        fn drop(&mut self) {
            CURRENCY.with(|it| it.replace(self.0.take()));
        }
    }

    let _before = Before(CURRENCY.with(|it| it.replace(currency.map(String::from))));
    say()
}

/// The currency that money is told in at the moment.
pub fn currency() -> Option<String> {
    CURRENCY.with(|it| it.borrow().clone())
}

/// An amount that is written already, signed or not, as money: `−$3.20`, `USD 3.20`.
pub fn as_money(amount: &str) -> String {
    let Some(currency) = currency() else { return amount.to_string() };
    let unsigned = amount.trim_start_matches(['−', '+']);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return amount.to_string();
    }
    let sign = &amount[..amount.len() - unsigned.len()];
    let gap = if currency.chars().all(char::is_alphabetic) { " " } else { "" };
    format!("{sign}{currency}{gap}{unsigned}")
}

/// An amount of money with so many decimals.
pub fn money(amount: f64, decimals: usize) -> String {
    as_money(&grouped(amount, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_in_the_currency_of_what_is_written() {
        assert_eq!(money(1_234.5, 2), "1,234.50");
        let told = in_currency(Some("USD"), || {
            let inner = in_currency(Some("€"), || money(-3.0, 2));
            [money(1_234.5, 0), as_money("+0.21"), as_money("–"), inner]
        });
        assert_eq!(told, ["USD 1,234", "+USD 0.21", "–", "−€3.00"]);
        assert_eq!(in_currency(None, || money(3.0, 2)), "3.00");
    }
}
