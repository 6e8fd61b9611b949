//! Small numbers that name things. Each is an index into the table of its kind in the [`Model`](super::Model),
//! in the order of the scenario file, which is also the last tie-break everywhere.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as a position in the table of its kind.
            #[inline]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the row at a position.
            ///
            /// # Panics
            /// When the position does not fit in 32 bits; validation refuses tables of that size.
            #[inline]
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("tables hold fewer than 2^32 rows"))
            }
        }
    };
}

id!(
    /// A customer zone.
    ZoneId
);
id!(
    /// A warehouse.
    WarehouseId
);
id!(
    /// A vendor, who delivers products to warehouses.
    VendorId
);
id!(
    /// A product (a stock-keeping unit).
    ProductId
);

/// An order's number within a replication: 1, 2, … scripted orders first, then generated ones by arrival.
pub type OrderNumber = u64;

/// A line's number within its order, from 1; a swapped-in line takes the next number.
pub type LineNumber = u32;

/// The position of a pair of warehouse and product in dense tables, among so many warehouses: a product's pairs stand together, so
/// that an order line touches one stretch.
#[inline(always)]
pub const fn pair_among(warehouses: usize, warehouse: WarehouseId, product: ProductId) -> usize {
    product.index() * warehouses + warehouse.index()
}
