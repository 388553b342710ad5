//! Publish: what a command came to, as a page or as JSON, to where it is wanted.
//!
//! Must not know what it is.

use serde::Serialize;

use crate::args::{PageArgs, PageFormat};
use crate::failure::{Failure, Result};
use crate::html;
use crate::page::Page;
use crate::sink::Sink;

/// Writes `value` as JSON, or the page that shows it as text or as HTML.
pub(crate) fn write(args: &PageArgs, value: &impl Serialize, page: impl FnOnce() -> Page) -> Result<()> {
    let text = match args.format {
        PageFormat::Text => page().text(),
        PageFormat::Html => html::render(&page()),
        PageFormat::Json => serde_json::to_string_pretty(value).map_err(Failure::new)? + "\n",
    };
    let mut sink = match &args.output {
        Some(path) => Sink::file(path)?,
        None => Sink::stdout(),
    };
    sink.write(text.as_bytes())?;
    sink.commit()
}
