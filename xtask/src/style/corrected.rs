//! What encre-css writes otherwise than Tailwind does, set right.

/// Goes through a stylesheet line by line.
///
/// * `font-sans`, `font-serif` and `font-mono` speak of our tokens: encre-css lets a theme name colours, not fonts.
/// * `divide-y` puts a line between all children; encre-css leaves out the first gap and adds one at the end.
/// * `outline-2` draws a line; encre-css gives it a width but no style.
pub fn corrected(css: &str) -> String {
    let mut right = String::new();
    let mut font = None;
    for line in css.lines() {
        let declaration = line.trim_start();
        let indent = &line[..line.len() - declaration.len()];
        if line.ends_with('{') {
            font = ["sans", "serif", "mono"].into_iter().find(|font| line.contains(&format!("font-{font}")));
        }
        if let Some(style) = declaration.strip_prefix("outline-style:") {
            right += &format!("{indent}--en-outline-style:{style}\n");
        }
        if declaration.starts_with("outline-width:") {
            right += &format!("{indent}outline-style: var(--en-outline-style, solid);\n");
        }
        right += &match font.filter(|_| declaration.starts_with("font-family:")) {
            Some(font) => format!("{indent}font-family: var(--{font});"),
            None => line.replace("> :not([hidden]) ~ :not([hidden])", "> :not(:last-child)"),
        };
        right.push('\n');
    }
    right
}
