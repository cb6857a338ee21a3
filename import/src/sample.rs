//! The article that Postil ships, so that the first highlight is a minute away. The town in it is invented.

/// A plain text with the debris of a scraped page.
pub const SAMPLE_ARTICLE: &str = include_str!("../sample-article.txt");

/// The name under which it is brought in.
pub const SAMPLE_FILE_NAME: &str = "sample-article.txt";
