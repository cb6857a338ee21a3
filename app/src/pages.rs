//! The pages, one file each.

pub mod account;
pub mod add;
pub mod article;
pub mod changes;
pub mod claims;
pub mod colours;
pub mod library;
pub mod revisions;
pub mod sources;
pub mod trouble;
