"""Moves a lever of pages made with --what-if in Chromium and Firefox, by the keyboard alone, and reads the answer:
what_if.py PROGRAM FOLDER SCENARIO [WORD ...] runs the scenario with the words into a folder below FOLDER and opens its page.

The answer is the one of the command that the page tells, to the byte; the bookmark gives it again; all settings of a lever are answered
at the press of a button, which can be stopped; settings that are typed are those that are asked; every answer stays as a row and a
point that lead back to it; without a script there is nothing of it; on paper are the answers and not the levers."""

import json
import pathlib
import shlex
import subprocess
import sys
import time

import tree
from check import CLIPPED, CONTRAST, CROWDED, OVERFLOW, check
from chromium import Browser
from firefox import Firefox

ANSWERED = "(document.querySelector('#what-if-command code').textContent && !document.querySelector('[aria-busy]'))"
RIGHT, ENTER = "\ue014", "\ue007"

# What the page saves as comparison.json. A script of the page itself looks, as Firefox keeps those of the protocol apart from the page.
LOOK = """(async () => {
  let saved = null;
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () { saved = this; };
  const make = URL.createObjectURL;
  let blob = null;
  URL.createObjectURL = (it) => { blob = it; return make.call(URL, it); };
  document.getElementById('what-if-save').click();
  HTMLAnchorElement.prototype.click = click;
  URL.createObjectURL = make;
  const is_it = saved && saved.download === 'comparison.json';
  document.body.dataset.saved = is_it ? await blob.text() : 'nothing is saved';
})()"""
SAVED = """new Promise((done) => {
  delete document.body.dataset.saved;
  const script = document.createElement('script');
  script.textContent = %s;
  document.body.append(script);
  script.remove();
  const look = () => document.body.dataset.saved === undefined ? setTimeout(look, 20) : done(document.body.dataset.saved);
  look();
})""" % json.dumps(LOOK)

# Every control has a name, the progress is told, the answer is a table with a caption.
TOLD = """(() => {
  const wrong = [];
  for (const control of document.querySelectorAll('#what-if :is(input, select, button, progress)')) {
    const named = (control.labels && control.labels.length) || control.getAttribute('aria-label') || control.textContent.trim();
    if (!named) wrong.push('a control without a name: ' + control.id);
    if (control.type === 'range' && !control.getAttribute('aria-valuetext')) wrong.push(control.id + ' says no value');
  }
  const status = document.getElementById('what-if-status');
  if (status.getAttribute('role') !== 'status' || !status.textContent.startsWith('Answered in')) wrong.push(status.textContent);
  if (!document.querySelector('#what-if-answer table caption')) wrong.push('an answer without a table');
  return wrong.join('; ');
})()"""

STATUS = "document.getElementById('what-if-status').textContent"
COMMAND = "document.querySelector('#what-if-command code').textContent"
HASH = "location.hash"
# All settings of the first lever with a button for that, by the keyboard.
FOCUS_ALL = "document.querySelector('#what-if [data-all]').focus()"
ALL_ANSWERED = f"{STATUS}.includes(' settings of: ') && {STATUS}.startsWith('Answered in')"
# Every setting is a row and a point; each row's link is one that the keyboard reaches, each point's one that it passes over.
OVERVIEW = """(() => {
  const wrong = [];
  const place = document.getElementById('what-if-asked');
  const button = document.querySelector('#what-if [data-all]');
  const lever = document.querySelector(`#what-if [data-lever="${button.dataset.all}"]`);
  const settings = lever.type === 'range' ? Number(lever.max) + 1 : lever.options.length;
  const rows = [...place.querySelectorAll('tbody tr')];
  if (rows.length !== settings) wrong.push(`${rows.length} rows of ${settings} settings`);
  if (!rows.every((row) => row.querySelector('th a[href^="#what-if:"]'))) wrong.push('a row that leads nowhere');
  for (const svg of place.querySelectorAll('svg.chart')) {
    const points = svg.querySelectorAll('a[href^="#what-if:"][tabindex="-1"]').length;
    if (points !== settings) wrong.push(`${points} points of ${settings} settings`);
    if (svg.getAttribute('role') !== 'img' || !svg.getAttribute('aria-label')) wrong.push('a picture without a name');
  }
  if (!place.querySelector('figure h3') || !place.querySelector('figcaption')) wrong.push('a picture without a title');
  if (!place.querySelector('p.finding')) wrong.push('no finding');
  if (!place.querySelector('table.sortable th button')) wrong.push('a table that does not sort');
  return wrong.join('; ');
})()"""
# What leads back to the last answer but one, and to it.
LAST_LINK = "[...document.querySelectorAll('#what-if-asked tbody th a')].at(-1)"
# What is seen on paper.
PAPER = """(() => {
  const is_seen = (query) => [...document.querySelectorAll(query)].some((it) => it.checkVisibility());
  const wrong = [];
  if (is_seen('#what-if form, #what-if-progress, #what-if-save')) wrong.push('levers are printed');
  if (!is_seen('#what-if-asked table') || !is_seen('#what-if-asked svg')) wrong.push('answers are not printed');
  return wrong.join('; ');
})()"""

