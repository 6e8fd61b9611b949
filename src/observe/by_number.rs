//! Things kept by the numbers of orders.

use std::collections::VecDeque;

use crate::domain::OrderNumber;

/// Something about some of the orders that are under way, by their numbers, which nearly always rise: a place for each order from the
/// first one to the last, so that one is found without a search. An order between takes as much room as a `T`.
#[derive(Clone, Debug)]
pub(super) struct ByNumber<T> {
    /// The number of the first place.
    first: OrderNumber,
    places: VecDeque<Option<T>>,
}

impl<T> Default for ByNumber<T> {
    fn default() -> Self {
        Self { first: 0, places: VecDeque::new() }
    }
}

impl<T> ByNumber<T> {
    #[inline(always)]
    fn place(&self, number: OrderNumber) -> Option<usize> {
        usize::try_from(number.checked_sub(self.first)?).ok()
    }

    /// What is kept of an order.
    #[inline(always)]
    pub(super) fn get(&self, number: OrderNumber) -> Option<&T> {
        self.places.get(self.place(number)?)?.as_ref()
    }

    /// The same, to be changed.
    #[inline(always)]
    pub(super) fn get_mut(&mut self, number: OrderNumber) -> Option<&mut T> {
        let place = self.place(number)?;
        self.places.get_mut(place)?.as_mut()
    }

    /// Keeps something of an order.
    pub(super) fn insert(&mut self, number: OrderNumber, value: T) {
        if self.places.is_empty() {
            self.first = number;
        }
        while number < self.first {
            self.places.push_front(None);
            self.first -= 1;
        }
        let place = (number - self.first) as usize;
        if place >= self.places.len() {
            self.places.resize_with(place + 1, || None);
        }
        self.places[place] = Some(value);
    }

    /// Takes away what is kept of an order. What is over at the front takes no room any more.
    #[inline(always)]
    pub(super) fn remove(&mut self, number: OrderNumber) -> Option<T> {
        let place = self.place(number)?;
        let taken = self.places.get_mut(place)?.take()?;
        while let Some(None) = self.places.front() {
            self.places.pop_front();
            self.first += 1;
        }
        Some(taken)
    }

    /// Whether nothing is kept.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Stream};
    use std::collections::BTreeMap;

    #[test]
    fn it_keeps_what_a_map_keeps_and_room_only_from_the_first_order_to_the_last() {
        // Numbers mostly rise, as orders come, and some come late, as those do that were placed ahead.
        let (mut kept, mut expected) = (ByNumber::default(), BTreeMap::new());
        let mut stream = Stream::new(6, 0, Purpose::Arrivals, 0);
        for newest in 100..3_000 {
            let number = newest - if stream.coin(0.1) { stream.below(60) } else { 0 };
            kept.insert(number, newest);
            expected.insert(number, newest);
            let asked = newest.saturating_sub(stream.below(120));
            assert_eq!(kept.get(asked), expected.get(&asked));
            while expected.len() > 40 || (stream.coin(0.4) && !expected.is_empty()) {
                let at = stream.below(expected.len() as u64) as usize;
                let &number = expected.keys().nth(at).expect("there are more");
                assert_eq!(kept.remove(number), expected.remove(&number));
                assert_eq!(kept.remove(number), None);
            }
            let room = expected.first_key_value().map_or(0, |(first, _)| newest + 1 - first);
            assert!(kept.places.len() as u64 <= room, "{} places for {room} orders", kept.places.len());
        }
        assert!(kept.get(0).is_none() && kept.get_mut(u64::MAX).is_none());
        for (number, value) in expected {
            assert_eq!(kept.remove(number), Some(value));
        }
        assert!(kept.is_empty());
    }
}
