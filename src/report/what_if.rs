//! The part of a page that asks "what if": levers, the engine with the scenario's texts, and what becomes of an answer.
//!
//! Everything of it is hidden until its script has found that the browser can do what it takes, so that without the script the page is
//! the one without this part.

use super::visible::printable;
use maud::{Markup, PreEscaped, html};

/// A line of its own in the file.
const LINE: PreEscaped<&str> = PreEscaped("\n");

/// What such a page may do beside what every page may: compile the engine that stands in it, and run it in a worker of its own making.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; \
                                 worker-src blob:; img-src data:; form-action 'none'; base-uri 'none'";

/// Its style.
pub(super) const STYLE: &str = include_str!("html/what_if.css");

/// What a page needs to ask and to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The levers.
    pub levers: Vec<Lever>,
    /// The question without any change, as JSON.
    pub question: String,
    /// The engine: a WebAssembly module, packed with gzip.
    pub engine: &'static [u8],
    /// The replications of the result above.
    pub replications: usize,
    /// Its seed.
    pub seed: u64,
    /// At most so many replications are run before anybody asks for more.
    pub at_first: usize,
    /// What asks for such a page, so that the command on it gives it again.
    pub options: &'static [&'static str],
}

/// Something that is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// What it is called in a bookmark.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Whether the choices lie on a scale.
    pub is_scale: bool,
    /// What may be chosen.
    pub choices: Vec<Choice>,
    /// The number of the choice that the scenario has made.
    pub now: usize,
}

/// A place of a lever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is called in a bookmark.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The settings that it changes, each `KEY=VALUE`; none of what the scenario has.
    pub set: Vec<String>,
}

/// Of a lever with fewer choices, each is as soon moved to as all are tried.
const FEW: usize = 3;

/// Replications to choose from, where the result above has more.
const FEWER: [usize; 3] = [4, 10, 20];

impl WhatIf {
    /// The section with the levers.
    pub(super) fn section(&self) -> Markup {
        let counts: Vec<usize> =
            FEWER.into_iter().filter(|&count| count < self.replications).chain([self.replications]).collect();
        let at_first =
            counts.iter().copied().filter(|&count| count <= self.at_first).max().unwrap_or(self.replications);
        html! {
            section #what-if aria-labelledby="what-if-title" hidden { (LINE)
                h2 #what-if-title { "What if" } (LINE)
                p {
                    "Move a lever, and the page simulates the scenario so changed against the scenario as it is: paired with the result \
                     above, same seed. Nothing leaves this machine."
                }
                (LINE)
                form #what-if-levers { (LINE)
                    @for (number, lever) in self.levers.iter().enumerate() { (self.lever(number, lever)) (LINE) }
                    div.lever {
                        label for="what-if-replications" { "Replications" }
                        select #what-if-replications data-first=(at_first) {
                            @for &count in &counts {
                                option value=(count) selected[count == at_first] {
                                    (count) @if count == self.replications { ", as above" }
                                }
                            }
                        }
                    }
                    (LINE)
                    div.lever.further {
                        label for="what-if-further" { "Any other setting" }
                        input #what-if-further type="text" spellcheck="false" autocomplete="off"
                            placeholder="costs.contact=8" aria-describedby="what-if-further-help";
                        small #what-if-further-help { "KEY=VALUE, as --set takes it; several with “; ” between them" }
                    }
                    (LINE)
                    p.buttons {
                        button type="reset" { "Back to the result above" } " "
                        button #what-if-stop type="button" hidden { "Stop" } " "
                        button #what-if-forget type="button" hidden { "Forget the other answers" }
                    }
                }
                (LINE)
                p #what-if-progress hidden {
                    progress #what-if-bar max="1" value="0" aria-label="Replications done" {} " "
                    span #what-if-count {}
                }
                (LINE)
                p #what-if-status role="status" aria-live="polite" {} (LINE)
                div #what-if-asked {} (LINE)
                div #what-if-answer {} (LINE)
                div #what-if-command hidden {
                    p { "The same in a terminal, in the folder of the scenario:" }
                    pre { code {} }
                    p { button #what-if-save type="button" { "Save comparison.json" } }
                    p { small { "The address of this page remembers where the levers stand." } }
                }
                (LINE)
            }
            (LINE)
        }
    }

    fn lever(&self, number: usize, lever: &Lever) -> Markup {
        let id = format!("what-if-{number}");
        let count = lever.choices.len();
        let label = |place: usize| printable(&lever.choices[place].label);
        html! {
            div.lever {
                label for=(id) { (printable(&lever.label)) }
                @if lever.is_scale {
                    input #(id) type="range" min="0" max=(count - 1) step="1" value=(lever.now)
                        data-lever=(number) aria-valuetext=(label(lever.now));
                    output for=(id) { (label(lever.now)) }
                } @else {
                    select #(id) data-lever=(number) {
                        @for place in 0..count {
                            option value=(place) selected[place == lever.now] { (label(place)) }
                        }
                    }
                }
                @if count >= FEW {
                    button #{ (id) "-all" } type="button" data-all=(number)
                        aria-label={ "Try all " (count) " settings of: " (printable(&lever.label)) } {
                        "Try all " (count) " settings"
                    }
                }
            }
        }
    }

    /// The engine, the question and the scripts, which stand at the end of the page.
    pub(super) fn scripts(&self) -> Markup {
        let levers: Vec<serde_json::Value> = self
            .levers
            .iter()
            .map(|lever| {
                let choices: Vec<_> = lever
                    .choices
                    .iter()
                    .map(|choice| serde_json::json!({ "name": choice.name, "label": choice.label, "set": choice.set }))
                    .collect();
                let Lever { id, label, is_scale, now, .. } = lever;
                serde_json::json!({ "id": id, "label": label, "is_scale": is_scale, "now": now, "choices": choices })
            })
            .collect();
        let data = serde_json::json!({ "levers": levers, "replications": self.replications, "seed": self.seed });
        let safe = |json: &str| PreEscaped(json.replace('<', "\\u003c"));
        html! {
            script type="application/json" id="what-if-data" { (safe(&data.to_string())) } (LINE)
            script type="application/json" id="what-if-question" { (safe(&self.question)) } (LINE)
            script type="application/octet-stream" id="what-if-engine" { (base64(self.engine)) } (LINE)
            script type="text/plain" id="what-if-worker" { (LINE) (PreEscaped(include_str!("html/what_if_worker.js"))) } (LINE)
            script { (LINE) (PreEscaped(include_str!("html/what_if.js"))) } (LINE)
        }
    }
}

/// Bytes in base 64 (RFC 4648, §4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let three = [chunk[0], *chunk.get(1).unwrap_or(&0), *chunk.get(2).unwrap_or(&0)];
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place)) & 63;
            text.push(if place <= chunk.len() { char::from(DIGITS[digit as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_by_the_vectors_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }
}
