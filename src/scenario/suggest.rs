//! "Did you mean": the known name closest to a mistyped one.

/// The candidate closest to a name, if one is close enough to be what was meant.
///
/// Distance is the number of letters to insert, drop, change or swap with a neighbour (optimal string alignment),
/// with case and the difference between `-`, `_` and a space ignored; about a third of the letters may differ.
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = folded(name);
    let allowed = (name.len() / 3).clamp(1, 4);
    let mut best: Option<(usize, &'c str)> = None;
    for candidate in candidates {
        let limit = best.map_or(allowed, |(distance, _)| distance.saturating_sub(1));
        if candidate.len().abs_diff(name.len()) > limit + 4 {
            continue;
        }
        let other = folded(candidate);
        if other.len().abs_diff(name.len()) > limit {
            continue;
        }
        let distance = distance(&name, &other);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) && distance < name.len().max(1) {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn folded(name: &str) -> Vec<char> {
    name.chars()
        .map(|c| match c {
            '-' | ' ' => '_',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
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
}
