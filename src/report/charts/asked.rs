//! Cost against service of everything that was asked of a page: a point an answer, those along one lever joined in its order, beside the
//! result that they are held against.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, Point, SMALL, cut, width_of};
use super::front::{Labels, Mark, around};
use super::ground::{Ground, Trade, range};

/// An answer, or the result that answers are held against.
pub(in crate::report) struct Asked {
    /// A short name.
    pub name: String,
    /// What is said when the pointer is on it.
    pub said: String,
    /// Where a click on it leads.
    pub link: String,
    /// What it costs, with half of the interval of its difference.
    pub cost: (f64, f64),
    /// What that buys, likewise.
    pub service: (f64, f64),
    /// What it stands out for.
    pub mark: Option<Mark>,
}

/// Answers along one lever.
pub(in crate::report) struct Along {
    /// The lever.
    pub name: String,
    /// Their numbers, in its order.
    pub points: Vec<usize>,
}

/// Colours of levers, in the order in which they were moved; the last is for all further ones.
const INKS: [Ink; 4] = [Ink::Blue, Ink::Purple, Ink::Vermillion, Ink::Grey];

/// Names keep clear of a line at places so many pixels apart.
const STEP: f64 = 4.0;

/// The chart; `None` of nothing.
pub(in crate::report) fn asked(
    title: &str,
    caption: String,
    trade: &Trade,
    points: &[Asked],
    along: &[Along],
) -> Option<Chart> {
    points.first()?;
    let ends = |(mean, half): (f64, f64)| [mean - half, mean + half];
    let cost = range(points.iter().flat_map(|it| ends(it.cost)), false);
    let service = range(points.iter().flat_map(|it| ends(it.service)), trade.is_percent);
    let ink_of = |number: usize| {
        let line = along.iter().position(|line| line.points.contains(&number));
        line.map_or(Ink::Grey, |line| INKS[line.min(INKS.len() - 1)])
    };
    let draw = |canvas: &mut Canvas, narrow: bool| {
        let above = legend(canvas, along);
        let Ground { x, y, left, top, bottom } = Ground::drawn(canvas, narrow, trade, above, [cost, service]);
        let place = |it: &Asked| (x.at(it.cost.0), y.at(it.service.0));
        for (number, line) in along.iter().enumerate() {
            let ink = INKS[number.min(INKS.len() - 1)];
            canvas.path(line.points.iter().map(|&point| place(&points[point])).collect(), ink, 1.4);
        }
        for (number, it) in points.iter().enumerate() {
            let (at, ink) = (place(it), it.mark.map_or(ink_of(number), Mark::ink));
            let [from, to] = ends(it.cost).map(|end| x.at(end));
            canvas.line((from, at.1), (to, at.1), ink, 1.2);
            let [from, to] = ends(it.service).map(|end| y.at(end));
            canvas.line((at.0, from), (at.0, to), ink, 1.2);
        }
        // What stands out lies above the rest, and is named first; of the rest, the last asked.
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by_key(|&number| (points[number].mark, number));
        for &number in &order {
            let it = &points[number];
            let radius = if it.mark == Some(Mark::Chosen) { 6.5 } else { 4.5 };
            canvas.dot(place(it), radius, it.mark.map_or(ink_of(number), Mark::ink));
        }
        let taken = points.iter().map(|it| around(place(it), 5.0)).collect();
        let mut labels = Labels { taken, width: canvas.width, left, top, bottom };
        // No line runs through a name, as long as there is room beside it.
        let mut lines: Vec<(Point, Point)> = Vec::new();
        for it in points {
            let (at, [west, east], [one, other]) =
                (place(it), ends(it.cost).map(|end| x.at(end)), ends(it.service).map(|end| y.at(end)));
            lines.push(((west, at.1 - 1.0), (east, at.1 + 1.0)));
            lines.push(((at.0 - 1.0, one.min(other)), (at.0 + 1.0, one.max(other))));
        }
        for line in along {
            lines.extend(line.points.windows(2).flat_map(|pair| {
                let [from, to] = [place(&points[pair[0]]), place(&points[pair[1]])];
                let steps = (libm::hypot(to.0 - from.0, to.1 - from.1) / STEP).max(1.0);
                (0..=steps as usize).map(move |step| {
                    let part = step as f64 / steps;
                    around((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part), 1.0)
                })
            }));
        }
        let names = names(points, canvas.width * 0.4);
        for &number in order.iter().rev() {
            let name = &names[number];
            let taken = labels.taken.len();
            labels.taken.extend(&lines);
            let is_written = labels.write(canvas, place(&points[number]), name);
            labels.taken.drain(taken..taken + lines.len());
            if !is_written {
                labels.write(canvas, place(&points[number]), name);
            }
        }
        for &number in &order {
            let it = &points[number];
            let (from, to) = around(place(it), 9.0);
            canvas.link(from, to, it.said.as_str(), it.link.as_str());
        }
    };
    let height = |narrow: bool| {
        let width = if narrow { super::NARROW } else { super::WIDE };
        320.0 + places(width, along).last().map_or(0.0, |it| it.1 + 13.0)
    };
    Some(Chart::new("asked", title, caption, "", draw, height))
}

