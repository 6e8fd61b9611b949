//! Lines of many orders, drawn together, where further lines may be of what is bought with the line before.

use std::hint::select_unpredictable;

use super::drawing::bought_with_the_last;
use super::plan::DemandSamplers;
use crate::domain::{OrderedLine, ProductId};
use crate::random::{Chance, Stream};

/// The lines whose coin came up, by their positions, each with the stream of its order as it stood then: memory for a block.
pub(super) type CameUp = Vec<(u32, Stream)>;

/// Draws the lines of many orders in one loop, as if no order could name a product twice: `owners` has the order of each line,
/// `first_lines` where each order's lines begin, and `streams` stand before the lines of each order. `drawn_otherwise` is told of an
/// order whose lines have to be drawn one by one instead, as one of them takes another number of draws.
pub(super) fn draw_with_affinity(
    demand: &DemandSamplers<'_>,
    lines: &mut [OrderedLine],
    (owners, first_lines): (&[u8], &[u32]),
    streams: &mut [Stream],
    came_up: &mut CameUp,
    mut drawn_otherwise: impl FnMut(u8),
) {
    let affinity = Chance::of(demand.settings.affinity);
    // A coin is tossed for every line. An order's first line needs none, so that its stream starts one earlier.
    streams.iter_mut().for_each(Stream::step_back);
    let mut before = u8::MAX;
    // First every line is given a product by share, and what is bought with the line before takes its place afterwards, by the same
    // draw: how the coin falls nobody can foresee, and no branch depends on it here.
    came_up.resize(lines.len(), (0, streams[0]));
    let mut heads = 0;
    for (index, (line, &owner)) in lines.iter_mut().zip(owners).enumerate() {
        let is_further = std::mem::replace(&mut before, owner) == owner;
        let stream = &mut streams[usize::from(owner)];
        let comes_up = affinity.comes_up_and(is_further, stream);
        came_up[heads] = (index as u32, *stream);
        heads += usize::from(comes_up);
        line.product = ProductId(demand.products.draw(stream));
        line.units = demand.units.draw(stream);
    }
    for &(index, stream) in &came_up[..heads] {
        let owner = owners[index as usize];
        let earlier = &lines[first_lines[usize::from(owner)] as usize..index as usize];
        match companion(demand, earlier, stream) {
            Companion::Product(product) => lines[index as usize].product = product,
            Companion::Nothing => {}
            Companion::NothingLeft => drawn_otherwise(owner),
        }
    }
}

/// What is bought with the last one of some lines.
enum Companion {
    Product(ProductId),
    /// Nothing ever is, and nothing was drawn.
    Nothing,
    /// All of it is in the order already, which takes a draw to find out.
    NothingLeft,
}

#[inline(always)]
fn companion(demand: &DemandSamplers<'_>, earlier: &[OrderedLine], mut stream: Stream) -> Companion {
    let [.., last] = earlier else { return Companion::Nothing };
    let companions = &demand.companions;
    let group = companions.of(last.product);
    if group.is_empty() {
        return Companion::Nothing;
    }
    if is_another_together(demand, earlier, last.product) {
        let product = bought_with_the_last(demand, earlier, &mut stream, |_, usual| usual);
        return product.map_or(Companion::NothingLeft, Companion::Product);
    }
    // Nearly always it is the first of its group, and all others are open. All are passed, and none of them ends the loop: which one is
    // chosen nobody can foresee.
    let mut left = stream.unit() * companions.share_of_the_others(last.product);
    let (mut chosen, mut is_chosen) = (last.product, false);
    for &(product, share) in group {
        let is_open = (product != last.product) & (share > 0.0) & !is_chosen;
        chosen = select_unpredictable(is_open, product, chosen);
        // A product, as the compiler would make a branch of a choice between floats.
        left -= share * f64::from(u8::from(is_open));
        is_chosen |= left < 0.0;
    }
    if chosen == last.product { Companion::NothingLeft } else { Companion::Product(chosen) }
}

/// Whether a line before the last one is of a product that is bought together with that one's.
#[inline(always)]
fn is_another_together(demand: &DemandSamplers<'_>, earlier: &[OrderedLine], last: ProductId) -> bool {
    let is_together = |line: &OrderedLine| demand.companions.are_together(line.product, last);
    // Nearly always there are at most two, and as often none as some: these are looked at whether or not they are there.
    let back = |lines: usize| (earlier.len() > lines) & is_together(&earlier[earlier.len().saturating_sub(lines + 1)]);
    let is_near = back(1) | back(2);
    is_near || (earlier.len() > 3 && earlier[..earlier.len() - 3].iter().any(is_together))
}
