//! The pages, one file each.

pub mod account;
pub mod add;
pub mod article;
pub mod claims;
pub mod colours;
pub mod library;
pub mod sources;
pub mod trouble;
