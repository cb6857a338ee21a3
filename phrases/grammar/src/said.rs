//! A `say!`: words with values in them, and a `counted!`: words that depend on a number.

use crate::{
    find::placeholders,
    token::{collapsed, is_punct, string_of},
};
use proc_macro2::{TokenStream, TokenTree};

/// `say!("Reading {number} of {last}", last = list.len())`.
#[derive(Debug)]
pub struct Said {
    /// The message.
    pub words: String,
    values: Vec<(String, TokenStream)>,
}

/// `counted!(notes, "{n} note", "{n} notes")`, with values behind them as in `say!`.
#[derive(Debug)]
pub struct Counted {
    /// The message for one.
    pub one: String,
    /// The message for many.
    pub many: String,
    count: TokenStream,
    values: Vec<(String, TokenStream)>,
}

impl Said {
    /// Reads what stands in the brackets.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(stream: TokenStream) -> Result<Self, String> {
        let mut pieces = pieces(stream).into_iter();
        let words = words(pieces.next())?;
        let values = values(pieces, &[&words])?;
        Ok(Self { words, values })
    }

    /// The call that says it.
    #[must_use]
    pub fn call(&self) -> TokenStream {
        let (words, values) = (&self.words, list(&self.values));
        tokens(&format!("::phrases::fill(::phrases::t({words:?}), &[{values}])"))
    }
}

impl Counted {
    /// Reads what stands in the brackets.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(stream: TokenStream) -> Result<Self, String> {
        let mut pieces = pieces(stream).into_iter();
        let count = pieces.next().ok_or("what is counted is missing")?.into_iter().collect();
        let (one, many) = (words(pieces.next())?, words(pieces.next())?);
        let mut values = values(pieces, &[&one, &many])?;
        values.retain(|(name, _)| name != "n");
        Ok(Self { one, many, count, values })
    }

    /// The call that says it.
    #[must_use]
    pub fn call(&self) -> TokenStream {
        let Self { one, many, count, values } = self;
        let values = list(values);
        tokens(&format!("::phrases::counted({one:?}, {many:?}, ::phrases::Count::count({count}), &[{values}])"))
    }
}

fn tokens(code: &str) -> TokenStream {
    // Made of tokens and of strings that Rust has quoted.
    code.parse().unwrap_or_default()
}

fn list(values: &[(String, TokenStream)]) -> String {
    values.iter().map(|(name, value)| format!("({name:?}, &({value})),")).collect()
}

/// What stands between commas.
fn pieces(stream: TokenStream) -> Vec<Vec<TokenTree>> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let parts = trees.split(|tree| is_punct(Some(tree), ','));
    parts.map(<[TokenTree]>::to_vec).filter(|part| !part.is_empty()).collect()
}

fn words(piece: Option<Vec<TokenTree>>) -> Result<String, String> {
    let piece = piece.unwrap_or_default();
    let text = string_of(piece.first()).filter(|_| piece.len() == 1);
    text.map(|text| collapsed(&text)).ok_or_else(|| "the words must be a string in quotes".to_owned())
}

/// The values of all placeholders: those that are given, and the variables of the same name.
fn values(
    pieces: impl Iterator<Item = Vec<TokenTree>>,
    messages: &[&str],
) -> Result<Vec<(String, TokenStream)>, String> {
    let mut values: Vec<(String, TokenStream)> = Vec::new();
    for piece in pieces {
        match piece.as_slice() {
            [TokenTree::Ident(name), TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
                values.push((name.to_string(), value.iter().cloned().collect()));
            }
            _ => return Err("a value is given as name = value".to_owned()),
        }
    }
    for name in messages.iter().flat_map(|message| placeholders(message)) {
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !is_name {
            return Err(format!("{{{name}}}: a value has a name and no format"));
        }
        if !values.iter().any(|(given, _)| *given == name) {
            values.push((name.clone(), tokens(&name)));
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_named_or_variables() {
        let said = |text: &str| Said::read(text.parse().unwrap()).map(|said| said.call().to_string());
        let same = |text: &str| text.parse::<TokenStream>().unwrap().to_string();
        assert_eq!(
            said("\"Reading {number} of {last}\", last = list.len()").unwrap(),
            same(
                "::phrases::fill(::phrases::t(\"Reading {number} of {last}\"), &[(\"last\", &(list.len())), (\"number\", &(number)),])"
            ),
        );
        for wrong in ["", "name", "\"{}\", name", "\"{name:?}\"", "\"{0}\""] {
            assert!(said(wrong).is_err(), "{wrong}");
        }
        let counted = Counted::read("a.len(), \"{n} note\", \"{n} notes by {who}\"".parse().unwrap()).unwrap();
        assert_eq!(
            counted.call().to_string(),
            same(
                "::phrases::counted(\"{n} note\", \"{n} notes by {who}\", ::phrases::Count::count(a.len()), &[(\"who\", &(who)),])"
            ),
        );
    }
}
