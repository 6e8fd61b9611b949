//! Values as the inputs page says them.

use crate::domain::{Distribution, Span};

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

/// A distribution of a duration: `6d on average (gamma, cv 0.5)`.
pub fn duration(distribution: &Distribution) -> String {
    in_words(distribution, |seconds| Span::from_seconds_f64(seconds).to_string())
}

/// A distribution, each of its values as `say` says it.
pub fn in_words(distribution: &Distribution, say: impl Fn(f64) -> String) -> String {
    use Distribution as D;
    match distribution {
        D::Constant(value) => say(*value),
        D::Exponential { mean } => format!("{} on average (exponential)", say(*mean)),
        D::Gamma { mean, cv } => format!("{} on average (gamma, cv {})", say(*mean), plain(*cv)),
        D::Lognormal { mean, cv } => format!("{} on average (lognormal, cv {})", say(*mean), plain(*cv)),
        D::Weibull { mean, cv } => format!("{} on average (Weibull, cv {})", say(*mean), plain(*cv)),
        D::Uniform { min, max } => format!("{} to {} (uniform)", say(*min), say(*max)),
        D::Triangular { min, mode, max } => {
            format!("{} to {}, most likely {} (triangular)", say(*min), say(*max), say(*mode))
        }
        D::Normal { mean, sd } => {
            let all = say(distribution.mean());
            format!("{all} on average (normal of mean {} and sd {}, cut off at 0)", say(*mean), say(*sd))
        }
        D::Poisson { mean } => format!("{} on average (Poisson)", say(*mean)),
        D::Geometric { mean } => format!("{} on average (geometric, from 1)", say(*mean)),
        D::Empirical { values, .. } => {
            let count = grouped(values.len() as f64, 0);
            format!("{} on average (one of {count} values)", say(distribution.mean()))
        }
    }
}
