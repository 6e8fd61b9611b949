//! The data inside a page, in a form that no text in it can break out of.

use maud::{Markup, PreEscaped};

/// Those of the files that lie in the page, by name.
///
/// They are most of a page, so they are written in one go and not put together again and again.
pub(super) fn markup(is_inside: impl Fn(&str) -> bool, files: &[&(String, String)]) -> Markup {
    let inside = || files.iter().filter(|(name, _)| is_inside(name));
    let most = |text: &str| text.len() + text.len() / 8;
    let mut markup = String::with_capacity(inside().map(|(name, text)| most(name) + most(text)).sum());
    markup.push_str("<script type=\"application/json\" id=\"files\">{");
    for (index, (name, text)) in inside().enumerate() {
        markup.push_str(if index == 0 { "\n" } else { ",\n" });
        push_json(&mut markup, name);
        markup.push(':');
        push_json(&mut markup, text);
    }
    markup.push_str("\n}</script>\n");
    PreEscaped(markup)
}

/// Writes a text as a JSON string without the sign that begins markup.
fn push_json(markup: &mut String, text: &str) {
    let json = serde_json::to_string(text).expect("a text has a JSON form");
    let mut parts = json.split('<');
    markup.push_str(parts.next().unwrap_or_default());
    for part in parts {
        markup.push_str("\\u003c");
        markup.push_str(part);
    }
}
