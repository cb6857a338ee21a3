//! How a person wants the pages to look: the typeface, its size, the light. It is theirs, in every group and browser.

use crate::word::worded;
use serde::{Deserialize, Serialize};

/// How a person wants the pages to look. What they have not chosen is as Postil would have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    /// The typeface of articles.
    pub face: Face,
    /// How large they are set.
    pub size: Size,
    /// How long their lines are.
    pub measure: Measure,
    /// How far apart the lines are.
    pub leading: Leading,
    /// Where the lines end.
    pub setting: Setting,
    /// Ink and paper.
    pub light: Light,
}

/// The typeface of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// A serif made for long reading on screens.
    #[default]
    Book,
    /// A clear sans.
    Plain,
    /// What the browser takes for a serif.
    Own,
}

worded!(Face, "a typeface", {
    Book = "book", "Literata";
    Plain = "plain", "Inter";
    Own = "own", "The browser’s own";
});

/// How large articles are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// 85 %.
    Small,
    /// 19 px, where the browser's own size is 16.
    #[default]
    Medium,
    /// 118 %.
    Large,
    /// 140 %.
    Larger,
    /// 170 %.
    Largest,
}

worded!(Size, "a size", {
    Small = "small", "Small";
    Medium = "medium", "Medium";
    Large = "large", "Large";
    Larger = "larger", "Larger";
    Largest = "largest", "Largest";
});

/// How long the lines of articles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// About 50 characters.
    Narrow,
    /// About 65 characters.
    #[default]
    Medium,
    /// About 75 characters.
    Wide,
}

worded!(Measure, "a length of lines", {
    Narrow = "narrow", "Narrow";
    Medium = "medium", "Medium";
    Wide = "wide", "Wide";
});

/// How far apart the lines of articles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Leading {
    /// 1.45.
    Close,
    /// 1.62.
    #[default]
    Medium,
    /// 1.85.
    Open,
}

worded!(Leading, "a leading", {
    Close = "close", "Tight";
    Medium = "medium", "Medium";
    Open = "open", "Loose";
});

/// Where the lines of articles end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Where their words do: spaces are all alike.
    #[default]
    Ragged,
    /// At one edge.
    Justified,
}

worded!(Setting, "a setting of lines", {
    Ragged = "ragged", "Ragged";
    Justified = "justified", "Justified";
});

/// Ink and paper of all pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// As the browser's system has it at the time.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Brown ink on yellowed paper.
    Sepia,
    /// Light ink on dark paper.
    Dark,
    /// As far apart as can be: black on white, or white on black where the system is dark.
    Contrast,
}

worded!(Light, "a light", {
    System = "system", "As my system";
    Light = "light", "Light";
    Sepia = "sepia", "Sepia";
    Dark = "dark", "Dark";
    Contrast = "contrast", "High contrast";
});
