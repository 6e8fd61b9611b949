"use strict";
// Data: a link saves the file that lies in the page.
const files = JSON.parse(document.getElementById("files").textContent);
for (const link of document.querySelectorAll("a[data-file]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const name = link.dataset.file;
    const type = name.endsWith(".json") ? "application/json" : "text/csv";
    const address = URL.createObjectURL(new Blob([files[name]], { type }));
    const saving = document.createElement("a");
    saving.href = address;
    saving.download = name;
    saving.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
}

// Tables: a click on a heading sorts by its column, another one the other way round; rows stay in their group. Dashes stay
// at the end.
const inWords = new Intl.Collator("en", { numeric: true });
function sort(body, column, descending) {
  const cell = (row) => row.cells[column];
  const isEmpty = (row) => cell(row).dataset.key === "";
  const compare = (a, b) => {
    const [x, y] = [cell(a), cell(b)];
    if (x.dataset.key !== undefined && y.dataset.key !== undefined) {
      return Number(x.dataset.key) - Number(y.dataset.key);
    }
    return inWords.compare(x.textContent, y.textContent);
  };
  const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
  const sorted = rows.filter((row) => !isEmpty(row)).sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
  body.append(...sorted, ...rows.filter(isEmpty));
}
function sortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      // Numbers are asked for from the largest down, names from A to Z.
      const first = heading.classList.contains("number") ? "descending" : "ascending";
      const now = heading.getAttribute("aria-sort");
      const next = now === "none" ? first : now === "ascending" ? "descending" : "ascending";
      headings.forEach((other) => other.setAttribute("aria-sort", "none"));
      heading.setAttribute("aria-sort", next);
      for (const body of table.tBodies) sort(body, column, next === "descending");
    });
  });
}

// Charts: what is under the pointer is said beside it. Without this script the browser says it by itself.
const tip = document.getElementById("tip");
function pointed(area) {
  const title = area.querySelector("title");
  area.dataset.tip = title.textContent;
  title.remove();
}

// What comes into the page later is given the same.
function enliven(part) {
  part.querySelectorAll("table.sortable").forEach(sortable);
  part.querySelectorAll(".tips :is(rect, polygon)").forEach(pointed);
}
enliven(document);
function tell(event) {
  const area = event.target.closest ? event.target.closest(".tips :is(rect, polygon)") : null;
  if (!area) {
    tip.hidden = true;
    return;
  }
  tip.textContent = area.dataset.tip;
  tip.hidden = false;
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  const x = Math.min(Math.max(8, event.clientX - width / 2), innerWidth - width - 8);
  const above = event.clientY - height - 14;
  tip.style.left = x + "px";
  tip.style.top = (above > 8 ? above : event.clientY + 18) + "px";
}
document.addEventListener("pointermove", tell);
document.addEventListener("pointerdown", tell);
document.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

// A link to a folded rule unfolds it. What is folded is printed unfolded, but for rules' texts and tables too wide for any paper.
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") target.open = true;
}
addEventListener("hashchange", unfold);
unfold();
addEventListener("beforeprint", () => document.querySelectorAll("section > details:not(.breakdown)").forEach((fold) => { fold.open = true; }));
