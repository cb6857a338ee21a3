//! A web server that says what a test tells it to, byte for byte.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

/// What it says, one after the other.
#[derive(Clone)]
pub enum Say {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes so many times.
    Times(usize, Vec<u8>),
    /// Nothing for so long.
    Pause(Duration),
}

/// It listens until it is dropped.
pub struct Server {
    pub port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Server {
    /// Answers each request by its target, one for each connection.
    pub async fn start(answer: impl Fn(&str) -> Vec<Say> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let (ears, answer) = (Arc::clone(&heard), Arc::new(answer));
        let listening = tokio::spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                talks.spawn(talk(stream, Arc::clone(&ears), Arc::clone(&answer)));
            }
        });
        Self { port, heard, listening }
    }

    /// Answers everything with this.
    pub async fn saying(said: Vec<Say>) -> Self {
        Self::start(move |_| said.clone()).await
    }

    pub fn url(&self, target: &str) -> String {
        format!("http://site.example:{}{target}", self.port)
    }

    /// The heads of all requests, and `-` for each connection that was closed by the one who asked before all was said.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// Hears one request and answers it.
pub async fn talk<S, A>(stream: S, ears: Arc<Mutex<Vec<String>>>, answer: Arc<A>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    A: Fn(&str) -> Vec<Say>,
{
    let (mut reading, mut writing) = tokio::io::split(stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match reading.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let said = answer(head.split(' ').nth(1).unwrap_or_default());
    ears.lock().unwrap().push(head);
    let hung_up = async { while reading.read_u8().await.is_ok() {} };
    let all_said = tokio::select! {
        all_said = say(&mut writing, said) => all_said,
        () = hung_up => false,
    };
    if !all_said {
        ears.lock().unwrap().push("-".to_owned());
    }
    let _ = writing.shutdown().await;
}

async fn say(writing: &mut (impl AsyncWrite + Unpin), said: Vec<Say>) -> bool {
    for part in said {
        let done = match part {
            Say::Bytes(bytes) => writing.write_all(&bytes).await,
            Say::Times(times, bytes) => again(writing, times, &bytes).await,
            Say::Pause(length) => {
                tokio::time::sleep(length).await;
                Ok(())
            }
        };
        if done.is_err() || writing.flush().await.is_err() {
            return false;
        }
    }
    true
}

async fn again(writing: &mut (impl AsyncWrite + Unpin), times: usize, bytes: &[u8]) -> std::io::Result<()> {
    for _ in 0..times {
        writing.write_all(bytes).await?;
    }
    Ok(())
}

/// A whole answer.
pub fn answer(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<Say> {
    let body = body.as_ref();
    let length = format!("content-length: {}", body.len());
    let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
    [head(status, &headers), vec![Say::Bytes(body.to_vec())]].concat()
}

/// The head of an answer.
pub fn head(status: &str, headers: &[&str]) -> Vec<Say> {
    let lines: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    vec![Say::Bytes(format!("HTTP/1.1 {status}\r\n{lines}\r\n").into_bytes())]
}

/// A page of these words.
pub fn page(words: &str) -> Vec<Say> {
    answer("200 OK", &["content-type: text/html; charset=utf-8"], words)
}

/// On to there.
pub fn onward(location: &str) -> Vec<Say> {
    answer("302 Found", &[&format!("location: {location}")], "")
}
