//! Compression undone piece by piece, never beyond a limit.

use std::io::{self, ErrorKind, Write};

use brotli_decompressor::{BrotliDecoderParameter, DecompressorWriter};
use flate2::write::{MultiGzDecoder, ZlibDecoder};
use tokio::task::yield_now;

use crate::FetchError;

/// What Postil can undo, for `Accept-Encoding`.
pub const CODINGS: &str = "gzip, br, deflate";
/// How many packed bytes are undone before others get their turn: at a thousand to one, 4 MiB of zeroes.
const SLICE_BYTES: usize = 4 * 1024;
/// How much brotli hands on at once.
const BROTLI_BUFFER_BYTES: usize = 8 * 1024;

/// Takes packed bytes as they come and keeps what was in them.
///
/// Invariant: beside what it keeps it holds brotli's window at most, which is 16 MiB (RFC 7932).
pub struct Unpacker {
    coding: Coding,
    limit: usize,
    begun: bool,
}

enum Coding {
    Identity(Kept),
    Gzip(MultiGzDecoder<Kept>),
    Deflate(ZlibDecoder<Kept>),
    Brotli(Box<DecompressorWriter<Kept>>),
}

/// The bytes so far, and how many more may come.
struct Kept {
    bytes: Vec<u8>,
    room: usize,
}

impl Write for Kept {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.room = self.room.checked_sub(more.len()).ok_or(ErrorKind::FileTooLarge)?;
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unpacker {
    /// For a `Content-Encoding` (RFC 9110, 8.4), and at most so many bytes.
    ///
    /// # Errors
    /// [`FetchError::Packed`] for one that nobody asked for.
    pub fn new(coding: Option<&str>, limit: usize) -> Result<Self, FetchError> {
        let kept = Kept { bytes: Vec::new(), room: limit };
        let named = coding.unwrap_or_default().trim().to_ascii_lowercase();
        let coding = match named.as_str() {
            "" | "identity" => Coding::Identity(kept),
            "gzip" | "x-gzip" => Coding::Gzip(MultiGzDecoder::new(kept)),
            "deflate" => Coding::Deflate(ZlibDecoder::new(kept)),
            "br" => {
                let mut decoder = DecompressorWriter::new(kept, BROTLI_BUFFER_BYTES);
                // The decoder fills its window before it hands anything on. The standard ends at 16 MiB; the "large
                // window" that it was extended with may be a gigabyte.
                decoder.set_parameter(BrotliDecoderParameter::BROTLI_DECODER_PARAM_LARGE_WINDOW, 0);
                Coding::Brotli(Box::new(decoder))
            }
            _ => return Err(FetchError::Packed { coding: named }),
        };
        Ok(Self { coding, limit, begun: false })
    }

    /// Takes a piece, slice by slice, so that nobody waits for the whole of it.
    ///
    /// # Errors
    /// [`FetchError::TooLarge`] as soon as it is, [`FetchError::Broken`] when it is not what it is called.
    pub async fn take(&mut self, piece: &[u8]) -> Result<(), FetchError> {
        for slice in piece.chunks(SLICE_BYTES) {
            self.begun = true;
            let taken = match &mut self.coding {
                Coding::Identity(kept) => kept.write_all(slice),
                Coding::Gzip(decoder) => decoder.write_all(slice),
                Coding::Deflate(decoder) => decoder.write_all(slice),
                Coding::Brotli(decoder) => decoder.write_all(slice),
            };
            taken.map_err(|error| failure(&error, self.limit))?;
            yield_now().await;
        }
        Ok(())
    }

    /// All that was in it.
    ///
    /// # Errors
    /// As [`Unpacker::take`]; what breaks off in its middle is broken.
    pub fn finish(self) -> Result<Vec<u8>, FetchError> {
        let limit = self.limit;
        let kept = match self.coding {
            Coding::Identity(kept) => Ok(kept),
            // Some sites name a compression for nothing at all.
            _ if !self.begun => return Ok(Vec::new()),
            Coding::Gzip(decoder) => decoder.finish(),
            Coding::Deflate(decoder) => decoder.finish(),
            Coding::Brotli(decoder) => decoder.into_inner().map_err(|_| ErrorKind::UnexpectedEof.into()),
        };
        kept.map(|kept| kept.bytes).map_err(|error| failure(&error, limit))
    }
}

fn failure(error: &io::Error, limit: usize) -> FetchError {
    match error.kind() {
        ErrorKind::FileTooLarge => FetchError::TooLarge { limit },
        _ => FetchError::Broken,
    }
}
