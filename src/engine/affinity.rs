//! Lines of many orders, drawn together, where further lines may be of what is bought with the line before.

use super::drawing::bought_with_the_last;
use super::plan::DemandSamplers;
use crate::domain::{OrderedLine, ProductId};
use crate::random::{Chance, Stream};

/// Draws the lines of many orders in one loop, as if no order could name a product twice: `owners` has the order of each line,
/// `first_lines` where each order's lines begin, and `streams` stand before the lines of each order.
pub(super) fn draw_with_affinity(
    demand: &DemandSamplers<'_>,
    lines: &mut [OrderedLine],
    (owners, first_lines): (&[u8], &[u32]),
    streams: &mut [Stream],
) {
    let affinity = Chance::of(demand.settings.affinity);
    // A coin is tossed for every line. An order's first line needs none, so that its stream starts one earlier.
    streams.iter_mut().for_each(Stream::step_back);
    let mut before = u8::MAX;
    for index in 0..lines.len() {
        let owner = owners[index];
        let is_further = std::mem::replace(&mut before, owner) == owner;
        let stream = &mut streams[usize::from(owner)];
        let companion = if affinity.comes_up_and(is_further, stream) {
            let earlier = &lines[first_lines[usize::from(owner)] as usize..index];
            let (companion, after) = companion(demand, earlier, *stream);
            *stream = after;
            companion
        } else {
            None
        };
        let product = companion.unwrap_or_else(|| ProductId(demand.products.draw(stream)));
        lines[index] = OrderedLine { product, units: demand.units.draw(stream) };
    }
}

/// A product that is bought with the one in the last line. The stream goes in and out by value: lent to a function that is called, it
/// could not stay in a register where it is drawn from.
#[inline(never)]
fn companion(demand: &DemandSamplers<'_>, earlier: &[OrderedLine], mut stream: Stream) -> (Option<ProductId>, Stream) {
    let [before @ .., last] = earlier else { return (None, stream) };
    let companions = &demand.companions;
    if before.iter().any(|line| companions.are_together(line.product, last.product)) {
        return (bought_with_the_last(demand, earlier, &mut stream, |_, usual| usual), stream);
    }
    // Nearly always it is the first of its group, and all others are open.
    let group = companions.of(last.product);
    if group.is_empty() {
        return (None, stream);
    }
    let mut left = stream.unit() * companions.share_of_the_others(last.product);
    let mut chosen = None;
    for &(product, share) in group.iter().filter(|&&(product, share)| product != last.product && share > 0.0) {
        chosen = Some(product);
        left -= share;
        if left < 0.0 {
            break;
        }
    }
    (chosen, stream)
}
