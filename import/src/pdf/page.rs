//! The letters of a page with their places, in the order in which the page draws them.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt,
    font::GlyphRun,
    hayro_cmap::BfString,
    hayro_syntax::{Pdf, page::Page},
    interpret_page,
    kurbo::{Affine, BezPath, Rect},
};

/// How many units of a font make its size.
const UNITS: f64 = 1000.0;

/// A letter, or several that are drawn as one, on a page whose y grows downwards. Lengths are in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// What it says.
    pub words: String,
    /// Where it begins.
    pub x: f64,
    /// Its base line.
    pub y: f64,
    /// How far the next letter begins from it.
    pub width: f64,
    /// The size of its font.
    pub size: f64,
}

/// What a page draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// The letters that stand upright.
    pub upright: Vec<Glyph>,
    /// The letters of words that are turned, as those along the edge of a page.
    pub turned: Vec<Glyph>,
    /// How many letters nothing says the meaning of.
    pub unknown: usize,
    /// How many more letters may be taken.
    room: usize,
}

/// The letters of a page, of which there may be as many as there is room.
pub(super) fn read(pdf: &Pdf, page: &Page<'_>, room: usize) -> Drawn {
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let turned = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(turned, bounds, &cache, pdf.xref(), settings);
    let mut drawn = Drawn { room, ..Drawn::default() };
    interpret_page(page, &mut context, &mut drawn);
    drawn
}

impl Drawn {
    fn draw(&mut self, words: Option<BfString>, advance: Option<f32>, place: Affine) {
        let Some(words) = words else {
            self.unknown += 1;
            return;
        };
        if self.room == 0 {
            return;
        }
        self.room -= 1;
        let [a, b, c, d, x, y] = place.as_coeffs();
        let (along, size) = (a.hypot(b) * UNITS, c.hypot(d) * UNITS);
        let width = f64::from(advance.unwrap_or(0.0)) * along / UNITS;
        if ![x, y, width, size].iter().all(|number| number.is_finite()) || size <= 0.0 {
            return;
        }
        let words = match words {
            BfString::Char(c) => parted(c),
            BfString::String(words) => words.chars().map(parted).collect(),
        };
        let words = words.replace(|c: char| c.is_control(), " ");
        let upright = a > 0.0 && b.abs() < a / 4.0;
        if upright {
            self.upright.push(Glyph { words, x, y, width, size });
        } else {
            // Along the words, whichever way they run.
            let (cos, sin) = (a * UNITS / along, b * UNITS / along);
            let (x, y) = (x * cos + y * sin, y * cos - x * sin);
            self.turned.push(Glyph { words, x, y, width, size });
        }
    }
}

/// A ligature as its letters.
fn parted(c: char) -> String {
    match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        c => return c.to_string(),
    }
    .to_owned()
}

impl Device<'_> for Drawn {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(drawing) => drawing.advance_width(),
            };
            self.draw(glyph.as_unicode(), advance, props.transform * glyph.transform());
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
