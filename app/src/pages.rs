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
pub mod feeds;
pub mod inbox;
pub mod library;
/// What a person was told because it concerns them.
pub mod notices;
pub mod revisions;
pub mod sources;
pub mod trouble;
/// Addresses that are told what happens.
pub mod webhooks;
