//! Text in XML.

use std::borrow::Cow;
use std::fmt::Write;

/// The text as it may stand between tags and in attributes with either quotation mark.
///
/// Line breaks and tabs are written as references, so that they come back as they were. What XML 1.0 has no form for (control
/// characters, U+FFFE and U+FFFF) becomes U+FFFD.
///
/// # Examples
/// ```
/// use ailand::formats::xml::escape;
///
/// assert_eq!(escape("月之暗面"), "月之暗面");
/// assert_eq!(escape("a<b & \"c\"\n\u{1b}"), "a&lt;b &amp; &quot;c&quot;&#10;\u{fffd}");
/// ```
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{fffe}' | '\u{ffff}') || c.is_control()) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Writing to a string cannot fail. U+0085 would come back as a line break.
            '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}
