"use strict";
// The engine, in a thread of its own: a question comes in as text, the answer goes out as text. `what` is the export that answers it.
let module;
async function ask(what, question) {
  let stopped = "";
  let memory;
  const text = (at, length) => new TextDecoder().decode(new Uint8Array(memory.buffer, at, length));
  const page = {
    progress: (done, wanted) => postMessage({ done, wanted }),
    failed: (at, length) => { stopped = text(at, length); },
  };
  // A new instance for each question: what an answer took of memory is given back.
  const { exports } = await WebAssembly.instantiate(module, { page });
  memory = exports.memory;
  const bytes = new TextEncoder().encode(question);
  // Reserving may move the memory, so it comes first.
  const at = exports.reserve(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  try {
    const length = exports[what]();
    return text(exports.answer(), length);
  } catch (error) {
    return JSON.stringify({ wrong: "error: the engine stopped: " + (stopped || error.message) });
  }
}
onmessage = async ({ data }) => {
  try {
    if (data.engine) module = await WebAssembly.compile(data.engine);
    postMessage({ told: await ask(data.what, data.question) });
  } catch (error) {
    postMessage({ told: JSON.stringify({ wrong: "error: the engine does not start: " + error.message }) });
  }
};
