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
    // Below this, floats tell all whole numbers apart; these are written in a fraction of the time.
    const EXACT: f64 = 9e15;
    let is_whole = decimals == 0 && value.fract() == 0.0 && value.abs() < EXACT;
    let plain = if is_whole { (value as i64).to_string() } else { format!("{value:.decimals$}") };
    let (sign, digits) = match plain.strip_prefix('-') {
        // Rounding may leave nothing but a sign.
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => ("", digits),
        Some(digits) => ("−", digits),
        None => ("", plain.as_str()),
    };
    let whole = digits.bytes().take_while(|&byte| byte != b'.').count();
    if digits.len() == plain.len() && whole <= 3 {
        return plain;
    }
    let mut text = String::with_capacity(sign.len() + digits.len() + whole / 3);
    text.push_str(sign);
    for (index, digit) in digits[..whole].chars().enumerate() {
        if index > 0 && (whole - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(&digits[whole..]);
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
    fn thousands_are_set_apart_and_nothing_has_no_sign() {
        let told = [(0.0, 0), (-0.0, 0), (-0.004, 2), (7.0, 0), (-12.0, 0), (999.5, 1), (1e6, 0), (-1_234.5, 2)];
        let told = told.map(|(value, decimals)| grouped(value, decimals));
        assert_eq!(told, ["0", "0", "0.00", "7", "−12", "999.5", "1,000,000", "−1,234.50"]);
        assert_eq!(
            [f64::NAN, f64::NEG_INFINITY, 1e16].map(|it| grouped(it, 0)),
            ["NaN", "−inf", "10,000,000,000,000,000"]
        );
    }

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