# Two settings, one with a semicolon of its own.
TYPED = ['name="one; two"', "costs.contact=8"]
TYPE = """(() => {
  const further = document.getElementById('what-if-further');
  further.value = %s;
  further.dispatchEvent(new Event('change'));
})()""" % json.dumps("; ".join(TYPED))

FOCUS = "document.querySelector('#what-if input[type=range]').focus()"


def parsed(text):
    """The value of a JSON text, or the text that is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def compared(program, place, command, folder):
    """The comparison.json of a command that a page tells."""
    words = shlex.split(command)
    if words[:2] != ["backorder", "compare"]:
        raise SystemExit(f"the page tells `{command}`")
    subprocess.run([program, *words[1:], "-qo", folder], cwd=place, check=True)
    return (folder / "comparison.json").read_text(encoding="utf-8")


def all_settings(page, press, name):
    """Has all settings of a lever answered; yields complaints. Before, it is stopped on the way, and what was answered stays."""
    page.run(FOCUS_ALL)
    press()
    page.wait_for(f"!document.getElementById('what-if-stop').hidden || {ALL_ANSWERED}")
    page.run("document.getElementById('what-if-stop').click()")
    if not page.run(STATUS).startswith("Stopped."):
        yield f"{name}: stopping is not told: {page.run(STATUS)}"
    page.run(FOCUS_ALL)
    press()
    page.wait_for(ALL_ANSWERED)
    page.wait_for("document.querySelector('#what-if-asked table') !== null")
    print(f"  {name}: {page.run(STATUS)}")
    for wrong in filter(None, [page.run(OVERVIEW)]):
        yield f"{name}: {wrong}"


def back_to_the_last(page, name):
    """Follows the link of the last row: levers, address and answer are its; yields complaints, and in the end (command, answer)."""
    link = page.run(f"{LAST_LINK}.getAttribute('href')")
    page.run(f"{LAST_LINK}.focus()")
    page.run(f"{LAST_LINK}.click()")
    page.wait_for(f"{STATUS}.startsWith('Answered before')")
    page.wait_for("document.activeElement.tagName === 'A'")
    if page.run(HASH) != link:
        yield f"{name}: a row leads to {page.run(HASH)}, not to {link}"
    if page.run("document.activeElement.getAttribute('href')") != link:
        yield f"{name}: the keyboard does not stay where it was"
    yield page.run(COMMAND), page.run(SAVED)


def looks(page, name):
    """What is wrong with how it looks."""
    for what, script in [("overflow", OVERFLOW), ("clipped", CLIPPED), ("crowded", CROWDED), ("contrast", CONTRAST)]:
        found = page.run(script)
        if found:
            yield f"{name}: {what}: {found}"


def typed(browser, file):
    """Types settings: each is in the command, and the bookmark has them as they were typed. Yields complaints."""
    page = browser.page(file.as_uri(), 1280)
    page.run(TYPE)
    page.wait_for(ANSWERED)
    words, mark = shlex.split(page.run(COMMAND)), page.run(HASH)
    told = [setting for option, setting in zip(words, words[1:]) if option == "--set"]
    if not set(TYPED) <= set(told):
        yield f"typed settings are not those of the command: {words}"
    page.close()
    again = browser.page(file.as_uri() + mark, 1280)
    again.wait_for(ANSWERED)
    found = again.run("document.getElementById('what-if-further').value")
    if found != "; ".join(TYPED):
        yield f"the bookmark has `{found}`"
    again.close()


def in_chromium(file):
    """Moves the first lever with the keyboard; yields complaints, and in the end pairs of command and answer."""
    with Browser() as browser:
        page = browser.page(file.as_uri(), 1280)
        page.run(FOCUS)
        tree.key(page, "ArrowRight", 39)
        page.wait_for(ANSWERED)
        for wrong in filter(None, [page.run(TOLD), *tree.of_levers(page)]):
            yield f"chromium: {wrong}"
        answer, command = page.run(SAVED), page.run(COMMAND)
        print(f"  chromium: {page.run(STATUS)}")
        mark = page.run(HASH)
        yield from all_settings(page, lambda: tree.key(page, "Enter", 13, "\r"), "chromium")
        yield from looks(page, "chromium, 1280 px")
        *complaints, last = back_to_the_last(page, "chromium")
        yield from complaints
        page.call("Emulation.setEmulatedMedia", media="print")
        for wrong in filter(None, [page.run(PAPER)]):
            yield f"chromium: {wrong}"
        page.close()
        # The bookmark, wherever it is opened.
        again = browser.page(file.as_uri() + mark, 390, scheme="dark")
        again.wait_for(ANSWERED)
        if again.run(SAVED) != answer:
            yield "chromium: the bookmark gives another answer"
        yield from all_settings(again, lambda: tree.key(again, "Enter", 13, "\r"), "chromium, 390 px")
        yield from looks(again, "chromium, 390 px, dark")
        again.close()
        yield from (f"chromium: {wrong}" for wrong in typed(browser, file))
        # Without a script there is nothing of it.
        plain = browser.page("about:blank", 1280)
        plain.call("Emulation.setScriptExecutionDisabled", value=True)
        plain.call("Page.navigate", url=file.as_uri())
        # Where scripts are off, nothing can be waited for in the page.
        for _ in range(200):
            if plain.run("document.readyState === 'complete' && document.getElementById('what-if') !== null"):
                break
            time.sleep(0.05)
        if plain.run("document.getElementById('what-if').getBoundingClientRect().height") != 0:
            yield "chromium: levers without a script"
        yield from (f"chromium: {complaint}" for complaint in check(browser, file))
        yield (command, answer), last


def in_firefox(file):
    """The same in short."""
    with Firefox() as browser:
        for width in [1280, 390]:
            browser.open(file.as_uri(), width)
            browser.run(FOCUS)
            browser.press(RIGHT)
            browser.wait_for(ANSWERED)
            for wrong in filter(None, [browser.run(TOLD)]):
                yield f"firefox: {wrong}"
        print(f"  firefox: {browser.run(STATUS)}")
        first = browser.run(COMMAND), browser.run(SAVED)
        yield from all_settings(browser, lambda: browser.press(ENTER), "firefox")
        *complaints, last = back_to_the_last(browser, "firefox")
        yield from complaints
        yield first, last


def main():
    program, folder, scenario = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    words = sys.argv[4:]
    result = folder / f"what-if-{scenario.stem}"
    subprocess.run([program, "run", scenario, "--what-if", *words, "-qo", result], check=True)
    file = result / "report.html"
    print(f"{scenario.name}: {file.stat().st_size / 1e6:.2f} MB")
    failed = []
    for name, look in [("chromium", in_chromium), ("firefox", in_firefox)]:
        try:
            *complaints, answers = look(file)
        except FileNotFoundError as missing:
            print(f"  skipped: {missing}")
            continue
        failed += complaints
        for number, (command, answer) in enumerate(answers):
            expected = compared(program, scenario.parent, command, folder / f"compared-{name}-{scenario.stem}-{number}")
            if answer != expected:
                ours, theirs = (parsed(text) for text in (answer, expected))
                differ = "in figures" if ours != theirs else "in bytes"
                failed.append(f"{name}: the answer differs {differ} from `{command}`")
    for complaint in failed:
        print(f"  {complaint}")
    sys.exit(bool(failed))


main()
