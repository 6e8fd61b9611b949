//! Measures as people write them: misspelt names, values in percent.

use super::{Metric, Unit};

impl Metric {
    /// The measure that was probably meant by a name that does not exist: one whose name contains it, else the closest
    /// by edit distance (Levenshtein).
    pub fn nearest(name: &str) -> Self {
        let closeness = |metric: &Self| (!metric.name().contains(name), strsim::levenshtein(name, metric.name()));
        Self::ALL.iter().copied().min_by_key(closeness).expect("there are measures")
    }

    /// Reads a number in the measure's unit; a share may be written in percent. `None` where it is no number.
    ///
    /// # Errors
    /// Where it cannot be in the measure's unit, with what could be meant.
    pub fn parse_value(self, text: &str) -> Result<Option<f64>, String> {
        let is_share = self.definition().unit == Unit::Share;
        let (number, scale) = match text.strip_suffix('%') {
            Some(number) if is_share => (number.trim(), 100.0),
            Some(_) => return Err(format!("{} is no share: give the number in its own unit", self.name())),
            None => (text.trim(), 1.0),
        };
        let Some(value) = number.parse::<f64>().ok().filter(|number| number.is_finite()) else { return Ok(None) };
        if is_share && (value / scale).abs() > 1.0 {
            let meant =
                if scale == 1.0 && value.abs() <= 100.0 { format!(": is {number} % meant?") } else { String::new() };
            return Err(format!("{} is a share, at most 1 or 100 %, not {text}{meant}", self.name()));
        }
        Ok(Some(value / scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_measure_is_recognised() {
        assert_eq!(Metric::nearest("order_fil_rate"), Metric::OrderFillRate);
        assert_eq!(Metric::nearest("cost_per_oder"), Metric::CostPerOrder);
    }

    #[test]
    fn values_are_read_in_the_unit_of_the_measure() {
        let share = |text| Metric::OrderFillRate.parse_value(text);
        assert_eq!((share("0.97"), share("97 %"), share("much")), (Ok(Some(0.97)), Ok(Some(0.97)), Ok(None)));
        assert!(share("97").unwrap_err().contains("is 97 % meant?"));
        assert!(share("970").unwrap_err().ends_with("not 970"));
        assert_eq!(Metric::CostPerOrder.parse_value("12.50"), Ok(Some(12.5)));
        assert!(Metric::CostPerOrder.parse_value("5 %").unwrap_err().contains("is no share"));
    }
}
