//! How orders are drawn: when the next one comes, where from, and what it asks for. [Generated](super::generated) orders and those that
//! [events](super::surge) bring on top are drawn alike.

use super::plan::DemandSamplers;
use crate::domain::{Model, OrderedLine, ProductId, SimTime, ZoneId};
use crate::random::Stream;

/// Draws an order's zone. Where there is only one, it is zone 0, and the draw that would choose it is skipped.
#[inline(always)]
pub(super) fn draw_zone(demand: &DemandSamplers<'_>, zone: &mut ZoneId, stream: &mut Stream) {
    if demand.zones.is_a_single_choice() {
        stream.skip();
    } else {
        *zone = ZoneId(demand.zones.draw(stream));
    }
}

/// A stretch of time in which demand comes at one rate, kept from one order to the next: looking the season up takes two divisions.
#[derive(Clone, Copy, Debug)]
pub(super) struct RateStretch {
    rate: f64,
    end: f64,
}

impl RateStretch {
    /// Before anything was looked up.
    pub(super) const NONE: Self = Self { rate: 0.0, end: f64::NEG_INFINITY };
}

/// The next point of the Poisson process after `from`: an exponential of mean 1, `left`, is used up at the rate of each stretch in
/// which it stays the same. `stretch` is the one in which `from` lies, or one before it.
#[inline(always)]
pub(super) fn use_up(
    left: f64,
    from: f64,
    demand: &DemandSamplers<'_>,
    end: SimTime,
    stretch: &mut RateStretch,
) -> f64 {
    // Nearly always the next point is in the same stretch, and nothing has to be looked up.
    if from < stretch.end && left < stretch.rate * (stretch.end - from) {
        return from + left / stretch.rate;
    }
    let (point, later) = use_up_beyond(left, from, demand, end, *stretch);
    *stretch = later;
    point
}

/// The same where the stretch is over before. It goes in and out by value, so that the caller can keep it in registers.
#[cold]
#[inline(never)]
fn use_up_beyond(
    mut left: f64,
    mut from: f64,
    demand: &DemandSamplers<'_>,
    end: SimTime,
    mut stretch: RateStretch,
) -> (f64, RateStretch) {
    loop {
        if from < stretch.end {
            let points = stretch.rate * (stretch.end - from);
            if left < points {
                return (from + left / stretch.rate, stretch);
            }
            left -= points;
            from = stretch.end;
        }
        if from >= end.0 as f64 {
            return (f64::INFINITY, stretch);
        }
        let (factor, until) = demand.settings.factor_at(from as i64);
        stretch = RateStretch { rate: demand.orders_per_second * factor, end: until as f64 };
    }
}

/// The same for a process whose rate is multiplied: `times` says by how much at a second, and until when.
#[inline(always)]
pub(super) fn next_point(
    mut left: f64,
    mut from: f64,
    demand: &DemandSamplers<'_>,
    end: SimTime,
    mut times: impl FnMut(i64) -> (f64, i64),
) -> f64 {
    while from < end.0 as f64 {
        let (factor, stretch_end) = demand.settings.factor_at(from as i64);
        let (times, times_end) = times(from as i64);
        let stretch_end = stretch_end.min(times_end) as f64;
        let rate = demand.orders_per_second * factor * times;
        let points = rate * (stretch_end - from);
        if left < points {
            return from + left / rate;
        }
        left -= points;
        from = stretch_end;
    }
    f64::INFINITY
}

/// Draws an order of its own, away from any block: its zone, and its lines one by one.
pub(super) fn draw_an_order(
    model: &Model,
    demand: &DemandSamplers<'_>,
    stream: &mut Stream,
    lines: &mut Vec<OrderedLine>,
) -> ZoneId {
    let mut zone = ZoneId(0);
    draw_zone(demand, &mut zone, stream);
    lines.clear();
    for _ in 0..demand.lines.draw(stream) {
        let product = another_product(model, demand, lines, stream);
        lines.push(OrderedLine { product, units: demand.units.draw(stream) });
    }
    zone
}

/// A product by share among those not yet in the order, or with the probability of `affinity` among those bought together
/// with the one before it.
#[inline(always)]
pub(super) fn another_product(
    model: &Model,
    demand: &DemandSamplers,
    lines: &[OrderedLine],
    stream: &mut Stream,
) -> ProductId {
    let draw = |stream: &mut Stream| ProductId(demand.products.draw(stream));
    another_by_share(model, demand, lines, stream, draw, |_, usual| usual).unwrap_or_else(|| draw(stream))
}

/// The same where `draw` draws a product by share, and `share` says what that is, given what it usually is; `None` where all that have
/// one are in the order.
#[inline(always)]
pub(super) fn another_by_share(
    model: &Model,
    demand: &DemandSamplers,
    lines: &[OrderedLine],
    stream: &mut Stream,
    draw: impl Fn(&mut Stream) -> ProductId,
    share: impl Fn(ProductId, f64) -> f64,
) -> Option<ProductId> {
    let affinity = demand.settings.affinity;
    if affinity > 0.0
        && !lines.is_empty()
        && stream.coin(affinity)
        && let Some(product) = bought_with_the_last(demand, lines, stream, &share)
    {
        return Some(product);
    }
    // Rejection draws exactly by share among the others; where a few products have nearly all the shares it would take
    // long, and the explicit sum takes over.
    for _ in 0..16 {
        let product = draw(stream);
        if !OrderedLine::is_named(lines, product) {
            return Some(product);
        }
    }
    let all = model.products.iter().enumerate().map(|(index, about)| (ProductId::from_index(index), about.share));
    by_share_among(&share, lines, all, stream)
}

/// A product by share among those bought together with the last one and not yet in the order, if there are any.
#[inline(always)]
pub(super) fn bought_with_the_last(
    demand: &DemandSamplers,
    lines: &[OrderedLine],
    stream: &mut Stream,
    share: impl Fn(ProductId, f64) -> f64,
) -> Option<ProductId> {
    let group = demand.companions.of(lines.last()?.product);
    if group.is_empty() { None } else { by_share_among(share, lines, group.iter().copied(), stream) }
}

/// A product by share among some, each given with what its share usually is.
#[inline(always)]
fn by_share_among(
    share: impl Fn(ProductId, f64) -> f64,
    lines: &[OrderedLine],
    products: impl Iterator<Item = (ProductId, f64)> + Clone,
    stream: &mut Stream,
) -> Option<ProductId> {
    // All lines are compared, and none of them ends the loop: it is as long for every product.
    let named = |product| lines.iter().fold(false, |is_named, line| is_named | (line.product == product));
    let shares = products.map(|(product, usual)| (product, share(product, usual)));
    let open = shares.filter(|&(product, share)| !named(product) && share > 0.0);
    let total: f64 = open.clone().map(|(_, share)| share).sum();
    let mut left = stream.unit() * total;
    let mut last = None;
    for (product, share) in open {
        last = Some(product);
        left -= share;
        if left < 0.0 {
            break;
        }
    }
    last
}
