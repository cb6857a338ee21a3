//! The pages, one file each.

pub mod account;
/// A person's own account.
pub mod own_account;
pub mod add;
pub mod arrivals;
pub mod article;
pub mod changes;
pub mod claims;
pub mod clip;
pub mod colours;
pub mod comments;
pub mod feeds;
pub mod inbox;
pub mod library;
pub mod public;
pub mod publish;
pub mod revisions;
pub mod sources;
pub mod trouble;
