"""Moves a lever of pages made with --what-if in Chromium and Firefox, by the keyboard alone, and reads the answer:
what_if.py PROGRAM FOLDER SCENARIO [WORD ...] runs the scenario with the words into a folder below FOLDER and opens its page.

The answer is the one of the command that the page tells, to the byte; the bookmark gives it again; without a script there is nothing
of it; on paper neither."""

import json
import pathlib
import shlex
import subprocess
import sys
import time

import tree
from check import check
from chromium import Browser
from firefox import Firefox

ANSWERED = "(document.querySelector('#what-if-command code').textContent && !document.querySelector('[aria-busy]'))"
RIGHT = "\ue014"

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


def in_chromium(file):
    """Moves the first lever with the keyboard; yields complaints, and in the end (command, answer)."""
    with Browser() as browser:
        page = browser.page(file.as_uri(), 1280)
        page.run(FOCUS)
        for kind in ["keyDown", "keyUp"]:
            page.call("Input.dispatchKeyEvent", type=kind, key="ArrowRight", code="ArrowRight", windowsVirtualKeyCode=39)
        page.wait_for(ANSWERED)
        for wrong in filter(None, [page.run(TOLD), *tree.of_levers(page)]):
            yield f"chromium: {wrong}"
        answer, command = page.run(SAVED), page.run("document.querySelector('#what-if-command code').textContent")
        print(f"  chromium: {page.run('document.getElementById(`what-if-status`).textContent')}")
        mark = page.run("location.hash")
        page.close()
        # The bookmark, wherever it is opened.
        again = browser.page(file.as_uri() + mark, 390, scheme="dark")
        again.wait_for(ANSWERED)
        if again.run(SAVED) != answer:
            yield "chromium: the bookmark gives another answer"
        wide = again.run("document.documentElement.scrollWidth")
        if wide > 390:
            yield f"chromium: the answer is {wide} px wide on a telephone"
        again.call("Emulation.setEmulatedMedia", media="print")
        if again.run("getComputedStyle(document.getElementById('what-if')).display") != "none":
            yield "chromium: levers are printed"
        again.close()
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
        yield command, answer


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
        print(f"  firefox: {browser.run('document.getElementById(`what-if-status`).textContent')}")
        yield browser.run("document.querySelector('#what-if-command code').textContent"), browser.run(SAVED)


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
            *complaints, (command, answer) = look(file)
        except FileNotFoundError as missing:
            print(f"  skipped: {missing}")
            continue
        failed += complaints
        expected = compared(program, scenario.parent, command, folder / f"compared-{name}-{scenario.stem}")
        if answer != expected:
            ours, theirs = (parsed(text) for text in (answer, expected))
            differ = "in figures" if ours != theirs else "in bytes"
            failed.append(f"{name}: the answer differs {differ} from `{command}`")
    for complaint in failed:
        print(f"  {complaint}")
    sys.exit(bool(failed))


main()
