"""Opens result pages in a real browser and complains: check.py DIR ... (folders with a report.html).

No console message, no request that leaves the file, no sideways scrolling on a telephone or a desk, tables that sort,
values under the pointer, data that can be saved, text that can be read on its ground, light and dark; what a screen reader is told, and
that the keyboard alone gets everywhere."""

import pathlib
import sys

import tree
from chromium import Browser

WIDTHS = [320, 375, 768, 1280]

OVERFLOW = """(() => {
  const wide = document.documentElement.clientWidth;
  const inside = (e) => e.closest('.scroll, nav ul, .skip') !== null;
  const out = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && (box.right > wide + 0.5 || box.left < -0.5) && !inside(e);
  });
  const scrolls = document.documentElement.scrollWidth > wide;
  return (scrolls || out.length) ? `${document.documentElement.scrollWidth} of ${wide}: ` +
    out.slice(0, 3).map((e) => e.tagName + '.' + (e.className.baseVal ?? e.className)).join(', ') : '';
})()"""

# Texts of charts stay inside their drawing.
CLIPPED = """[...document.querySelectorAll('svg.chart')].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  if (frame.width === 0) return [];
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1
      || box.top < frame.top - 1;
  }).map((text) => svg.closest('figure').id + ': ' + text.textContent.trim());
}).join('; ')"""

# Texts of one chart do not cover one another.
CROWDED = """[...document.querySelectorAll('svg.chart')].flatMap((svg) => {
  if (svg.getBoundingClientRect().width === 0) return [];
  const texts = [...svg.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()]);
  return texts.flatMap(([a, x], i) => texts.slice(i + 1).filter(([, y]) =>
    Math.min(x.right, y.right) - Math.max(x.left, y.left) > 1.5 &&
    Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top) > 4
  ).map(([b]) => `${svg.closest('figure').id}: "${a.textContent.trim()}" on "${b.textContent.trim()}"`));
}).join('; ')"""

CONTRAST = """(() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length && (c[3] ?? 1) > 0) return c;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || ['SCRIPT', 'STYLE', 'TITLE', 'title'].includes(e.tagName)) continue;
    const style = getComputedStyle(e);
    const chart = e.closest('svg');
    // What is written on a bar has the bar's colour behind it, and is chosen for it.
    if (chart && ['#FEFEFE', '#1E1E1E'].includes(e.getAttribute('fill'))) continue;
    const [a, b] = [light(parse(chart ? style.fill : style.color)), light(ground(chart ? chart.parentElement : e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`${e.tagName} "${e.textContent.trim().slice(0, 30)}" ${ratio.toFixed(1)}`);
  }
  return [...poor].slice(0, 5).join('; ');
})()"""

OUTLINE = """(() => {
  const wrong = [];
  let last = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    const level = Number(heading.tagName[1]);
    if (level > last + 1) wrong.push(`h${level} after h${last}: ${heading.textContent}`);
    last = level;
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  for (const svg of document.querySelectorAll('svg')) {
    if (svg.getAttribute('role') !== 'img' || !svg.getAttribute('aria-label')) wrong.push('a chart without a name');
  }
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) wrong.push('ids twice: ' + twice.join(', '));
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(link.hash.slice(1))) wrong.push('a link to nowhere: ' + link.hash);
  }
  if (!document.documentElement.lang) wrong.push('no language');
  return wrong.join('; ');
})()"""

SORTS = """(() => {
  const wrong = [];
  document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
  for (const table of document.querySelectorAll('table.sortable')) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const sizes = () => [...table.tBodies].map((body) => body.rows.length).join();
      const before = sizes();
      for (const expected of [null, null]) {
        heading.querySelector('button').click();
        const way = heading.getAttribute('aria-sort');
        const name = `${table.caption?.textContent} / ${heading.textContent}`;
        if (!['ascending', 'descending'].includes(way)) wrong.push(`${name}: ${way}`);
        for (const body of table.tBodies) {
          const rows = [...body.rows];
          if (rows.some((row, at) => at > 0 && row.classList.contains('group'))) wrong.push(`${name}: a group's name moved`);
          const cells = rows.filter((row) => !row.classList.contains('group')).map((row) => row.cells[column]);
          const keys = cells.map((cell) => cell.dataset.key);
          const numbers = keys.filter((key) => key !== undefined && key !== '').map(Number);
          const sorted = [...numbers].sort((a, b) => way === 'ascending' ? a - b : b - a);
          if (JSON.stringify(numbers) !== JSON.stringify(sorted)) wrong.push(`${name} is not ${way}`);
          const firstEmpty = keys.indexOf('');
          if (firstEmpty >= 0 && keys.slice(firstEmpty).some((key) => key !== '')) wrong.push(`${name}: dashes inside`);
        }
      }
      if (sizes() !== before) wrong.push('rows were lost');
      if (headings.filter((other) => other.getAttribute('aria-sort') !== 'none').length !== 1) wrong.push('two sorted');
    });
  }
  return wrong.join('; ');
})()"""

