//! The exponential of mean 1.

use std::sync::LazyLock;

use super::Stream;
use super::stream::GRID;

/// Draws exponentials of mean 1, by the ziggurat: nearly always one draw, one look-up and one multiplication.
#[derive(Clone, Copy)]
pub struct UnitExponential(&'static Ziggurat);

impl Default for UnitExponential {
    fn default() -> Self {
        Self::new()
    }
}

impl UnitExponential {
    /// A sampler, of which a loop that draws much keeps one: it need not ask each time whether the tables are there.
    #[inline]
    pub fn new() -> Self {
        Self(&EXPONENTIAL)
    }

    /// Draws an exponential.
    #[inline(always)]
    pub fn draw(self, stream: &mut Stream) -> f64 {
        loop {
            let bits = stream.bits();
            let layer = (bits & 0xff) as usize;
            let Layer { grid, inner } = self.0.layers[layer];
            let x = (bits >> 11) as f64 * grid;
            if x < inner {
                return x;
            }
            let (accepted, after) = self.draw_beside_the_layer(layer, x, *stream);
            *stream = after;
            if let Some(x) = accepted {
                return x;
            }
        }
    }

    /// The one draw in a hundred that falls outside a layer's inner part: in the tail or under the curve. The stream goes in and
    /// out by value: lent to a function that is called, it could not stay in a register where it is drawn from.
    #[cold]
    fn draw_beside_the_layer(self, layer: usize, x: f64, mut stream: Stream) -> (Option<f64>, Stream) {
        if layer == 0 {
            return (Some(ZIGGURAT_EDGE - libm::log(stream.unit_above_zero())), stream);
        }
        let (low, high) = (self.0.height[layer], self.0.height[layer + 1]);
        let height = low + (high - low) * stream.unit();
        let is_under_the_curve = is_under_near(self.0.width[layer + 1], high, x, height);
        (is_under_the_curve.then_some(x), stream)
    }
}

impl Stream {
    /// An exponential of mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        UnitExponential::new().draw(self)
    }
}

/// Whether `height` < e⁻ˣ, where `high` is e⁻ʷ for a w somewhat below x: nearly always the first terms of the series of e⁻⁽ˣ⁻ʷ⁾, which
/// alternate around it, leave no doubt, by far more than rounding errs, and no exponential need be computed.
fn is_under_near(w: f64, high: f64, x: f64, height: f64) -> bool {
    const BEYOND_ROUNDING: f64 = 1e-12;
    let d = x - w;
    let above = high * (1.0 - d * (1.0 - d / 2.0));
    let below = above - high * (d * d * d / 6.0);
    if (below - BEYOND_ROUNDING..above + BEYOND_ROUNDING).contains(&height) {
        return height < libm::exp(-x);
    }
    height < below
}

/// Layers of equal area under e⁻ˣ (Marsaglia and Tsang 2000), 256 of them, the lowest with the tail.
struct Ziggurat {
    /// What nearly every draw asks, of each layer.
    layers: [Layer; 256],
    /// Right edge of each layer; that of the lowest is widened so that its area includes the tail.
    width: [f64; 257],
    /// e⁻ʷⁱᵈᵗʰ at each edge.
    height: [f64; 257],
}

/// What nearly every draw asks of a layer.
#[derive(Clone, Copy)]
struct Layer {
    /// Its width over the points of the grid of uniform numbers.
    grid: f64,
    /// Right edge of the part that lies under the curve all the way up: the width of the layer above.
    inner: f64,
}

/// Where the tail begins, for 256 layers.
const ZIGGURAT_EDGE: f64 = 7.697_117_470_131_05;
/// Area of each layer.
const ZIGGURAT_AREA: f64 = 3.949_659_822_581_557e-3;

static EXPONENTIAL: LazyLock<Ziggurat> = LazyLock::new(|| {
    let no_layer = Layer { grid: 0.0, inner: 0.0 };
    let mut ziggurat = Ziggurat { layers: [no_layer; 256], width: [0.0; 257], height: [1.0; 257] };
    ziggurat.width[0] = ZIGGURAT_AREA / libm::exp(-ZIGGURAT_EDGE);
    ziggurat.width[1] = ZIGGURAT_EDGE;
    for layer in 1..256 {
        let height = libm::exp(-ziggurat.width[layer]);
        ziggurat.height[layer] = height;
        // The next edge is where the curve is higher by the layer's area over its width; the top one is 0.
        let next = (height + ZIGGURAT_AREA / ziggurat.width[layer]).min(1.0);
        ziggurat.width[layer + 1] = if layer == 255 { 0.0 } else { -libm::log(next) };
    }
    ziggurat.height[0] = libm::exp(-ziggurat.width[0]);
    for (layer, edges) in ziggurat.layers.iter_mut().zip(ziggurat.width.windows(2)) {
        *layer = Layer { grid: edges[0] / GRID, inner: edges[1] };
    }
    ziggurat
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn the_exponential_has_its_tail_and_its_shape() {
        let n = 2_000_000;
        let mut stream = Stream::new(7, 0, Purpose::LeadTime, 1);
        let draws: Vec<f64> = (0..n).map(|_| stream.exponential()).collect();
        for x in [0.01, 0.1, 0.5, 1.0, 2.0, 4.0, 7.0, 7.8, 9.0] {
            let expected = libm::exp(-x);
            let share = draws.iter().filter(|&&draw| draw > x).count() as f64 / f64::from(n);
            let error = 4.5 * (expected * (1.0 - expected) / f64::from(n)).sqrt();
            assert!((share - expected).abs() < error, "P(X > {x}) = {share}, not {expected}");
        }
        let ziggurat = &*EXPONENTIAL;
        for _ in 0..200_000 {
            let layer = 1 + stream.below(255) as usize;
            let (w, edge, high) = (ziggurat.width[layer + 1], ziggurat.width[layer], ziggurat.height[layer + 1]);
            let x = w + (edge - w) * stream.unit();
            // As a point is drawn, and close by the curve, where all depends on the last bits.
            let (drawn, curve) =
                (ziggurat.height[layer] + (high - ziggurat.height[layer]) * stream.unit(), libm::exp(-x));
            for height in [drawn, curve, curve * (1.0 - 1e-15), curve * (1.0 + 1e-15), curve * (1.0 + 1e-11)] {
                assert_eq!(is_under_near(w, high, x, height), height < curve, "{x} {height}");
            }
        }
        assert!((EXPONENTIAL.width[255] * (1.0 - EXPONENTIAL.height[255]) - ZIGGURAT_AREA).abs() < 1e-9);
    }
}
