//! Any bytes as a book, and as the package and the one chapter of a book that is whole otherwise.
#![no_main]

use domain::article::OriginForm;
use libfuzzer_sys::fuzz_target;

const CONTAINER: &[u8] = b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='a.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
const PACKAGE: &[u8] = b"<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>T</dc:title></metadata><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine></package>";

fuzz_target!(|bytes: &[u8]| {
    fuzz::read(bytes, Some(OriginForm::Epub), false);
    let book = |package, chapter| {
        fuzz::packed(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("a.opf", package),
            ("c.xhtml", chapter),
        ])
    };
    fuzz::read(&book(PACKAGE, bytes), Some(OriginForm::Epub), false);
    fuzz::read(&book(bytes, b"<html><body><p>a</p></body></html>"), Some(OriginForm::Epub), false);
});
