//! Connections over which things are told as they happen: WebSockets, and what their messages say of notes.

use crate::Outcome;
use futures_util::{SinkExt, Stream};
use memchr::memmem;
use std::{future::poll_fn, net::SocketAddr, pin::Pin};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        Bytes, Message,
        client::IntoClientRequest,
        protocol::{WebSocketConfig, frame::coding::CloseCode},
    },
};

/// What stands at the beginning of each note that is measured, before its number.
pub const MARK: &str = "note:";
/// How many digits that number has.
const DIGITS: usize = 7;

/// The words of the note with this number: about as many as people write in a margin.
pub fn words(note: u32) -> String {
    format!(
        "{MARK}{note:0width$} The minister said so in March, and the figures of the ministry say otherwise.",
        width = DIGITS
    )
}

/// The numbers of the notes that a message tells of, in its order. `before` is what stands before each one there.
pub fn notes<'a>(message: &'a [u8], before: &'a str) -> impl Iterator<Item = u32> + 'a {
    memmem::find_iter(message, before).filter_map(move |at| number(&message[at + before.len()..]))
}

fn number(text: &[u8]) -> Option<u32> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    std::str::from_utf8(&text[..end]).ok()?.parse().ok()
}

/// One connection.
pub struct Line {
    socket: WebSocketStream<TcpStream>,
}

/// What is heard.
pub enum Heard {
    /// A message, text or not.
    Message(Bytes),
    /// The other side says why it ends.
    Closed(u16),
    /// The connection is gone.
    Cut,
}

impl Line {
    /// Connects.
    pub async fn open(url: &str, address: SocketAddr, cookie: Option<&str>) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut request = url.into_client_request()?;
        if let Some(cookie) = cookie {
            request.headers_mut().insert("cookie", cookie.parse()?);
        }
        // Thousands of these stand in one process.
        let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
        let (socket, _) = client_async_with_config(request, stream, Some(config)).await?;
        Ok(Self { socket })
    }

    /// What is heard next. Pings are answered on the way.
    pub async fn hear(&mut self) -> Heard {
        loop {
            match poll_fn(|context| Pin::new(&mut self.socket).poll_next(context)).await {
                Some(Ok(Message::Text(text))) => return Heard::Message(text.into()),
                Some(Ok(Message::Binary(bytes))) => return Heard::Message(bytes),
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(CloseCode::Status, |frame| frame.code);
                    return Heard::Closed(code.into());
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Cut,
            }
        }
    }

    /// Sends bytes.
    pub async fn send(&mut self, bytes: Vec<u8>) -> Outcome {
        Ok(self.socket.send(Message::binary(bytes)).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_which_notes_it_tells_of() {
        let event = format!("{{\"number\":12,\"body\":\"{}\",\"text\":\"{}\"}}", words(7), words(7));
        let rows: [(&[u8], &str, &[u32]); 4] = [
            (event.as_bytes(), "\"body\":\"note:", &[7]),
            (event.as_bytes(), "\"number\":", &[12]),
            (b"\x00\x02note:0000001 a note:0000002", MARK, &[1, 2]),
            (b"{}", MARK, &[]),
        ];
        for (message, before, expected) in rows {
            assert!(notes(message, before).eq(expected.iter().copied()), "{before}");
        }
    }
}