/// The names, cut to the room that they have. Where different ones would be cut to the same, as much as all of those share at their
/// beginning is left out; where some would be the same still, all of those have numbers, in the order in which they were asked.
fn names(points: &[Asked], room: f64) -> Vec<String> {
    let mut names: Vec<String> = points.iter().map(|it| cut(&it.name, room, SMALL)).collect();
    let alike = |names: &[String]| -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for number in 0..points.len() {
            match groups.iter_mut().find(|group| names[group[0]] == names[number]) {
                Some(group) => group.push(number),
                None => groups.push(vec![number]),
            }
        }
        groups.retain(|group| group.iter().any(|&number| points[number].name != points[group[0]].name));
        groups
    };
    for group in alike(&names) {
        let first = points[group[0]].name.as_str();
        let same = group.iter().map(|&number| shared(first, &points[number].name)).min().unwrap_or(0);
        // From the lever in which they differ, else from the word.
        let begin = |apart: &str| first[..same].rfind(apart).map(|at| at + apart.len());
        let fits = |from: usize| {
            let parts = group.iter().map(|&number| format!("… {}", &points[number].name[from..]));
            parts.map(|name| cut(&name, room, SMALL)).collect::<Vec<_>>()
        };
        let are_apart = |short: &[String]| {
            let differ = |one: usize, other: usize| {
                points[group[one]].name == points[group[other]].name || short[one] != short[other]
            };
            (0..short.len()).all(|other| (0..other).all(|one| differ(one, other)))
        };
        let found = [begin(", "), begin(" ")].into_iter().flatten().map(fits).find(|short| are_apart(short));
        for (&number, short) in group.iter().zip(found.into_iter().flatten()) {
            names[number] = short;
        }
    }
    for group in alike(&names) {
        let mut seen: Vec<&str> = Vec::new();
        for number in group {
            let name = points[number].name.as_str();
            let place = seen.iter().position(|known| *known == name).unwrap_or_else(|| {
                seen.push(name);
                seen.len() - 1
            });
            names[number] = format!("{} {}", cut(name, room - width_of(" 99", SMALL), SMALL), place + 1);
        }
    }
    names
}

/// How much of two texts is the same from their beginning.
fn shared(one: &str, other: &str) -> usize {
    one.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map_or(one.len().min(other.len()), |it| it.0.0)
}

/// Where the names of levers stand, in lines above everything else; nowhere where there is but one.
fn places(width: f64, along: &[Along]) -> Vec<Point> {
    if along.len() < 2 {
        return Vec::new();
    }
    let (mut x, mut y) = (4.0, 9.0);
    let place = |line: &Along| {
        let across = width_of(&line.name, SMALL) + 30.0;
        if x > 4.0 && x + across > width {
            (x, y) = (4.0, y + 18.0);
        }
        let at = (x, y);
        x += across;
        at
    };
    along.iter().map(place).collect()
}

