//! The colours of other tools, and which of Postil's four is the nearest.

use domain::highlight::Colour;

/// The hue of each of Postil's colours, in degrees.
const HUES: [(Colour, f32); 4] =
    [(Colour::Yellow, 50.0), (Colour::Green, 125.0), (Colour::Blue, 215.0), (Colour::Rose, 345.0)];

/// Names that tools have for their colours, and the hue of each.
const NAMES: [(&str, f32); 16] = [
    ("red", 0.0),
    ("orange", 30.0),
    ("yellow", 50.0),
    ("gold", 50.0),
    ("lime", 90.0),
    ("green", 125.0),
    ("teal", 180.0),
    ("turquoise", 175.0),
    ("cyan", 185.0),
    ("aqua", 185.0),
    ("blue", 215.0),
    ("indigo", 250.0),
    ("violet", 270.0),
    ("purple", 280.0),
    ("magenta", 320.0),
    ("pink", 345.0),
];

/// The nearest colour to a name (`yellow`, `light blue`) or to `#rrggbb`; nothing for grey and for what is no colour.
pub(crate) fn nearest(text: &str) -> Option<Colour> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(word) = Colour::ALL.iter().find(|colour| colour.word() == text) {
        return Some(*word);
    }
    let named = || NAMES.iter().find(|(name, _)| text.ends_with(name)).map(|(_, hue)| *hue);
    let hue = text.strip_prefix('#').map_or_else(named, hue)?;
    let apart = |other: f32| {
        let apart = (hue - other).abs();
        apart.min(360.0 - apart)
    };
    let nearest = HUES.iter().min_by(|(_, one), (_, other)| apart(*one).total_cmp(&apart(*other)));
    nearest.map(|(colour, _)| *colour)
}

/// The hue of `rgb` or `rrggbb` in degrees; nothing for a grey.
fn hue(digits: &str) -> Option<f32> {
    let digit = |at: usize| char::from(*digits.as_bytes().get(at)?).to_digit(16);
    let channel = |number: usize| match digits.len() {
        3 => digit(number).map(|digit| digit * 17),
        6 | 8 => Some(digit(2 * number)? * 16 + digit(2 * number + 1)?),
        _ => None,
    };
    let [red, green, blue] = [channel(0)? as f32, channel(1)? as f32, channel(2)? as f32];
    let most = red.max(green).max(blue);
    let span = most - red.min(green).min(blue);
    if span < GREY {
        return None;
    }
    let sixth = if most == red {
        (green - blue) / span
    } else if most == green {
        (blue - red) / span + 2.0
    } else {
        (red - green) / span + 4.0
    };
    Some((sixth * 60.0).rem_euclid(360.0))
}

/// How far apart the strongest and the weakest part of a colour must be, of 255, for it to be more than a grey.
const GREY: f32 = 16.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_colour_is_found() {
        let rows = [
            ("yellow", Some(Colour::Yellow)),
            (" Orange", Some(Colour::Yellow)),
            ("rose", Some(Colour::Rose)),
            ("pink", Some(Colour::Rose)),
            ("RED", Some(Colour::Rose)),
            ("purple", Some(Colour::Blue)),
            ("light blue", Some(Colour::Blue)),
            ("teal", Some(Colour::Blue)),
            ("green", Some(Colour::Green)),
            ("#ffd500", Some(Colour::Yellow)),
            ("#0F0", Some(Colour::Green)),
            ("#ff0080", Some(Colour::Rose)),
            ("#3366ccff", Some(Colour::Blue)),
            ("#808080", None),
            ("#āā", None),
            ("#12345", None),
            ("grey", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(nearest(text), expected, "{text:?}");
        }
    }
}
