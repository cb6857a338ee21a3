//! Reads JSON as this server writes it, in little code: every byte of this is downloaded before an article can be marked.
//!
//! It is a deserializer of serde's for what the nouns use and no more: no numbers but whole ones from zero on, no enum
//! that is not tagged from outside, fields by their names alone, and no word on what is wrong. So the compiler keeps of
//! each noun only what reads these; what that saves stands in docs/decisions/0010. serde_json writes what is read here.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// The text is no JSON, or not that of such a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it cannot be read")
    }
}

impl std::error::Error for Unreadable {}

impl Error for Unreadable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads one thing; nothing when it cannot be read or something stands behind it.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader { text, at: 0 };
    let thing = T::deserialize(&mut reader).ok()?;
    reader.next().is_none().then_some(thing)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

type Read<T> = Result<T, Unreadable>;

impl<'a> Reader<'a> {
    /// The next byte that is no white space; it is not passed over.
    fn next(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Passes over this byte if it is the next.
    fn take(&mut self, byte: u8) -> bool {
        let there = self.next() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.take(byte) { Ok(()) } else { Err(Unreadable) }
    }

    /// Passes over a word such as `null` if it is the next.
    fn take_word(&mut self, word: &str) -> bool {
        self.next();
        let there = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += if there { word.len() } else { 0 };
        there
    }

    fn number(&mut self) -> Read<u64> {
        self.next();
        let digits = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = self.text[self.at..self.at + digits].parse();
        self.at += digits;
        number.map_err(|_| Unreadable)
    }

    /// The raw inside of a string: what stands between its quotes.
    fn raw(&mut self) -> Read<&'a str> {
        self.expect(b'"')?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                None => return Err(Unreadable),
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        self.text.get(start..self.at - 1).ok_or(Unreadable)
    }

    /// Passes over one thing, whatever it is.
    fn skip(&mut self) -> Read<()> {
        let mut depth = 0_u32;
        loop {
            match self.next().ok_or(Unreadable)? {
                b'"' => drop(self.raw()?),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).ok_or(Unreadable)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let rest = &self.text.as_bytes()[self.at..];
                    let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
                    self.at += match word.count() {
                        0 => return Err(Unreadable),
                        length => length,
                    };
                }
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}

/// The words of a string that has escapes in it (RFC 8259, 7).
fn unescaped(raw: &str) -> Option<String> {
    let mut words = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        words.push_str(before);
        let mut chars = after.chars();
        words.push(match chars.next()? {
            c @ ('"' | '\\' | '/') => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = unit(&mut chars)?;
                // What lies beyond the first plane is written as two units of UTF-16.
                let second = if (0xD800..0xDC00).contains(&first) {
                    let second = chars.as_str().strip_prefix("\\u")?;
                    chars = second.chars();
                    unit(&mut chars)?.checked_sub(0xDC00).filter(|second| *second < 0x400)?
                } else {
                    0
                };
                let pair = 0x10000 + (first.wrapping_sub(0xD800) << 10) + second;
                char::from_u32(if (0xD800..0xDC00).contains(&first) { pair } else { first })?
            }
            _ => return None,
        });
        rest = chars.as_str();
    }
    words.push_str(rest);
    Some(words)
}

/// Four hexadecimal digits.
fn unit(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + chars.next()?.to_digit(16)?))
}

/// What no noun has.
macro_rules! unused {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
            Err(Unreadable)
        }
    )*};
}

