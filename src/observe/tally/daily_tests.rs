//! The daily series of a replication that is told by hand.

use super::*;

#[test]
fn the_daily_series_runs_from_the_start_to_the_end_of_the_window() {
    let mut story = Story::new();
    story.stock(BOISE, WHEY, 3);
    let early = story.order(1, 0.5, HOME, &[(WHEY, 1, 1, true)], Availability::All, Mode::ShipsNow);
    story.parcel(early, 0.5, 1, BOISE, &[(WHEY, 1)]);
    let lines = [(WHEY, 1, 1, true), (CREATINE, 2, 0, true)];
    let late = story.order(2, 10.5, HOME, &lines, Availability::Some, Mode::Held);
    story.backordered(late, 10.5, 2, CREATINE, 2);
    story.at(12.0, O::Receipt { warehouse: BOISE, product: CREATINE, units: 2, purchase_order: None });
    let daily = story.tell().outcome.daily;
    assert_eq!(daily.len(), 11);
    assert_eq!(daily[0].values(), [2, 0, 0, 1, 1, 1]);
    assert_eq!(daily[5].values(), [2, 0, 0, 0, 0, 0]);
    assert_eq!(daily[10].values(), [2, 2, 0, 1, 2, 1]);
}
