//! What is read of an export, by kind of file: the fields that a column may stand for, and what no column may.

use std::fmt;

/// A kind of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Customers' orders.
    Orders,
    /// What lies in the warehouses.
    Inventory,
    /// Orders to vendors.
    Purchases,
    /// What vendors delivered.
    Receipts,
    /// What is sold.
    Products,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Orders, Self::Inventory, Self::Purchases, Self::Receipts, Self::Products];

    /// Its word in options and in `import.toml`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Inventory => "inventory",
            Self::Purchases => "purchases",
            Self::Receipts => "receipts",
            Self::Products => "products",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The fields that such a file may have.
    pub const fn fields(self) -> &'static [Field] {
        use Field::*;
        match self {
            Self::Orders => &[
                Order, Date, Time, Product, Name, Options, Units, Price, Total, Items, Currency, Country, Region,
                Warehouse, Vendor, Shipped, Fulfilled, Left,
            ],
            Self::Inventory => {
                &[Product, Name, Options, Warehouse, OnHand, Incoming, Cost, ReorderPoint, OrderUpTo, Vendor]
            }
            Self::Purchases => {
                &[Purchase, Line, Product, Name, Vendor, Warehouse, Units, Received, Date, Expected, Cost]
            }
            Self::Receipts => &[Purchase, Line, Product, Name, Vendor, Warehouse, Units, Date, Ordered],
            Self::Products => &[Product, Name, Options, Price, Cost, Weight, WeightUnit, Vendor, Group],
        }
    }

    /// The fields without which such a file says nothing; of those in one list, one is enough.
    pub const fn needed(self) -> &'static [&'static [Field]] {
        use Field::*;
        match self {
            Self::Orders => &[&[Date], &[Product, Name, Items]],
            Self::Inventory => &[&[Product, Name], &[OnHand]],
            Self::Purchases => &[&[Purchase], &[Product, Name], &[Units], &[Date]],
            Self::Receipts => &[&[Date], &[Purchase, Ordered]],
            Self::Products => &[&[Product, Name]],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Declares the fields with their words and meanings.
macro_rules! fields {
    ($($name:ident = $word:literal, $meaning:literal;)*) => {
        /// What a column may stand for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field {
            $(#[doc = $meaning] $name,)*
        }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its word in options and in `import.toml`.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it is, in a few words.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

fields! {
    Order = "order", "the order's number";
    Date = "date", "when it was ordered (receipts: when it came)";
    Time = "time", "the hour, where it stands beside the date";
    Product = "product", "the product's code";
    Name = "name", "the product's name, where it has no code";
    Options = "options", "its variant: size, colour";
    Units = "units", "how many";
    Price = "price", "what a unit is sold for";
    Total = "total", "what all units of the line are sold for";
    Items = "items", "several items in one cell";
    Currency = "currency", "the currency of the prices";
    Country = "country", "the customer's country";
    Region = "region", "the customer's state or province";
    Warehouse = "warehouse", "the place of the stock";
    Vendor = "vendor", "who delivers";
    Shipped = "shipped", "units that have left";
    Fulfilled = "fulfilled", "whether the line has left";
    Left = "left", "when it left";
    OnHand = "stock", "units on hand";
    Incoming = "incoming", "units on order";
    Cost = "cost", "what a unit costs";
    ReorderPoint = "reorder_point", "the level at which more is ordered";
    OrderUpTo = "order_up_to", "the level up to which is ordered";
    Purchase = "purchase", "the purchase order's number";
    Line = "line", "the line's number";
    Received = "received", "units that have come";
    Expected = "expected", "when it is expected";
    Ordered = "ordered", "when it was ordered from the vendor";
    Weight = "weight", "kilograms of a unit";
    WeightUnit = "weight_unit", "the unit of the weight: g, kg, oz, lb";
    Group = "group", "products that can stand in for one another";
}

impl Field {
    /// The field of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.word() == word)
    }

    /// Whether its column holds dates that show how the file writes them.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Expected | Self::Ordered)
    }

    /// Whether its column holds numbers.
    pub const fn is_number(self) -> bool {
        use Field::*;
        matches!(
            self,
            Units | Price | Total | Shipped | OnHand | Incoming | Cost | ReorderPoint | OrderUpTo | Received | Weight
        )
    }
}

/// A header as it is compared: small letters and digits, in words.
pub fn normalised(header: &str) -> String {
    let mut words = String::new();
    for c in header.chars() {
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether a column tells of people: what stands below it is not read, whoever asks for it.
pub fn is_personal(header: &str) -> bool {
    const WORDS: [&str; 32] = [
        "email",
        "e mail",
        "mail",
        "phone",
        "telephone",
        "telefon",
        "mobile",
        "street",
        "address",
        "address1",
        "address2",
        "address 1",
        "address 2",
        "zip",
        "postcode",
        "postal",
        "note",
        "notes",
        "company",
        "first name",
        "last name",
        "surname",
        "contact",
        "correo",
        "teléfono",
        "dirección",
        "adresse",
        "straße",
        "plz",
        "comprador",
        "username",
        "ip",
    ];
    const WHOLE: [&str; 17] = [
        "billing name",
        "shipping name",
        "customer",
        "customer name",
        "buyer name",
        "recipient name",
        "ship name",
        "employee",
        "kunde",
        "kundenname",
        "cliente",
        "client",
        "buyer",
        "recipient",
        "bill to",
        "ship to",
        "customer id",
    ];
    let name = normalised(header);
    let padded = format!(" {name} ");
    WHOLE.contains(&name.as_str()) || WORDS.iter().any(|word| padded.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_compared_by_their_words() {
        for header in ["amazon-order-id", "Amazon Order ID", " amazon_order__id "] {
            assert_eq!(normalised(header), "amazon order id");
        }
        assert_eq!(normalised("On hand (current)"), "on hand current");
    }

    #[test]
    fn columns_about_people_are_known() {
        for header in ["Email", "Shipping Name", "Billing Address1", "Phone", "Notes", "Shipping Zip", "billing_email"]
        {
            assert!(is_personal(header), "{header}");
        }
        for header in ["Name", "Shipping Country", "Lineitem name", "StockCode", "ship-state", "Country"] {
            assert!(!is_personal(header), "{header}");
        }
    }

    #[test]
    fn words_lead_back_to_their_fields() {
        assert!(Field::ALL.iter().all(|&field| Field::from_word(field.word()) == Some(field)));
        assert!(Kind::ALL.iter().all(|&kind| Kind::from_word(kind.word()) == Some(kind)));
    }
}