HOVER = """(() => {
  const wrong = [];
  const charts = [...document.querySelectorAll('svg.chart')].filter((svg) => svg.getBoundingClientRect().width > 0);
  for (const svg of charts) {
    const area = svg.querySelector('.tips :is(rect, polygon)');
    const name = svg.closest('figure').id;
    if (!area) { wrong.push(name + ': nothing under the pointer'); continue; }
    area.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: 100, clientY: 300 }));
    const tip = document.getElementById('tip');
    const box = tip.getBoundingClientRect();
    if (tip.hidden || !tip.textContent.trim()) wrong.push(name + ': says nothing');
    if (box.left < 0 || box.right > innerWidth) wrong.push(name + ': outside the window');
  }
  document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  if (!document.getElementById('tip').hidden) wrong.push('it goes on talking');
  return wrong.join('; ');
})()"""

SAVES = """(async () => {
  const wrong = [];
  let saved = null;
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () { saved = this; };
  const files = JSON.parse(document.getElementById('files').textContent);
  for (const link of document.querySelectorAll('a[data-file]')) {
    saved = null;
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    if (!saved || saved.download !== link.dataset.file || !saved.href.startsWith('blob:')) {
      wrong.push(link.dataset.file + ' is not saved');
    }
    if (typeof files[link.dataset.file] !== 'string') wrong.push(link.dataset.file + ' is not there');
  }
  HTMLAnchorElement.prototype.click = click;
  if (!document.querySelector('a[data-file]')) wrong.push('no data');
  return wrong.join('; ');
})()"""


def told(page, url):
    """Console messages, errors and requests that a page told of."""
    for event in page.events():
        method, values = event["method"], event["params"]
        if method == "Runtime.consoleAPICalled":
            yield "console: " + " ".join(str(a.get("value", a.get("description"))) for a in values["args"])
        elif method == "Runtime.exceptionThrown":
            yield "exception: " + str(values["exceptionDetails"])
        elif method == "Log.entryAdded":
            yield "log: " + values["entry"]["text"]
        elif method == "Network.requestWillBeSent":
            request = values["request"]["url"].split("#")[0]
            if request != url and not request.startswith(("data:", "blob:", "about:")):
                yield "request: " + request


def check(browser, file):
    """All complaints about a page."""
    url = file.as_uri()
    for width in WIDTHS:
        for scheme in ["light", "dark"]:
            page = browser.page(url, width, scheme=scheme)
            at = f"{width} px, {scheme}"
            checks = [("overflow", OVERFLOW), ("clipped", CLIPPED), ("crowded", CROWDED), ("contrast", CONTRAST),
                      ("outline", OUTLINE), ("pointer", HOVER), ("sorting", SORTS), ("overflow, unfolded", OVERFLOW),
                      ("saving", SAVES)]
            for name, script in checks:
                found = page.run(script)
                if found:
                    yield f"{at}: {name}: {found}"
            for message in told(page, url):
                yield f"{at}: {message}"
            page.close()
    page = browser.page(url, 1280)
    for found in [*tree.complaints(page), *tree.by_keyboard(page)]:
        yield f"without eyes or pointer: {found}"
    page.close()


def main():
    failed = passed = 0
    with Browser() as browser:
        for folder in map(pathlib.Path, sys.argv[1:]):
            complaints = list(check(browser, (folder / "report.html").resolve()))
            for complaint in complaints:
                print(f"{folder}: {complaint}")
            failed, passed = failed + bool(complaints), passed + (not complaints)
    print(f"{passed} passed, {failed} failed")
    sys.exit(bool(failed or not passed))


if __name__ == "__main__":
    main()
