//! How wide text is, without a page to ask: a table of advance widths.
//!
//! The page sets chart text in the system's own face, which differs from device to device. The table holds the widths of
//! Noto Sans, which is wider than the faces of Windows, macOS, Android and iOS: a label that fits here fits there.

/// Size of all chart text in pixels.
pub const TEXT_SIZE: f64 = 12.5;

/// Height of the letters above the baseline that boxes are reckoned with, in pixels.
pub const ASCENT: f64 = 9.5;

/// Depth below the baseline, in pixels.
pub const DESCENT: f64 = 3.0;

/// Advance widths of the printable ASCII characters in thousandths of the size, regular weight.
const REGULAR: [u16; 95] = [
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907,
    760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380,
    551, 380, 572,
];

/// The same, strong.
const STRONG: [u16; 95] = [
    260, 286, 472, 646, 572, 901, 750, 266, 339, 339, 545, 572, 285, 322, 285, 413, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 285, 285, 572, 572, 572, 477, 897, 690, 672, 637, 740, 560, 549, 724, 765, 389, 331, 664, 565, 943,
    813, 796, 628, 796, 660, 551, 579, 756, 650, 967, 667, 624, 579, 331, 413, 331, 572, 411, 362, 604, 633, 514, 633,
    591, 387, 633, 657, 305, 305, 620, 305, 982, 657, 619, 633, 633, 454, 497, 434, 657, 569, 856, 578, 569, 488, 394,
    551, 394, 572,
];

/// The width of a text in pixels at [`TEXT_SIZE`].
pub fn width(text: &str, strong: bool) -> f64 {
    let table = if strong { &STRONG } else { &REGULAR };
    let thousandths: u32 = text
        .chars()
        .map(|c| match c {
            ' '..='~' => u32::from(table[c as usize - 32]),
            '\u{a0}' => 260,
            '\u{202f}' => 166,
            '·' | '‘' | '’' => 285,
            '“' | '”' => 445,
            '–' => 500,
            '€' | '£' | '¥' | '₹' | '×' | '÷' => 572,
            '−' => 600,
            '…' | '—' => 1000,
            // Letters with marks and other alphabets: as wide as a broad letter. Signs of East Asia fill their square.
            '\u{1100}'.. => 1000,
            _ => 680,
        })
        .sum();
    f64::from(thousandths) * TEXT_SIZE / 1000.0
}

/// The text, or as much of it as fits with an ellipsis.
pub fn shortened(text: &str, strong: bool, room: f64) -> String {
    if width(text, strong) <= room {
        return text.to_string();
    }
    let mut short = String::new();
    for c in text.chars() {
        let mut longer = short.clone();
        longer.push(c);
        if width(&longer, strong) + width("…", strong) > room {
            break;
        }
        short = longer;
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up() {
        // 730 + 564 + 480 + 260 + 4 x 572 thousandths of 12.5.
        assert!((width("Dec 2025", false) - 54.025).abs() < 1e-9);
        assert!(width("Returning", true) > width("Returning", false));
        assert_eq!(width("", true), 0.0);
    }

    #[test]
    fn what_does_not_fit_is_shortened() {
        assert_eq!(shortened("Search ads", false, 200.0), "Search ads");
        let short = shortened("A channel with a very long name", false, 80.0);
        assert!(short.ends_with('…') && width(&short, false) <= 80.0, "{short}");
    }
}
