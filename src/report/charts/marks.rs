//! Marks of a drawing, in pixels as real numbers, and the few colours they have.

/// Drawn units of a pixel.
pub(super) const FINE: f64 = 10.0;

/// A colour, by what it is for. Data colours are Okabe and Ito's, which people who see colours differently tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text, and marks that must be seen.
    Text,
    /// Text said in passing.
    Muted,
    /// Lines of the grid.
    Grid,
    /// What is shaded.
    Shade,
    /// The page behind.
    Paper,
    /// Text on a dark mark, whatever the page.
    OnDark,
    /// Text on a light mark, whatever the page.
    OnLight,
    Blue,
    Sky,
    Green,
    Orange,
    Vermillion,
    Purple,
    Yellow,
    Grey,
}

impl Ink {
    /// Red, green and blue.
    pub(super) const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Text => [0x1F, 0x23, 0x28],
            Self::Muted => [0x57, 0x60, 0x6A],
            Self::Grid => [0xDF, 0xE3, 0xE8],
            Self::Shade => [0xEE, 0xF0, 0xF3],
            Self::Paper => [0xFF, 0xFF, 0xFF],
            Self::OnDark => [0xFE, 0xFE, 0xFE],
            Self::OnLight => [0x1E, 0x1E, 0x1E],
            Self::Blue => [0x00, 0x72, 0xB2],
            Self::Sky => [0x56, 0xB4, 0xE9],
            Self::Green => [0x00, 0x9E, 0x73],
            Self::Orange => [0xE6, 0x9F, 0x00],
            Self::Vermillion => [0xD5, 0x5E, 0x00],
            Self::Purple => [0xCC, 0x79, 0xA7],
            Self::Yellow => [0xF0, 0xE4, 0x42],
            Self::Grey => [0x99, 0x9F, 0xA6],
        }
    }
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A point in pixels, from the upper left corner.
pub(super) type Point = (f64, f64);

pub(super) enum Mark {
    Rect { from: Point, to: Point, ink: Ink, opacity: f64 },
    Path { points: Vec<Point>, ink: Ink, width: f64 },
    Area { points: Vec<Point>, ink: Ink, opacity: f64 },
    Dot { at: Point, radius: f64, ink: Ink },
    Text { at: Point, text: String, ink: Ink, size: f64, anchor: Anchor, bold: bool },
}

/// A length in drawn units.
pub(super) fn fine(pixels: f64) -> i32 {
    libm::rint(pixels * FINE) as i32
}
