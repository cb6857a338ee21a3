//! Bytes that are kept smaller than they came: gzip (RFC 1952).

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::io::{Read, Result, Write};

/// Packs bytes.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Gives the bytes as they came.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}
