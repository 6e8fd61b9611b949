"use strict";
// What if: a lever is moved, the engine in this page answers. Nothing is shown of it where the browser lacks what it takes.
(() => {
  const part = (name) => document.getElementById("what-if" + (name ? "-" + name : ""));
  if (!window.WebAssembly || !window.DecompressionStream || !window.Worker) return;
  const { levers, replications, seed } = JSON.parse(part("data").textContent);
  const question = JSON.parse(part("question").textContent);
  const [count, further, status] = [part("replications"), part("further"), part("status")];
  const inputs = [...part("levers").querySelectorAll("[data-lever]")];
  // As the levers stood when the page was opened, whatever the browser remembers of an earlier visit.
  part("levers").reset();
  part().hidden = false;
  for (const link of document.querySelectorAll('nav a[href="#what-if"]')) link.parentElement.hidden = false;

  // The engine is unpacked when it is first asked for.
  let engine;
  const unpacked = () => {
    engine ??= (async () => {
      const packed = Uint8Array.from(atob(part("engine").textContent), (letter) => letter.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Response(stream).arrayBuffer();
    })();
    return engine;
  };
  let worker;
  let address;
  let is_busy = false;
  // A worker in the middle of something is ended; one that is done is asked again.
  function stop() {
    if (is_busy) {
      worker?.terminate();
      worker = undefined;
    }
    is_busy = false;
    part("progress").hidden = true;
    part("stop").hidden = true;
    part("answer").removeAttribute("aria-busy");
  }
  async function ask(what, asked, tell) {
    const message = { what, question: JSON.stringify(asked) };
    const mine = turn;
    is_busy = true;
    if (!worker) {
      message.engine = await unpacked();
      // Whoever was overtaken meanwhile waits for ever.
      if (mine !== turn) return new Promise(() => {});
      address ??= URL.createObjectURL(new Blob([part("worker").textContent], { type: "text/javascript" }));
      worker = new Worker(address);
    }
    return new Promise((resolve) => {
      const done = (told) => {
        is_busy = false;
        resolve(told);
      };
      worker.onmessage = ({ data }) => {
        if (data.told === undefined) tell(data);
        else done(JSON.parse(data.told));
      };
      worker.onerror = (event) => done({ wrong: "error: the engine stopped: " + event.message });
      worker.postMessage(message);
    });
  }

  function label(input) {
    if (input.type !== "range") return;
    const { label } = levers[input.dataset.lever].choices[Number(input.value)];
    input.setAttribute("aria-valuetext", label);
    input.nextElementSibling.value = label;
  }

  // A setting among several that semicolons set apart. One within quotes belongs to it: they open and close as in those of --set.
  const SETTING = /(?:\s*'[^']*')?(?:"(?:\\.|[^"\\])*"|[=.,:[{]\s*'[^']*'|[^;])*/g;
  // What is asked: the choice of each lever, further settings, replications; of one lever another choice than it stands at. Its address
  // is a bookmark.
  const MARK = "#what-if:";
  function question_of(other, choice) {
    const marks = new URLSearchParams();
    const [moved, set] = [[], []];
    for (const input of inputs) {
      const lever = levers[input.dataset.lever];
      const at = input === other ? choice : Number(input.value);
      const { name, label, set: settings } = lever.choices[at];
      set.push(...settings);
      if (at === lever.now) continue;
      marks.set(lever.id, name);
      moved.push({ lever: lever.label, choice: label, at, now: lever.now, is_scale: lever.is_scale });
    }
    const own = further.value.match(SETTING).map((text) => text.trim()).filter(Boolean);
    set.push(...own);
    if (own.length > 0) marks.set("set", own.join("; "));
    if (count.value !== count.dataset.first) marks.set("replications", count.value);
    return { moved, further: own, change: set, pairs: Number(count.value), bookmark: MARK + marks };
  }
  // The address of the page holds where the levers stand.
  function remember({ change, bookmark }) {
    const hash = change.length > 0 ? bookmark : "#what-if";
    try {
      history.replaceState(null, "", hash);
    } catch {
      location.replace(hash);
    }
  }
  function restore() {
    if (!location.hash.startsWith(MARK)) return false;
    const marks = new URLSearchParams(location.hash.slice(MARK.length));
    for (const input of inputs) {
      const { id, choices, now } = levers[input.dataset.lever];
      const at = choices.findIndex(({ name }) => name === marks.get(id));
      input.value = String(at < 0 ? now : at);
      label(input);
    }
    further.value = marks.get("set") ?? "";
    count.value = marks.get("replications") ?? count.dataset.first;
    if (count.selectedIndex < 0) count.value = count.dataset.first;
    simulate();
    return true;
  }

  // Everything that was answered, by its address, in the order in which it was asked.
  const answers = new Map();
  let answer = "";
  function clear() {
    part("answer").replaceChildren();
    part("command").hidden = true;
    answer = "";
  }
  function show({ found }) {
    answer = found.comparison;
    part("answer").innerHTML = found.shown;
    part("command").querySelector("code").textContent = found.command;
    part("command").hidden = false;
  }
  // All answers together: a finding, a picture, a table.
  async function draw() {
    const place = part("asked");
    const mine = turn;
    part("forget").hidden = answers.size < 2;
    if (answers.size === 0) {
      place.replaceChildren();
      return;
    }
    const { bookmark } = question_of();
    const shown = [...answers.keys()].indexOf(bookmark);
    const asked = [...answers.values()].map(({ moved, further, bookmark, found }) => (
      { moved, further, bookmark, comparison: found.comparison }
    ));
    const { answer: drawn, wrong } = await ask("overview", { answers: asked, shown: shown < 0 ? null : shown }, () => {});
    if (mine !== turn) return;
    // Who came here by the keyboard stays where they were.
    const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
    if (drawn === undefined) {
      place.textContent = wrong;
      return;
    }
    place.innerHTML = drawn;
    enliven(place);
    if (focused) place.querySelector(`th a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  // Whether the engine agrees with the result above: with as many replications its first scenario is that result.
  function disagrees(comparison) {
    if (comparison.replications !== replications || !files["summary.json"]) return false;
    const above = JSON.parse(files["summary.json"]).metrics;
    return Object.entries(comparison.scenarios[0].metrics).some(([name, { mean }]) => above[name] && above[name].mean !== mean);
  }
  const paired = (pairs) => `${pairs} replications of each, seed ${seed}`;
  const seconds_since = (started) => ((performance.now() - started) / 1000).toFixed(1);

  // Questions are answered one after the other, and what is answered stays, whatever becomes of the rest. Says what is wrong with one.
  let turn = 0;
  async function answer_all(asked, name) {
    const mine = turn;
    let [said, wrong_one] = [performance.now(), ""];
    part("bar").value = 0;
    part("progress").hidden = false;
    part("stop").hidden = false;
    for (const [number, one] of asked.entries()) {
      const at = asked.length > 1 ? `setting ${number + 1} of ${asked.length}${name}: ` : "";
      const told = (done, pairs) => {
        part("bar").value = (number + done / pairs) / asked.length;
        part("count").textContent = `${at}${done} of ${pairs} replications`;
        // Aloud only now and then.
        if (performance.now() - said > 5000) {
          said = performance.now();
          status.textContent = part("count").textContent;
        }
      };
      told(0, one.pairs);
      const progress = ({ done, wanted }) => told(Math.floor(done / 2), wanted / 2);
      const { answer: found, wrong } = await ask("ask", { ...question, replications: one.pairs, change: one.change }, progress);
      if (mine !== turn) return undefined;
      if (wrong) {
        wrong_one ||= wrong;
        continue;
      }
      answers.set(one.bookmark, { ...one, found });
      if (asked.length > 1) await draw();
      if (mine !== turn) return undefined;
    }
    stop();
    return wrong_one;
  }
  // The levers are where they are: what does the engine say?
  async function simulate() {
    turn += 1;
    const mine = turn;
    stop();
    const asked = question_of();
    remember(asked);
    if (asked.change.length === 0) {
      clear();
      status.textContent = "";
      await draw();
      return;
    }
    if (answers.has(asked.bookmark)) {
      show(answers.get(asked.bookmark));
      status.textContent = `Answered before: ${paired(asked.pairs)}.`;
      await draw();
      return;
    }
    part("answer").setAttribute("aria-busy", "true");
    const started = performance.now();
    status.textContent = `Simulating ${asked.pairs} replications …`;
    const wrong = await answer_all([asked], "");
    if (mine !== turn) return;
    if (wrong) {
      clear();
      const text = document.createElement("pre");
      text.textContent = wrong;
      part("answer").replaceChildren(text);
      status.textContent = "This cannot be simulated.";
      // None of the answers is the one shown below.
      await draw();
      return;
    }
    show(answers.get(asked.bookmark));
    const comparison = JSON.parse(answer);
    const seconds = seconds_since(started);
    part().dataset.seconds = seconds;
    status.textContent = `Answered in ${seconds} s: ${paired(comparison.replications)}.`;
    if (disagrees(comparison)) {
      status.textContent += " The engine in this page gives other figures than the result above; make the page again.";
    }
    await draw();
  }
  // Every setting of a lever, the others as they stand, is answered that is not yet.
  async function try_all(input) {
    turn += 1;
    const mine = turn;
    stop();
    const { label, choices } = levers[input.dataset.lever];
    const all = choices.map((_, choice) => question_of(input, choice)).filter(({ change }) => change.length > 0);
    const asked = all.filter(({ bookmark }) => !answers.has(bookmark));
    const started = performance.now();
    status.textContent = `Simulating ${asked.length} settings of: ${label} …`;
    const wrong = await answer_all(asked, `, ${label}`);
    if (mine !== turn) return;
    await draw();
    if (mine !== turn) return;
    const seconds = seconds_since(started);
    part().dataset.seconds = seconds;
    status.textContent = `Answered in ${seconds} s: all settings of: ${label}, ${paired(count.value)}.`;
    const without = all.filter(({ bookmark }) => !answers.has(bookmark)).length;
    if (without > 0) status.textContent += ` ${without} cannot be simulated: ${wrong}`;
  }

  let soon;
  for (const input of inputs) {
    input.addEventListener("input", () => label(input));
    input.addEventListener("change", () => {
      label(input);
      clearTimeout(soon);
      soon = setTimeout(simulate, 300);
    });
  }
  for (const button of part("levers").querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => try_all(inputs.find((input) => input.dataset.lever === button.dataset.all)));
  }
  for (const input of [count, further]) input.addEventListener("change", simulate);
  part("levers").addEventListener("submit", (event) => {
    event.preventDefault();
    simulate();
  });
  part("levers").addEventListener("reset", () => setTimeout(() => {
    inputs.forEach(label);
    simulate();
  }));
  part("stop").addEventListener("click", () => {
    turn += 1;
    stop();
    status.textContent = "Stopped. What was answered by then stays.";
    draw();
    inputs[0]?.focus();
  });
  part("forget").addEventListener("click", () => {
    turn += 1;
    stop();
    const { bookmark } = question_of();
    for (const known of [...answers.keys()]) if (known !== bookmark) answers.delete(known);
    status.textContent = "The other answers are forgotten.";
    draw();
    inputs[0]?.focus();
  });
  part("save").addEventListener("click", () => {
    const saving = document.createElement("a");
    saving.href = URL.createObjectURL(new Blob([answer], { type: "application/json" }));
    saving.download = "comparison.json";
    saving.click();
    setTimeout(() => URL.revokeObjectURL(saving.href), 1000);
  });
  addEventListener("hashchange", restore);
  if (restore()) part().scrollIntoView();
})();
