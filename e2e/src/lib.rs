//! Postil.
