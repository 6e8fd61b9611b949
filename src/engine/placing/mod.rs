//! Placing an order: the four paths that it can take, and how to know which one it is on.
//!
//! There is one meaning and there are four ways to carry it out. What an order does is what the [general](general) way does with it; the
//! other three do the same for orders about which fewer questions are open, and do it faster, because most orders are of that kind. A property
//! test runs random scenarios both ways and compares all that is stated. In the order in which they are tried:
//!
//! | way | taken by | what it leaves out |
//! |---|---|---|
//! | [in a batch](batch) | generated orders between two entries of the calendar that leave from their zone's nearest warehouse, told as a whole | the calendar, and all of the below |
//! | [as a whole](whole) | orders that leave at once, where the observer only adds up | parcels that have to be remembered until they depart |
//! | [at once](at_once) | orders of which every line is in stock where the sourcing policy wants it | open orders, waiting lines, notices, clocks |
//! | [general](general) | all others: any line that waits, is lost, or is shown on backorder | nothing |
//!
//! In a run with a trace or an audit no order goes in a batch or as a whole: those observers receive every step. The plan says
//! beforehand whether a scenario can have batches at all (`Plan::serves_every_zone`, and a sourcing policy that agrees on the
//! first able warehouse); the look at who has what (`look_who_has_what`) sends each order on its way. A line that is added to what an
//! order does belongs into `general`; it is right for the others if they leave the order to `general` whenever the line would do
//! something.

mod at_once;
mod batch;
mod general;
mod whole;
