//! Whom a connection trusts.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::{at, page, rules, server};
use crate::{FetchError, Fetcher, MAX_HEADER_BYTES, trust};

/// An authority, and whom it vouches for.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: CertificateDer<'static>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap().der().clone();
        Self { issuer: Issuer::new(params, key), root }
    }

    /// A server of this name, whose certificate is good until this year. Its protocols are offered in this order.
    async fn serve(&self, name: &str, until: i32, protocols: &[&str]) -> (u16, JoinHandle<()>) {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let mut config = builder.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        let (listener, port) = listen().await;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(stream) = acceptor.accept(stream).await else { continue };
                match stream.get_ref().1.alpn_protocol() {
                    Some(b"h2") => drop(tokio::spawn(talk_http2(stream))),
                    _ => server::talk(stream, Arc::default(), Arc::new(|_: &str| server::page("safely"))).await,
                }
            }
        });
        (port, listening)
    }
}

async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// Answers over HTTP/2: with a long header, with a body beyond all limits, or with a page.
async fn talk_http2(stream: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let mut response = http::Response::new(());
        match request.uri().path() {
            "/long-header" => {
                let long = "a".repeat(MAX_HEADER_BYTES as usize).parse().unwrap();
                response.headers_mut().insert("x-long", long);
                respond.send_response(response, true).unwrap();
            }
            "/large" => {
                let mut body = respond.send_response(response, false).unwrap();
                body.send_data(vec![b'a'; 100 * rules().max_bytes].into(), true).unwrap();
            }
            _ => {
                let mut body = respond.send_response(response, false).unwrap();
                body.send_data("safely".into(), true).unwrap();
            }
        }
    }
}

#[tokio::test]
async fn the_same_holds_over_http_2() {
    let authority = Authority::new("known");
    let (port, listening) = authority.serve("site.example", 2100, &["h2"]).await;
    let mut roots = RootCertStore::empty();
    roots.add(authority.root.clone()).unwrap();
    let looked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&looked);
    let lookup = Arc::new(move |host: &str| {
        count.fetch_add(1, Ordering::SeqCst);
        at(&["127.0.0.1"])(host)
    });
    let fetcher = Fetcher::build(rules(), lookup, roots).unwrap();
    let rows = [
        ("/", Ok("safely")),
        ("/long-header", Err(FetchError::Broken)),
        ("/large", Err(FetchError::TooLarge { limit: rules().max_bytes })),
        ("/", Ok("safely")),
    ];
    for (target, expected) in rows {
        let fetched = page(&fetcher, &format!("https://site.example:{port}{target}")).await;
        let words = fetched.map(|fetched| String::from_utf8(fetched.bytes).unwrap());
        assert_eq!(words, expected.map(str::to_owned), "{target}");
    }
    // The connections stood open, and none was used again.
    assert_eq!(looked.load(Ordering::SeqCst), 4);
    listening.abort();
}

#[tokio::test]
async fn a_certificate_is_by_an_authority_for_this_name_and_not_run_out() {
    let (known, stranger) = (Authority::new("known"), Authority::new("stranger"));
    let mut roots = RootCertStore::empty();
    roots.add(known.root.clone()).unwrap();
    let fetcher = Fetcher::build(rules(), at(&["127.0.0.1"]), roots).unwrap();
    let fault = |fault| Err(FetchError::Tls { host: "site.example".to_owned(), fault });
    let rows = [
        (&known, "site.example", 2100, &["http/1.1"][..], Ok("safely")),
        (&known, "site.example", 2100, &[], Ok("safely")),
        (&known, "site.example", 2020, &[], fault("its certificate has run out")),
        (&known, "other.example", 2100, &[], fault("its certificate is for another name")),
        (&stranger, "site.example", 2100, &[], fault("its certificate is by nobody whom this machine trusts")),
        (&known, "site.example", 2100, &["ftp"], fault("the two cannot agree on how")),
    ];
    for (authority, name, until, protocols, expected) in rows {
        let (port, listening) = authority.serve(name, until, protocols).await;
        let fetched = page(&fetcher, &format!("https://site.example:{port}/")).await;
        listening.abort();
        let words = fetched.map(|fetched| String::from_utf8(fetched.bytes).unwrap());
        assert_eq!(words, expected.map(str::to_owned), "{name} until {until} {protocols:?}");
    }
}

#[tokio::test]
async fn plain_words_are_no_tls() {
    let (listener, port) = listen().await;
    let answer = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        stream
    };
    let fetcher = Fetcher::with_lookup(rules(), at(&["127.0.0.1"])).unwrap();
    let address = format!("https://site.example:{port}/");
    let (got, _stream) = tokio::join!(page(&fetcher, &address), answer);
    assert_eq!(got, Err(FetchError::Tls { host: "site.example".to_owned(), fault: "the two cannot agree on how" }));
}

#[test]
fn somebody_is_trusted_on_every_machine() {
    assert!(trust::authorities().len() > 50);
}
