//! The hour of an order where it stands in a column beside its date, as tills and spreadsheets write it.

/// A date with the hour that stands beside it; the date alone where it names its own hour or nothing stands beside it. `None` where what
/// stands there is no hour.
pub fn with_hour(date: &str, time: &str) -> Option<String> {
    if date.is_empty() || crate::scenario::is_none(time) || time.is_empty() {
        return Some(date.to_string());
    }
    let Some(day) = day_alone(date) else { return Some(date.to_string()) };
    hour_of(time).map(|hour| format!("{day} {hour}"))
}

/// A date that names no hour, or midnight, as databases write a day; without it.
fn day_alone(date: &str) -> Option<&str> {
    if !date.contains(':') {
        return Some(date);
    }
    const MIDNIGHTS: [&str; 5] = ["00:00:00.000", "00:00:00", "00:00", "0:00:00", "0:00"];
    let found = MIDNIGHTS.iter().find_map(|midnight| date.strip_suffix(midnight))?;
    let day = found.trim_end_matches([' ', 'T']);
    (day.len() < found.len()).then_some(day)
}

/// An hour as dates have it: `10:30`.
fn hour_of(time: &str) -> Option<String> {
    let time = time.trim_end_matches(|c: char| c.is_whitespace() || "Uhrh".contains(c));
    if time.contains(':') {
        // A time of a spreadsheet may come with the day on which its calendar begins.
        let behind =
            time.split_once(' ').filter(|(day, _)| day.starts_with("1899-12-3") || day.starts_with("1900-01-0"));
        return Some(behind.map_or(time, |(_, hour)| hour).to_string());
    }
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let of = |hour: &str, minute: &str, second: &str| {
        let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
        (hour < 24 && minute < 60 && second < 60).then(|| format!("{hour:02}:{minute:02}:{second:02}"))
    };
    if let Some((hour, minute)) = time.split_once(['.', 'h']) {
        if hour != "0" || minute.len() == 2 {
            return if (1..=2).contains(&hour.len()) && minute.len() == 2 { of(hour, minute, "0") } else { None };
        }
        // A spreadsheet's part of a day.
        let seconds = (time.parse::<f64>().ok()? * 86_400.0).round() as u32;
        let part = |seconds: u32| seconds.to_string();
        return of(&part(seconds / 3_600), &part(seconds / 60 % 60), &part(seconds % 60));
    }
    number(time)?;
    match time.len() {
        1 | 2 => of(time, "0", "0"),
        3 | 4 => of(&time[..time.len() - 2], &time[time.len() - 2..], "0"),
        5 | 6 => of(&time[..time.len() - 4], &time[time.len() - 4..time.len() - 2], &time[time.len() - 2..]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::with_hour;

    #[test]
    fn an_hour_beside_a_day_is_read_however_it_is_written() {
        for (time, hour) in [
            ("10:30", "10:30"),
            ("10:30 PM", "10:30 PM"),
            ("10.30", "10:30:00"),
            ("10h30", "10:30:00"),
            ("10:30 Uhr", "10:30"),
            ("9 Uhr", "09:00:00"),
            ("1830", "18:30:00"),
            ("930", "09:30:00"),
            ("183005", "18:30:05"),
            ("0.4375", "10:30:00"),
            ("1899-12-30 10:30:00", "10:30:00"),
        ] {
            for date in ["2026-05-14", "2026-05-14 00:00:00", "2026-05-14T00:00"] {
                assert_eq!(with_hour(date, time), Some(format!("2026-05-14 {hour}")), "{date} {time}");
            }
        }
        for time in ["", "n/a"] {
            assert_eq!(with_hour("2026-05-14", time).as_deref(), Some("2026-05-14"));
        }
        assert_eq!(with_hour("2026-05-14 08:15", "10:30").as_deref(), Some("2026-05-14 08:15"), "its own hour holds");
        for time in ["morning", "2530", "10.75"] {
            assert_eq!(with_hour("2026-05-14", time), None, "{time}");
        }
    }
}
