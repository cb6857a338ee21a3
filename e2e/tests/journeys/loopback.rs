//! One HTTP request to a program on this machine: small enough to be made while a test is failing.
//!
//! It blocks, because what must still happen when a test panics happens in `drop`, where nothing can be awaited.

use serde_json::Value;
use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    time::Duration,
};

/// The longest that one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks the program that listens on this port. Gives the status and the body.
///
/// # Errors
/// Nobody listens, or nobody answers in time.
pub fn ask(port: u16, method: &str, path: &str, body: Option<&Value>) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = BufReader::new(stream);
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut length = 0;
    while line.trim_end() != "" {
        line.clear();
        answer.read_line(&mut line)?;
        if let Some((name, value)) =
            line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        {
            length = value.trim().parse().map_err(|_| io::Error::other(format!("{name} is {value}")))?;
        }
    }
    // chromedriver keeps the connection, whatever it is asked: the end of the body is where its length says.
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok((status.ok_or_else(|| io::Error::other("not an answer"))?, body))
}

/// A port on which nobody listens at this moment.
pub fn free_port() -> u16 {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("this machine has a free port");
    probe.local_addr().expect("a bound socket has an address").port()
}
