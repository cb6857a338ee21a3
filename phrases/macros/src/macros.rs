//! `view!`, `say!` and `counted!`: words that are said in the language of whoever reads them. What they take for words is
//! decided by `grammar`, which the check asks as well.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// `leptos::view!`, of which every word is looked up: what stands in quotes between tags and in attributes such as `title`.
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    match grammar::looked_up(input.into()) {
        Ok(view) => called(&["leptos", "prelude", "view"], view.into()),
        Err(cause) => refused(&cause),
    }
}

/// Words with values in them: `say!("Reading {number} of {last}", last = list.len())`. A name without a value is that of a
/// variable.
#[proc_macro]
pub fn say(input: TokenStream) -> TokenStream {
    match grammar::Said::read(input.into()) {
        Ok(said) => said.call().into(),
        Err(cause) => refused(&cause),
    }
}

/// Words that depend on a number, which is `{n}` in them: `counted!(notes, "{n} note", "{n} notes")`.
#[proc_macro]
pub fn counted(input: TokenStream) -> TokenStream {
    match grammar::Counted::read(input.into()) {
        Ok(counted) => counted.call().into(),
        Err(cause) => refused(&cause),
    }
}

/// `::a::b! { … }`.
fn called(path: &[&str], inside: TokenStream) -> TokenStream {
    let colons = || [Punct::new(':', Spacing::Joint), Punct::new(':', Spacing::Alone)].map(TokenTree::Punct);
    let name = |name: &&str| TokenTree::Ident(Ident::new(name, Span::call_site()));
    let path = path.iter().flat_map(|part| colons().into_iter().chain([name(part)]));
    let bang = TokenTree::Punct(Punct::new('!', Spacing::Alone));
    path.chain([bang, TokenTree::Group(Group::new(Delimiter::Brace, inside))]).collect()
}

/// An error that the compiler shows.
fn refused(cause: &str) -> TokenStream {
    called(&["core", "compile_error"], TokenTree::Literal(Literal::string(cause)).into())
}
