//! Which lines are goods: codes and names of postage, tips, gift cards and fees, proposed from the data.

use super::fields::normalised;

/// What a product is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Its code, or its name where it has none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Rows that name it.
    pub rows: usize,
    /// Whether rows name it differently.
    pub has_several_names: bool,
}

/// Names and codes of what is no goods, by themselves.
const WORDS: [&str; 40] = [
    "post",
    "postage",
    "shipping",
    "delivery",
    "freight",
    "carriage",
    "porto",
    "versand",
    "versandkosten",
    "envío",
    "envio",
    "frete",
    "livraison",
    "frais de port",
    "spedizione",
    "dot",
    "dotcom postage",
    "tip",
    "tips",
    "trinkgeld",
    "propina",
    "discount",
    "rabatt",
    "descuento",
    "remise",
    "fee",
    "fees",
    "bank charges",
    "amazonfee",
    "amazon fee",
    "adjustment",
    "manual",
    "rounding",
    "donation",
    "spende",
    "gift card",
    "gift voucher",
    "gutschein",
    "insurance",
    "samples",
];
/// What such names begin with.
const BEGINNINGS: [&str; 14] = [
    "gift card",
    "giftcard",
    "e gift card",
    "egift card",
    "gift voucher",
    "digital gift card",
    "shipping ",
    "postage ",
    "delivery charge",
    "delivery fee",
    "service fee",
    "shipping protection",
    "package protection",
    "carbon neutral",
];
/// Codes unlike all others are proposed up to this share of the rows.
const FEW: f64 = 0.01;

/// The codes that are proposed to be left out, in the order of the data.
pub fn proposed(all: &[Called]) -> Vec<String> {
    let rows: usize = all.iter().map(|called| called.rows).sum();
    let has_digit_first = |called: &&Called| called.code.starts_with(|c: char| c.is_ascii_digit());
    let unlike: usize = all.iter().filter(|called| !has_digit_first(called)).map(|called| called.rows).sum();
    // Where all but a few codes begin with a digit, those that do not are the shop's own words.
    let are_digits = unlike > 0 && all.len() >= 20 && (unlike as f64) <= FEW * rows as f64;
    let is_none = |called: &&Called| match are_digits {
        // What somebody wrote for a name of a code like all others says nothing of the product.
        true => !has_digit_first(called),
        false => is_word(&called.code) || is_word(&called.name),
    };
    all.iter().filter(is_none).map(|called| called.code.clone()).collect()
}

/// Codes of what may be no goods, as a word for it stands within its code or name: `Versandkosten DHL`, `Express shipping`, `Pfand`.
pub fn doubted(all: &[Called]) -> Vec<String> {
    const WITHIN: [&str; 20] = [
        "shipping",
        "postage",
        "delivery",
        "freight",
        "versand",
        "versandkosten",
        "porto",
        "pfand",
        "gutschein",
        "voucher",
        "giftcard",
        "deposit",
        "surcharge",
        "discount",
        "rabatt",
        "livraison",
        "envío",
        "envio",
        "frete",
        "trinkgeld",
    ];
    let is_within = |text: &str| normalised(text).split(' ').any(|word| WITHIN.contains(&word));
    let is_doubted = |called: &&Called| is_within(&called.code) || is_within(&called.name);
    all.iter().filter(is_doubted).map(|called| called.code.clone()).collect()
}

fn is_word(text: &str) -> bool {
    let text = normalised(text);
    WORDS.contains(&text.as_str()) || BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

/// Whether a product is left out by a list: its code or its name, or what one of them begins with (`gift_*`).
pub fn is_ignored(called: &Called, list: &[String]) -> bool {
    list.iter().any(|entry| match entry.strip_suffix('*') {
        Some(beginning) => called.code.starts_with(beginning) || called.name.starts_with(beginning),
        None => called.code == *entry || (!called.name.is_empty() && called.name == *entry),
    })
}

/// A list of codes with those that begin alike put together: `gift_0001_10`, `gift_0001_20` as `gift_0001_*`, where no goods do.
pub fn shortened(list: &[String], all: &[Called]) -> Vec<String> {
    let mut short: Vec<String> = Vec::new();
    for code in list {
        let beginning = code.rfind(['_', '-']).map(|at| &code[..=at]);
        let alike = |beginning: &str| list.iter().filter(|other| other.starts_with(beginning)).count();
        let is_safe = |beginning: &str| {
            all.iter().all(|called| {
                !(called.code.starts_with(beginning) || called.name.starts_with(beginning))
                    || list.contains(&called.code)
            })
        };
        let entry = match beginning {
            Some(beginning) if alike(beginning) > 1 && is_safe(beginning) => format!("{beginning}*"),
            _ => code.clone(),
        };
        if !short.contains(&entry) {
            short.push(entry);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(code: &str, name: &str, rows: usize) -> Called {
        Called { code: code.into(), name: name.into(), rows, ..Called::default() }
    }

    #[test]
    fn postage_tips_and_gift_cards_are_proposed() {
        let all = [
            called("TEA", "Green tea", 9),
            called("TIP", "", 1),
            called("x1", "Gift Card 20 EUR", 1),
            called("TIPPLE", "", 3),
        ];
        assert_eq!(proposed(&all), ["TIP", "x1"]);
        let all = [
            called("V1", "Versandkosten DHL", 2),
            called("E-Gutschein 20 EUR", "", 1),
            called("S", "Ship in a bottle", 1),
        ];
        assert_eq!(
            (proposed(&all), doubted(&all)),
            (Vec::new(), vec!["V1".to_string(), "E-Gutschein 20 EUR".to_string()])
        );
    }

    #[test]
    fn codes_unlike_all_others_are_proposed_where_they_are_few() {
        let mut all: Vec<Called> = (0..30).map(|at| called(&format!("{at}85A"), "", 100)).collect();
        all.push(called("M", "", 3));
        all.push(called("gift_0001_10", "", 2));
        all.push(called("gift_0001_20", "", 2));
        let found = proposed(&all);
        assert_eq!(found, ["M", "gift_0001_10", "gift_0001_20"]);
        let short = shortened(&found, &all);
        assert_eq!(short, ["M", "gift_0001_*"]);
        assert!(is_ignored(&all[31], &short) && !is_ignored(&all[0], &short));
        all.push(called("SKU-9", "", 300));
        assert!(!proposed(&all).contains(&"SKU-9".to_string()), "a tenth of the rows are goods of another kind");
    }
}
