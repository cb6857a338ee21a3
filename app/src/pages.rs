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
pub mod revisions;
pub mod sources;
pub mod trouble;
/// A person's groups.
pub mod groups;
/// One of them.
pub mod group;
/// What a link says that lets people in.
pub mod join;
