//! Paired differences between two scenarios, as a forest plot.

use super::canvas::{Canvas, Ink, SMALL, width_of};
use super::rows::Rows;
use super::scale::Scale;
use super::{Anchor, Chart};

/// A measure's difference between two scenarios, in one unit with all that stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What it is called.
    pub label: String,
    /// The second scenario's mean less the first one's.
    pub mean: f64,
    /// Half of its interval.
    pub half_width: Option<f64>,
    /// What it amounts to.
    pub outcome: Outcome,
    /// Mean and interval as people read them.
    pub shown: String,
}

/// What a difference amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The second scenario is better.
    Better,
    /// It is worse.
    Worse,
    /// It differs, and neither way is better.
    Changed,
    /// It is not told apart from the first.
    Alike,
}

impl Outcome {
    /// All, in the order in which they are counted.
    const ALL: [Self; 4] = [Self::Better, Self::Worse, Self::Changed, Self::Alike];

    const fn ink(self) -> Ink {
        match self {
            Self::Better => Ink::Blue,
            Self::Worse => Ink::Vermillion,
            Self::Changed => Ink::Text,
            Self::Alike => Ink::Grey,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Changed => "changed",
            Self::Alike => "alike or unclear",
        }
    }
}

/// The height of the key.
const KEY: f64 = 24.0;

/// Differences with their intervals about a line at no difference: blue for better, vermillion for worse, grey where
/// nothing can be told. `None` of no differences.
pub fn forest(title: &str, unit: &str, effects: &[Effect]) -> Option<Chart> {
    let reach = |e: &Effect| (e.mean - e.half_width.unwrap_or(0.0), e.mean + e.half_width.unwrap_or(0.0));
    let low = effects.iter().map(|e| reach(e).0).fold(0.0, f64::min);
    let high = effects.iter().map(|e| reach(e).1).fold(0.0, f64::max);
    effects.first()?;
    let told: Vec<&Effect> = effects.iter().filter(|e| e.outcome != Outcome::Alike).collect();
    let number = |outcome: Outcome| effects.iter().filter(|e| e.outcome == outcome).count();
    let outcomes: Vec<Outcome> = Outcome::ALL.into_iter().filter(|outcome| number(*outcome) > 0).collect();
    let caption = match told.iter().max_by(|left, right| left.mean.abs().total_cmp(&right.mean.abs())) {
        None => format!(
            "None of {} can be told apart from chance.",
            super::count(effects.len() as f64, "difference", "differences")
        ),
        Some(largest) => {
            let counts: Vec<String> =
                outcomes.iter().map(|outcome| format!("{} {}", number(*outcome), outcome.words())).collect();
            let counts = counts.join(", ");
            format!("{counts}; the largest difference is in {}: {}.", largest.label, largest.shown)
        }
    };
    let labels: Vec<String> = effects.iter().map(|e| e.label.clone()).collect();
    let figures: Vec<String> = effects.iter().map(|e| e.shown.clone()).collect();
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let full = canvas.height;
        canvas.height = full - KEY;
        let layout = Rows::with_figures(canvas, narrow, &labels, &figures);
        let scale = Scale::round(low, high, (layout.left + 8.0, layout.right - 4.0), 4);
        layout.axis(canvas, &scale, false, unit);
        let (mut x, y) = (4.0, canvas.height + 8.0);
        canvas.height = full;
        for outcome in &outcomes {
            canvas.dot((x + 4.0, y), 4.5, outcome.ink());
            canvas.small((x + 14.0, y), outcome.words(), Ink::Muted, Anchor::Start);
            x += width_of(outcome.words(), SMALL) + 30.0;
        }
        let zero = scale.at(0.0);
        // Labels of a narrow chart stand between the rows, and no line runs through them.
        let half = if narrow { 8.0 } else { layout.half + 1.0 };
        for &y in &layout.middles {
            canvas.line((zero, y - half), (zero, y + half), Ink::Text, 1.4);
        }
        for (effect, &y) in effects.iter().zip(&layout.middles) {
            let (from, to) = reach(effect);
            canvas.line((scale.at(from), y), (scale.at(to), y), effect.outcome.ink(), 2.6);
            canvas.dot((scale.at(effect.mean), y), 4.5, effect.outcome.ink());
            let said = format!("{}: {}, {}", effect.label, effect.shown, effect.outcome.words());
            canvas.tip((0.0, y - layout.half), (canvas.width, y + layout.half), said);
        }
    };
    let height = |narrow| Rows::height_with_figures(narrow, &labels, &figures) + KEY;
    Some(Chart::new("differences", title, caption, "differences.csv", draw, height))
}
