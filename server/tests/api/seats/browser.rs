//! A server at a port of this machine, and the other end of a seat.

use crate::desk::{Desk, Hand};
use axum::http::{HeaderValue, StatusCode};
use domain::{
    event::Event,
    id::ArticleId,
    live::{Here, Said, Told, Whereabouts},
};
use futures_util::SinkExt;
use server::house::House;
use std::{future::poll_fn, net::SocketAddr, pin::Pin, time::Duration};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Request},
};

/// The longest that anything is waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A server that is reached over TCP, as long as it is there.
pub struct Port {
    pub address: SocketAddr,
    server: JoinHandle<()>,
}

impl Port {
    pub async fn open(house: &House) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = Desk::router(house).into_make_service_with_connect_info::<SocketAddr>();
        Self { address, server: tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }) }
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The other end of a seat.
pub struct Browser {
    socket: WebSocketStream<TcpStream>,
}

/// What a browser hears.
#[derive(Debug)]
pub enum Heard {
    Events(Vec<Event>),
    Here(Here),
    /// The server has said why it ends.
    Closed(u16),
    /// The connection is gone.
    Cut,
}

pub fn asked(address: SocketAddr, hand: &Hand, article: ArticleId, after: u64) -> Request {
    let path = format!("ws://{address}/api/v1/articles/{article}/seat?after={after}");
    let mut request = path.into_client_request().unwrap();
    if let Some(cookie) = &hand.cookie {
        request.headers_mut().insert("cookie", HeaderValue::from_str(cookie).unwrap());
    }
    if let Some(token) = &hand.bearer {
        request.headers_mut().insert("authorization", HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    }
    request
}

impl Browser {
    /// Sits down, or tells what was answered instead. `Err(None)` is a connection that was cut.
    pub async fn ask(request: Request, stream: TcpStream) -> Result<Self, Option<StatusCode>> {
        match timeout(PATIENCE, client_async(request, stream)).await.expect("the server answers") {
            Ok((socket, _)) => Ok(Self { socket }),
            Err(Error::Http(answer)) => Err(Some(answer.status())),
            Err(_) => Err(None),
        }
    }

    pub async fn sit(address: SocketAddr, hand: &Hand, article: ArticleId, after: u64) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        Self::ask(asked(address, hand, article, after), stream).await.map_err(|status| format!("{status:?}")).unwrap()
    }

    /// Sits down, and takes in little at a time.
    pub async fn sit_narrowly(address: SocketAddr, hand: &Hand, article: ArticleId) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = socket.connect(address).await.unwrap();
        Self::ask(asked(address, hand, article, 0), stream).await.map_err(|status| format!("{status:?}")).unwrap()
    }

    /// Pings very often, and reads nothing of what is answered.
    pub async fn pings(&mut self, times: u32) {
        for _ in 0..times {
            // The server may have had enough.
            if timeout(PATIENCE, self.socket.feed(Message::Ping("12345678".into()))).await.is_ok_and(|fed| fed.is_err())
            {
                return;
            }
        }
        let _ = timeout(PATIENCE, self.socket.flush()).await;
    }

    /// What is heard next. Pings are answered on the way.
    pub async fn hear(&mut self) -> Heard {
        timeout(PATIENCE, self.hear_in_time()).await.expect("something is heard in time")
    }

    async fn hear_in_time(&mut self) -> Heard {
        loop {
            let next = poll_fn(|context| futures_util::Stream::poll_next(Pin::new(&mut self.socket), context)).await;
            match next {
                Some(Ok(Message::Text(text))) => {
                    return match serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")) {
                        Told::Events(events) => Heard::Events(events),
                        Told::Here(here) => Heard::Here(here),
                    };
                }
                Some(Ok(Message::Close(Some(frame)))) => return Heard::Closed(frame.code.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => panic!("{other:?}"),
                Some(Err(_)) | None => return Heard::Cut,
            }
        }
    }

    /// All events up to this number, whatever else is heard in between.
    pub async fn events_until(&mut self, last: u64) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        while events.last().is_none_or(|event| event.number < last) {
            match self.hear().await {
                Heard::Events(more) => events.extend(more),
                Heard::Here(_) => {}
                ended => panic!("{ended:?} after {:?}", events.last()),
            }
        }
        events
    }

    /// The first list of who is here that is as expected.
    pub async fn here(&mut self, expected: impl Fn(&Here) -> bool) -> Here {
        loop {
            match self.hear().await {
                Heard::Here(here) if expected(&here) => return here,
                Heard::Here(_) | Heard::Events(_) => {}
                ended => panic!("{ended:?}"),
            }
        }
    }

    /// How it ends.
    pub async fn ends(&mut self) -> Heard {
        loop {
            if let end @ (Heard::Closed(_) | Heard::Cut) = self.hear().await {
                return end;
            }
        }
    }

    pub async fn is_closed_with(&mut self, code: u16) {
        let end = self.ends().await;
        assert!(matches!(end, Heard::Closed(said) if said == code), "{end:?} and not {code}");
    }

    pub async fn say(&mut self, at: Whereabouts) {
        self.say_text(&serde_json::to_string(&Said::At(at)).unwrap()).await;
    }

    pub async fn say_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// Whether nothing more is heard for a moment but who is here.
    pub async fn is_quiet(&mut self, moment: Duration) -> bool {
        let loud = async {
            loop {
                if !matches!(self.hear().await, Heard::Here(_)) {
                    break;
                }
            }
        };
        timeout(moment, loud).await.is_err()
    }
}
