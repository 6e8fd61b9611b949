//! Numbers as sentences say them.

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
