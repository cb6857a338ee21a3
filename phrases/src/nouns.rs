//! What is put into sentences that are made below the pages: things that are not there, fields, roles. There they are single
//! words in English, which nothing marks; here they are messages, so that [`crate::heard`] knows them.

use crate::t_later;

/// Those that stand nowhere else as a message.
pub const NOUNS: [&str; 45] = [
    t_later("article"),
    t_later("arrival"),
    t_later("comment"),
    t_later("feed"),
    t_later("webhook"),
    t_later("source"),
    t_later("group"),
    t_later("claim"),
    t_later("highlight"),
    t_later("note"),
    t_later("address"),
    t_later("address for a feed reader"),
    t_later("attribution"),
    t_later("entry"),
    t_later("event"),
    t_later("invitation"),
    t_later("link"),
    t_later("member"),
    t_later("older reading"),
    t_later("page"),
    t_later("passkey"),
    t_later("person"),
    t_later("picture"),
    t_later("reading"),
    t_later("repair"),
    t_later("revision"),
    t_later("sign-in"),
    t_later("thing"),
    t_later("token"),
    t_later("page of text"),
    t_later("colour"),
    t_later("words"),
    t_later("state"),
    t_later("verdict"),
    t_later("reason"),
    t_later("title"),
    t_later("who says it"),
    t_later("wrong codes"),
    t_later("a minute"),
    t_later("brought {1}"),
    t_later("what is claimed was"),
    t_later("who says it was"),
    t_later("the verdict was"),
    t_later("the note was"),
    t_later("how the source stands to the claim was"),
];

/// What the reader of JSON says of a body, with what we say of the field in it.
pub const BODIES: [&str; 2] = [
    t_later("Failed to deserialize the JSON body into the target type: {field}: {why} at line {line} column {column}"),
    t_later("Failed to deserialize the JSON body into the target type: {why} at line {line} column {column}"),
];

/// Between two things that were done at once.
pub const AND: &str = t_later("{a} and {b}");
