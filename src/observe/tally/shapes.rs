//! How waits, parcels and endings are distributed: coarse histograms that add up over replications, for charts.

use crate::domain::DAY;
use std::ops::AddAssign;

/// Bins of a histogram of waits: bin i counts waits of more than i and at most i + 1 days (the first one those of no
/// time at all, too), the last bin all that are longer. Marks at whole days fall between bins.
pub const WAIT_BINS: usize = 61;

/// Bins of the histogram of parcels: an order of i + 1 parcels; the last bin all that have more.
pub const PARCEL_BINS: usize = 8;

/// How an order ended, told apart for a bar that adds up to all orders asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ending {
    /// Released in the second it was placed, in one parcel.
    AtOnceWhole,
    /// Released in the second it was placed, in several parcels.
    AtOnceInParts,
    /// One parcel, released later.
    LaterWhole,
    /// Several parcels, the last one released later.
    LaterInParts,
    /// Nothing shipped, and no line of it was auto-cancelled.
    CancelledByCustomer,
    /// Nothing shipped, and a line of it was auto-cancelled.
    AutoCancelled,
    /// Every line was lost before the order came about.
    NeverPlaced,
    /// Neither shipped nor cancelled when the run ended.
    Open,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 8] = [
        Self::AtOnceWhole,
        Self::AtOnceInParts,
        Self::LaterWhole,
        Self::LaterInParts,
        Self::CancelledByCustomer,
        Self::AutoCancelled,
        Self::NeverPlaced,
        Self::Open,
    ];

    /// Its name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnceWhole => "at_once_in_one_parcel",
            Self::AtOnceInParts => "at_once_in_several_parcels",
            Self::LaterWhole => "later_in_one_parcel",
            Self::LaterInParts => "later_in_several_parcels",
            Self::CancelledByCustomer => "cancelled_by_customer",
            Self::AutoCancelled => "auto_cancelled",
            Self::NeverPlaced => "every_line_lost",
            Self::Open => "open_at_the_end",
        }
    }
}

/// Histograms over measured orders and their lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shapes {
    /// Lines backordered when placed and covered in the end, by their wait; domestic orders, then international ones.
    pub line_waits: [[u64; WAIT_BINS]; 2],
    /// Shipped orders whose last parcel was released in the second of placing; domestic, international.
    pub orders_at_once: [u64; 2],
    /// The other shipped orders, by the time from placing to the release of their last parcel; likewise.
    pub order_waits: [[u64; WAIT_BINS]; 2],
    /// Shipped orders by their parcels.
    pub parcels: [u64; PARCEL_BINS],
    /// Orders asked for, by [`Ending`].
    pub endings: [u64; Ending::ALL.len()],
}

impl Default for Shapes {
    fn default() -> Self {
        Self {
            line_waits: [[0; WAIT_BINS]; 2],
            orders_at_once: [0; 2],
            order_waits: [[0; WAIT_BINS]; 2],
            parcels: [0; PARCEL_BINS],
            endings: [0; Ending::ALL.len()],
        }
    }
}

impl Shapes {
    /// A line was covered after a wait, in seconds.
    pub(super) fn line_covered(&mut self, international: bool, waited: i64) {
        self.line_waits[usize::from(international)][bin_of(waited)] += 1;
    }

    /// An order was shipped in so many parcels, the last one released so many seconds after its placing.
    #[inline(always)]
    pub(super) fn shipped(&mut self, international: bool, parcels: u32, waited: i64) {
        self.parcels[(parcels as usize).clamp(1, PARCEL_BINS) - 1] += 1;
        let (whole, parts) = if waited == 0 {
            self.orders_at_once[usize::from(international)] += 1;
            (Ending::AtOnceWhole, Ending::AtOnceInParts)
        } else {
            self.order_waits[usize::from(international)][bin_of(waited)] += 1;
            (Ending::LaterWhole, Ending::LaterInParts)
        };
        self.ended(if parcels > 1 { parts } else { whole });
    }

    /// An order ended.
    #[inline(always)]
    pub(super) fn ended(&mut self, ending: Ending) {
        self.endings[ending as usize] += 1;
    }
}

fn bin_of(waited: i64) -> usize {
    ((waited - 1).max(0) / DAY).min(WAIT_BINS as i64 - 1) as usize
}

impl AddAssign<&Shapes> for Shapes {
    fn add_assign(&mut self, other: &Shapes) {
        fn add<const N: usize>(to: &mut [u64; N], from: &[u64; N]) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
        for side in 0..2 {
            add(&mut self.line_waits[side], &other.line_waits[side]);
            add(&mut self.order_waits[side], &other.order_waits[side]);
        }
        add(&mut self.orders_at_once, &other.orders_at_once);
        add(&mut self.parcels, &other.parcels);
        add(&mut self.endings, &other.endings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_days_close_their_bin() {
        let bins = [0, 1, DAY, DAY + 1, 3 * DAY, 30 * DAY, 30 * DAY + 1, i64::MAX].map(bin_of);
        assert_eq!(bins, [0, 0, 0, 1, 2, 29, 30, WAIT_BINS - 1]);
    }

    #[test]
    fn shipped_orders_are_counted_once_in_each_histogram() {
        let mut shapes = Shapes::default();
        shapes.shipped(false, 1, 0);
        shapes.shipped(false, 3, 0);
        shapes.shipped(true, 1, 5 * DAY);
        shapes.shipped(false, 40, 1);
        let mut twice = shapes.clone();
        twice += &shapes;
        assert_eq!(twice.endings, [2, 2, 2, 2, 0, 0, 0, 0]);
        assert_eq!(twice.parcels, [4, 0, 2, 0, 0, 0, 0, 2]);
        assert_eq!(twice.orders_at_once, [4, 0]);
        assert_eq!((twice.order_waits[0][0], twice.order_waits[1][4]), (2, 2));
    }

    #[test]
    fn endings_are_numbered_in_their_order() {
        assert!(Ending::ALL.iter().enumerate().all(|(index, &ending)| ending as usize == index));
    }
}
