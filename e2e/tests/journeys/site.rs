//! A web site on this machine, from which articles are brought. It ends with the test.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What stands at each path: its media type and its body.
type Pages = Arc<Mutex<HashMap<String, (&'static str, Vec<u8>)>>>;

/// The site.
pub struct Site {
    pages: Pages,
    home: String,
}

impl Site {
    /// Opens one without any page.
    pub fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("this machine has a free port");
        let home = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let pages = Pages::default();
        let served = pages.clone();
        // The thread ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = served.clone();
                thread::spawn(move || answer(stream, &served));
            }
        });
        Self { pages, home }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    /// Puts something at a path.
    pub fn put(&self, path: &str, media_type: &'static str, body: impl Into<Vec<u8>>) {
        self.pages.lock().unwrap().insert(path.to_owned(), (media_type, body.into()));
    }
}

fn answer(mut stream: TcpStream, pages: &Pages) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").to_owned();
    let found = pages.lock().unwrap().get(&path).cloned();
    let (status, media_type, body) = match found {
        Some((media_type, body)) => ("200 OK", media_type, body),
        None => ("404 Not Found", "text/plain", b"nothing".to_vec()),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}
