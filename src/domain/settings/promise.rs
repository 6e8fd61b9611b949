//! `[promise]`: the words of its keys.

use super::declare::words;

words! {
    /// What customers are promised by a date.
    pub enum Promised {
        /// The arrival of the parcel.
        Delivered = "delivered", "the arrival of the parcel";
        /// The departure of the parcel.
        Shipped = "shipped", "the departure of the parcel";
    }
}

words! {
    /// When a product that is shown On Backorder is said to be back.
    pub enum Restock {
        /// When the next purchase order is promised that is on its way to a warehouse that serves the customer; where there is none, a
        /// mean lead time from now.
        NextReceipt = "next-receipt", "when the next purchase order on its way is promised";
        /// A mean lead time from now.
        LeadTime = "lead-time", "a mean lead time from now";
    }
}

words! {
    /// A day of the week. The first day of a run is a Monday.
    pub enum Weekday {
        /// Day 0 of the run, and every seventh after it.
        Monday = "mon", "Monday";
        /// Day 1.
        Tuesday = "tue", "Tuesday";
        /// Day 2.
        Wednesday = "wed", "Wednesday";
        /// Day 3.
        Thursday = "thu", "Thursday";
        /// Day 4.
        Friday = "fri", "Friday";
        /// Day 5.
        Saturday = "sat", "Saturday";
        /// Day 6.
        Sunday = "sun", "Sunday";
    }
}
