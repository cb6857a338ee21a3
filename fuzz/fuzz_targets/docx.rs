//! Any bytes as a Word document, and as the text, the styles and the numbering of one that is whole otherwise.
#![no_main]

use domain::article::OriginForm;
use libfuzzer_sys::fuzz_target;

const TYPES: &[u8] = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
const RELATIONS: &[u8] = b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
const TEXT: &[u8] = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:pPr><w:pStyle w:val='a'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>";

fuzz_target!(|bytes: &[u8]| {
    fuzz::read(bytes, Some(OriginForm::Docx), false);
    let document = |text, beside: &[u8]| {
        fuzz::packed(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", text),
            ("word/styles.xml", beside),
            ("word/numbering.xml", beside),
            ("word/footnotes.xml", beside),
        ])
    };
    fuzz::read(&document(bytes, b""), Some(OriginForm::Docx), false);
    fuzz::read(&document(TEXT, bytes), Some(OriginForm::Docx), false);
});
