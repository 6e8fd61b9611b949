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
      worker.terminate();
      worker = undefined;
    }
    is_busy = false;
    part("progress").hidden = true;
    part("stop").hidden = true;
  }
  async function ask(asked, tell) {
    const message = { question: JSON.stringify(asked) };
    if (!worker) {
      message.engine = await unpacked();
      address ??= URL.createObjectURL(new Blob([part("worker").textContent], { type: "text/javascript" }));
      worker = new Worker(address);
    }
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => {
        if (data.told === undefined) tell(data);
        else resolve(JSON.parse(data.told));
      };
      worker.onerror = (event) => resolve({ wrong: "error: the engine stopped: " + event.message });
      is_busy = true;
      worker.postMessage(message);
    });
  }

  // What is asked: the choice of each lever, further settings, replications.
  const chosen = (input) => levers[input.dataset.lever].choices[Number(input.value)];
  function change() {
    const own = further.value.split(";").map((text) => text.trim()).filter(Boolean);
    return inputs.flatMap((input) => chosen(input).set).concat(own);
  }
  function label(input) {
    if (input.type !== "range") return;
    const { label } = chosen(input);
    input.setAttribute("aria-valuetext", label);
    input.nextElementSibling.value = label;
  }

  // The address of the page holds where the levers stand: a bookmark.
  const MARK = "#what-if:";
  function bookmark() {
    const marks = new URLSearchParams();
    for (const input of inputs) {
      const lever = levers[input.dataset.lever];
      if (Number(input.value) !== lever.now) marks.set(lever.id, chosen(input).name);
    }
    if (further.value.trim()) marks.set("set", further.value.trim());
    const is_moved = marks.size > 0;
    if (count.value !== count.dataset.first) marks.set("replications", count.value);
    const hash = is_moved ? MARK + marks : "#what-if";
    try {
      history.replaceState(null, "", hash);
    } catch {
      location.replace(hash);
    }
  }
  function restore() {
    if (!location.hash.startsWith(MARK)) return;
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
    part().scrollIntoView();
    simulate();
  }

  let answer = "";
  function clear() {
    part("answer").replaceChildren();
    part("command").hidden = true;
    answer = "";
  }
  // Whether the engine agrees with the result above: with as many replications its first scenario is that result.
  function disagrees(comparison) {
    if (comparison.replications !== replications || !files["summary.json"]) return false;
    const above = JSON.parse(files["summary.json"]).metrics;
    return Object.entries(comparison.scenarios[0].metrics).some(([name, { mean }]) => above[name] && above[name].mean !== mean);
  }
  let turn = 0;
  async function simulate() {
    turn += 1;
    const mine = turn;
    stop();
    bookmark();
    const set = change();
    if (set.length === 0) {
      clear();
      status.textContent = "";
      return;
    }
    part("answer").setAttribute("aria-busy", "true");
    const started = performance.now();
    let said = started;
    let pairs = Number(count.value);
    status.textContent = `Simulating ${pairs} replications …`;
    part("bar").value = 0;
    part("count").textContent = `0 of ${pairs} replications`;
    part("progress").hidden = false;
    part("stop").hidden = false;
    const { answer: found, wrong } = await ask({ ...question, replications: pairs, change: set }, ({ done, wanted }) => {
      pairs = wanted / 2;
      part("bar").value = done / wanted;
      part("count").textContent = `${Math.floor(done / 2)} of ${pairs} replications`;
      // Aloud only now and then.
      if (performance.now() - said > 5000) {
        said = performance.now();
        status.textContent = part("count").textContent;
      }
    });
    if (mine !== turn) return;
    is_busy = false;
    stop();
    part("answer").removeAttribute("aria-busy");
    if (wrong) {
      clear();
      const text = document.createElement("pre");
      text.textContent = wrong;
      part("answer").replaceChildren(text);
      status.textContent = "This cannot be simulated.";
      return;
    }
    answer = found.comparison;
    part("answer").innerHTML = found.shown;
    part("command").querySelector("code").textContent = found.command;
    part("command").hidden = false;
    const comparison = JSON.parse(found.comparison);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    part().dataset.seconds = seconds;
    status.textContent = `Answered in ${seconds} s: ${comparison.replications} replications of each, seed ${seed}.`;
    if (disagrees(comparison)) {
      status.textContent += " The engine in this page gives other figures than the result above; make the page again.";
    }
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
    status.textContent = "Stopped.";
    part("answer").removeAttribute("aria-busy");
  });
  part("save").addEventListener("click", () => {
    const saving = document.createElement("a");
    saving.href = URL.createObjectURL(new Blob([answer], { type: "application/json" }));
    saving.download = "comparison.json";
    saving.click();
    setTimeout(() => URL.revokeObjectURL(saving.href), 1000);
  });
  addEventListener("hashchange", restore);
  restore();
})();