/// Writes which colour is which lever, and says down to where.
fn legend(canvas: &mut Canvas, along: &[Along]) -> f64 {
    let places = places(canvas.width, along);
    for (number, (line, &(x, y))) in along.iter().zip(&places).enumerate() {
        canvas.dot((x + 4.0, y), 4.5, INKS[number.min(INKS.len() - 1)]);
        canvas.small((x + 14.0, y), cut(&line.name, canvas.width - x - 16.0, SMALL), Ink::Text, Anchor::Start);
    }
    places.last().map_or(0.0, |it| it.1 + 13.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(name: &str, cost: f64, service: f64, mark: Option<Mark>) -> Asked {
        let (said, link) = (format!("{name}: said"), format!("#what-if:{name}=<1>"));
        Asked { name: name.into(), said, link, cost: (cost, 0.1), service: (service, 0.5), mark }
    }

    fn drawn(points: &[Asked], along: &[Along]) -> Option<String> {
        let trade = Trade { cost: "cost".into(), service: "filled".into(), is_percent: true, is_more_better: true };
        asked("title", "caption".into(), &trade, points, along).map(|chart| chart.inline())
    }

    #[test]
    fn every_answer_is_a_point_that_leads_to_it() {
        assert!(drawn(&[], &[]).is_none());
        let points = [point("above", 10.0, 90.0, Some(Mark::Today)), point("b", 11.0, 95.0, Some(Mark::Chosen))];
        let svg = drawn(&points, &[]).unwrap();
        // Once on a page and once on a telephone; the keyboard has the same links in the table.
        assert_eq!(svg.matches("<a href=\"#what-if:b=&lt;1&gt;\" tabindex=\"-1\">").count(), 2, "{svg}");
        assert_eq!(svg.matches("b: said").count(), 2);
        assert!(!svg.contains("<polyline fill=\"none\" stroke=\"#0072B2\""), "there is no lever to go along");
    }

    #[test]
    fn levers_have_colours_and_a_legend_where_there_are_several() {
        let points: Vec<Asked> =
            (0..5).map(|it| point(&format!("p{it}"), 10.0 + f64::from(it), 90.0 + f64::from(it), None)).collect();
        let line = |name: &str, points: &[usize]| Along { name: name.into(), points: points.to_vec() };
        let one = drawn(&points, &[line("Reorder points", &[0, 1, 2])]).unwrap();
        assert!(one.contains("stroke=\"#0072B2\"") && !one.contains("Reorder points"), "{one}");
        let two = drawn(&points, &[line("Reorder points", &[0, 1, 2]), line("Lead times", &[0, 3, 4])]).unwrap();
        assert!(two.contains("Reorder points") && two.contains("Lead times") && two.contains("stroke=\"#CC79A7\""));
    }

    #[test]
    fn names_that_are_cut_differ_still() {
        let room = super::super::NARROW * 0.4;
        let both = [
            "reorder points × 1.1, backorders are cancelled after: 10d",
            "reorder points × 1.1, backorders are cancelled after: 20d",
        ];
        let lever = ["reorder points × 1.1, demand × 2", "reorder points × 1.1, demand × 3", "b"];
        let one = ["vendors.far-east-by-sea-and-rail.lead_time=10d", "vendors.far-east-by-sea-and-rail.lead_time=20d"];
        let told = |of: &[&str]| names(&of.iter().map(|name| point(name, 1.0, 1.0, None)).collect::<Vec<_>>(), room);
        assert_eq!(told(&lever), ["… demand × 2", "… demand × 3", "b"]);
        let square = [
            "reorder points × 1.1, backorders are cancelled after: 10d",
            "reorder points × 1.1, backorders are cancelled after: 20d",
            "reorder points × 1.2, backorders are cancelled after: 10d",
            "reorder points × 1.2, backorders are cancelled after: 20d",
        ];
        let longer = ["products.whey-protein-1kg.reorder_point=2", "products.whey-protein-1kg.reorder_point=20"];
        for (of, names) in [(&square[..], told(&square)), (&longer[..], told(&longer))] {
            for (number, name) in names.iter().enumerate() {
                assert!(!names[..number].contains(name) && width_of(name, SMALL) <= room, "{of:?}: {names:?}");
            }
        }
        for names in [told(&both), told(&one)] {
            assert!(names[0] != names[1] && names.iter().all(|name| width_of(name, SMALL) <= room), "{names:?}");
        }
        assert_eq!(told(&both), ["… 10d", "… 20d"]);
        // What is the same is called the same.
        assert_eq!(told(&[both[0], both[0]])[0], cut(both[0], room, SMALL));
    }

    #[test]
    fn a_long_legend_has_several_lines_on_a_telephone() {
        let line = |name: &str| Along { name: name.into(), points: Vec::new() };
        let along = ["Available lines ship ahead", "Backorders are cancelled after", "Reorder points"].map(line);
        let places = places(super::super::NARROW, &along);
        assert_eq!(places.iter().map(|it| it.1).collect::<Vec<_>>(), [9.0, 27.0, 45.0]);
    }
}
