//! The engine for a page: a question as JSON in, its answer as JSON out; see [`backorder::what_if`].
//!
//! Plain exports over one buffer: `reserve` makes room for a question and says where, `ask` answers what was written there and says how
//! long the answer is, which then stands at `answer`; `overview` does the same for everything that was asked so far. Meanwhile `progress`
//! is called, and `failed` before the module stops for good.

use std::cell::RefCell;

use backorder::experiment::Settings;
use backorder::report::what_if_overview;
use backorder::what_if::answer as answer_to;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

thread_local! {
    /// The question, then the answer. There is one thread.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// So many replications are done, of so many of both scenarios.
    safe fn progress(done: f64, wanted: f64);
    /// Why the module stops: a text of a length.
    fn failed(text: *const u8, length: usize);
}

/// Makes room for a question of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        *text = vec![0; length];
        text.as_mut_ptr()
    })
}

/// Answers the question, and says how many bytes the answer has: `{"answer": …}`, or `{"wrong": "what is wrong"}`.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    let settings = Settings::default().with_progress(|done, wanted| progress(done as f64, wanted as f64));
    told(|question| answer_to(question, &settings))
}

/// Tells of everything that was asked so far, in the same form.
#[unsafe(no_mangle)]
pub extern "C" fn overview() -> usize {
    told(what_if_overview)
}

/// Answers what was written, and keeps the answer where it is looked for.
fn told<Q: DeserializeOwned, A: Serialize>(tell: impl FnOnce(&Q) -> Result<A, String>) -> usize {
    std::panic::set_hook(Box::new(|why| {
        let why = why.to_string();
        // SAFETY: the page reads the text before it returns.
        unsafe { failed(why.as_ptr(), why.len()) }
    }));
    let question = TEXT.take();
    let question: Result<Q, _> = serde_json::from_slice(&question);
    let found = question.map_err(|error| format!("error: {error}")).and_then(|asked| tell(&asked));
    let told = match found {
        Ok(found) => json!({ "answer": found }),
        Err(wrong) => json!({ "wrong": wrong }),
    };
    TEXT.set(told.to_string().into_bytes());
    TEXT.with_borrow(Vec::len)
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}
