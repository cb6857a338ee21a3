//! Journeys: what people come to Postil for, done in a real Chromium against the real program.
//!
//! `cargo xtask test` builds both and says where they are. Each journey has a Postil and a browser of its own, so that
//! they can run side by side, and fails when the browser logs an error.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a journey that fails should fail loudly and say why")]

mod article;
mod browser;
mod site;
mod driver;
mod keyboard;
mod loopback;
mod owner;
mod postil;
mod screen;

mod brings_links_and_feeds;
mod decides_by_keyboard_alone;
mod decides_where_it_stands;
mod draws_pictures;
mod everybody_can_use_it;
mod everything_by_keyboard_alone;
mod files_and_pasted_pages;
mod finds_their_way;
mod fits_a_phone;
mod goes_back_by_a_key;
mod has_many_cards;
mod hostile_html_stays_words;
mod is_read_in_order;
mod keeps_an_account_by_keyboard_alone;
mod keeps_copies;
mod looks_as_they_like;
mod marks_a_claim;
mod marks_by_keyboard_alone;
mod prints_an_article;
mod reads_aloud;
mod reads_footnotes;
mod reads_without_a_network;
mod nothing_moves_when_it_wakes;
mod reads_without_script;
mod signs_in_with_a_passkey;
mod speaks_their_language;
mod survives_an_edit;
mod undoes_a_repair;
mod works_together;