/// Whole numbers of any width: serde sees to it that they fit.
macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            visitor.visit_u64(self.number()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    unused! {
        deserialize_any deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_f32 deserialize_f64
        deserialize_char deserialize_bytes deserialize_byte_buf
    }

    numbers! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let yes = self.take_word("true");
        if yes || self.take_word("false") { visitor.visit_bool(yes) } else { Err(Unreadable) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let raw = self.raw()?;
        if raw.contains('\\') { visitor.visit_str(&unescaped(raw).ok_or(Unreadable)?) } else { visitor.visit_str(raw) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    /// Names are written without escapes.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.raw()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.take_word("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.take_word("null") { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'[')?;
        visitor.visit_seq(Members { reader: self, first: true, end: b']' })
    }

    /// Who wants so many asks for no more, so the end is looked for here.
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Members { reader: self, first: true, end: b']' })?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, count: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_tuple(count, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'{')?;
        visitor.visit_map(Members { reader: self, first: true, end: b'}' })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let holds = self.take(b'{');
        let value = visitor.visit_enum(Choice { reader: self, holds })?;
        if holds {
            self.expect(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// What stands in brackets, one after another.
struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
    end: u8,
}

impl Members<'_, '_> {
    /// Goes to the next one; says whether there is one.
    fn advance(&mut self) -> Read<bool> {
        if self.reader.take(self.end) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(b',')?;
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Members<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.advance()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if self.advance()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// One of several, by its name; it may hold something.
struct Choice<'r, 'de> {
    reader: &'r mut Reader<'de>,
    holds: bool,
}

impl<'de> EnumAccess<'de> for Choice<'_, 'de> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let name = seed.deserialize(&mut *self.reader)?;
        if self.holds {
            self.reader.expect(b':')?;
        }
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_, 'de> {
    type Error = Unreadable;

    /// What it holds is passed over: so `#[serde(other)]` takes a variant that is not known here, whatever is in it.
    fn unit_variant(self) -> Read<()> {
        if self.holds { self.reader.skip() } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        if self.holds { seed.deserialize(self.reader) } else { Err(Unreadable) }
    }

    fn tuple_variant<V: Visitor<'de>>(self, count: usize, visitor: V) -> Read<V::Value> {
        if self.holds { self.reader.deserialize_tuple(count, visitor) } else { Err(Unreadable) }
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        if self.holds { self.reader.deserialize_map(visitor) } else { Err(Unreadable) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{event::Event, live::Told};
    use proptest::{collection::vec, option, prelude::*};
    use serde::{Deserialize, Serialize};

    /// Has everything that nouns are made of.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Noun {
        words: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perhaps: Option<String>,
        number: u64,
        small: u8,
        pair: (u32, bool),
        states: Vec<State>,
        first: Option<Box<Noun>>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum State {
        Open,
        Said(String),
        Both(u8, u8),
        Settled {
            by: String,
            times: u16,
        },
        #[serde(other)]
        Other,
    }

    fn nouns() -> impl Strategy<Value = Noun> {
        let state = prop_oneof![
            Just(State::Open),
            any::<String>().prop_map(State::Said),
            any::<(u8, u8)>().prop_map(|(one, other)| State::Both(one, other)),
            any::<(String, u16)>().prop_map(|(by, times)| State::Settled { by, times }),
        ];
        let noun = |first: BoxedStrategy<Option<Box<Noun>>>| {
            let rest = (any::<String>(), any::<Option<String>>(), any::<u64>(), any::<u8>(), any::<(u32, bool)>());
            (rest, vec(state.clone(), 0..4), first).prop_map(
                |((words, perhaps, number, small, pair), states, first)| Noun {
                    words,
                    perhaps,
                    number,
                    small,
                    pair,
                    states,
                    first,
                },
            )
        };
        let inner = noun(Just(None).boxed());
        noun(option::of(inner.prop_map(Box::new)).boxed())
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_back(noun in nouns()) {
            prop_assert_eq!(read::<Noun>(&serde_json::to_string(&noun).unwrap()), Some(noun.clone()));
            prop_assert_eq!(read::<Noun>(&serde_json::to_string_pretty(&noun).unwrap()), Some(noun));
        }

        #[test]
        fn what_is_cut_off_is_refused(noun in nouns(), at in any::<prop::sample::Index>()) {
            let whole = serde_json::to_string(&noun).unwrap();
            let ends: Vec<_> = whole.char_indices().map(|(at, _)| at).collect();
            prop_assert_eq!(read::<Noun>(&whole[..*at.get(&ends)]), None);
        }

        #[test]
        fn no_text_makes_it_fail(text in "[\\[\\]{}\",:\\\\ntu0-9a ]{0,40}|.{0,40}") {
            let lenient = read::<serde::de::IgnoredAny>(&text).is_some();
            prop_assert!(lenient || serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err(), "{text:?}");
            prop_assert_eq!(read::<String>(&text), serde_json::from_str(&text).ok());
            prop_assert_eq!(read::<Vec<u8>>(&text), serde_json::from_str(&text).ok());
        }
    }

    #[test]
    fn strings_are_read_by_the_standard() {
        let rows = [
            ("\"\"", Some("")),
            ("\"a\\\"b\\\\c\\/d\"", Some("a\"b\\c/d")),
            ("\"\\n\\t\\u0101\\u0041\"", Some("\n\tāA")),
            ("\"\\ud83d\\ude00\"", Some("😀")),
            ("\"\\uDBFF\\uDFFF\"", Some("\u{10ffff}")),
            ("\"\\ud83d\"", None),
            ("\"\\ud83d\\u0041\"", None),
            ("\"\\ude00\"", None),
            ("\"\\u12\"", None),
            ("\"\\x\"", None),
            ("\"\\", None),
            ("\"\\ā", None),
            ("\"a", None),
        ];
        for (text, expected) in rows {
            assert_eq!(read::<String>(text).as_deref(), expected, "{text}");
            assert_eq!(serde_json::from_str::<String>(text).ok().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_variant_that_is_not_known_is_passed_over_with_what_it_holds() {
        let rows = [
            ("[\"open\",\"begun\"]", Some(vec![State::Open, State::Other])),
            (
                "[{\"begun\":{\"by\":[1,\"]}\",-2.5e3,null]}},{\"said\":\"a\"}]",
                Some(vec![State::Other, State::Said("a".to_owned())]),
            ),
            ("[{\"said\":7}]", None),
            ("[{\"open\":null},{}]", None),
            ("[\"said\"]", None),
        ];
        for (text, expected) in rows {
            assert_eq!(read::<Vec<State>>(text), expected, "{text}");
        }
    }

    #[test]
    fn events_are_read_as_serde_json_reads_them() {
        let id = "AAAAAAAAAAAAAAAAAAAAAA";
        let head = format!("\"number\":7,\"group\":\"{id}\",\"by\":\"{id}\",\"at\":\"2026-03-01T12:00:00.5Z\"");
        let selectors =
            "{\"quote\":{\"exact\":\"a\",\"prefix\":\"\",\"suffix\":\"\"},\"position\":{\"start\":1,\"end\":2}}";
        let highlight = format!(
            "{{\"id\":\"{id}\",\"article\":\"{id}\",\"revision\":\"{id}\",\"colour\":\"rose\",\"selectors\":{selectors},\
             \"anchor\":{{\"revision\":\"{id}\",\"standing\":{{\"changed\":{{\"range\":{{\"start\":3,\"end\":4}},\"score\":900}}}}}},\
             \"made_by\":\"{id}\",\"made_at\":\"2026-03-01T12:00:00Z\"}}"
        );
        let rows = [
            (format!("{{{head},\"change\":{{\"highlight_made\":{highlight}}}}}"), true),
            (format!("{{\"change\":{{\"note_removed\":\"{id}\"}},\"new\":[{{}}],{head}}}"), true),
            (format!("{{{head},\"change\":{{\"arrivals_brought\":{{\"count\":3}}}}}}"), true),
            (format!("{{{head}}}"), false),
            (format!("{{{head},\"change\":{{\"note_removed\":\"short\"}}}}"), false),
        ];
        for (text, good) in rows {
            let event = serde_json::from_str::<Event>(&text).ok();
            assert_eq!(event.is_some(), good, "{text}");
            assert_eq!(read::<Event>(&text), event, "{text}");
            let told = format!("{{\"events\":[{text},{text}]}}");
            assert_eq!(read::<Told>(&told), serde_json::from_str(&told).ok(), "{told}");
        }
    }
}
