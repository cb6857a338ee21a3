//! Whose certificates are believed, and how TLS is spoken.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, client::Resumption};

/// The authorities that this machine trusts, or Mozilla's where it has none, as in a container without any. Reads files,
/// so it is for the start of a program.
pub fn authorities() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots
}

/// TLS 1.2 and 1.3 by ring, HTTP/2 preferred, no certificate of our own. No session is resumed: a ticket would be a cookie.
///
/// # Errors
/// When ring does not offer these versions.
pub fn config(roots: RootCertStore) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = versions.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.resumption = Resumption::disabled();
    Ok(config)
}
