//! How many replications a cell has, as `sweep.json`, journals and plans of shards keep it.

use crate::domain::{HalfWidth, Replications};
use serde::{Deserialize, Serialize};

/// A number of replications, or until when, in writing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct KeptReplications(pub Replications);

/// A number, or a table.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Fixed(u32),
    Sequential {
        min: u32,
        max: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        half_width: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relative_half_width: Option<f64>,
        of: String,
    },
}

impl From<KeptReplications> for Written {
    fn from(KeptReplications(replications): KeptReplications) -> Self {
        match replications {
            Replications::Fixed(count) => Self::Fixed(count),
            Replications::Sequential { min, max, half_width, of } => {
                let (half_width, relative_half_width) = match half_width {
                    HalfWidth::Absolute(half_width) => (Some(half_width), None),
                    HalfWidth::Relative(share) => (None, Some(share)),
                };
                Self::Sequential { min, max, half_width, relative_half_width, of }
            }
        }
    }
}

impl TryFrom<Written> for KeptReplications {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Ok(Self(match written {
            Written::Fixed(count) => Replications::Fixed(count),
            Written::Sequential { min, max, half_width, relative_half_width, of } => {
                let half_width = match (half_width, relative_half_width) {
                    (Some(half_width), None) => HalfWidth::Absolute(half_width),
                    (None, Some(share)) => HalfWidth::Relative(share),
                    _ => return Err("`replications` needs one of `half_width` and `relative_half_width`"),
                };
                Replications::Sequential { min, max, half_width, of }
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_a_precision_is_needed() {
        for text in [
            "7",
            r#"{"min":4,"max":9,"half_width":0.5,"of":"order_fill_rate"}"#,
            r#"{"min":4,"max":9,"relative_half_width":0.01,"of":"cost_per_order"}"#,
        ] {
            let read: KeptReplications = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
        for precision in ["", r#""half_width":1.0,"relative_half_width":0.1,"#] {
            let text = format!(r#"{{"min":4,"max":9,{precision}"of":"order_fill_rate"}}"#);
            let refused = serde_json::from_str::<KeptReplications>(&text).unwrap_err().to_string();
            assert!(refused.contains("needs one of `half_width`"), "{refused}");
        }
    }
}
