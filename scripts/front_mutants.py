#!/usr/bin/env python3
"""Mutation testing of what people read: `src/report` and `src/cli`.

    scripts/front_mutants.py [N]         tries N mutants, 100 unless another number is given
    scripts/front_mutants.py --list      lists all there are

The sources are copied to target/front, and every mutant is put in there at once, each behind a switch that the variable MUTANT
turns: one program and one set of tests have them all, so that there is one build instead of thousands. A mutant is a function
that returns a trivial value or does nothing, a condition that is negated, or an operator of a number that is another.
Those that do not compile are found by the compiler and left out: they are not viable. The draw is fixed: mutants are ordered
by the SHA-256 of their names.

Every test runs once by itself, which tells the mutants that it comes by. A mutant then meets those that come by it, the quickest
first. It is caught when one fails or does not end. Prints every mutant that survives, and how many of those tried were caught.

FRONT_HOME=FOLDER takes another folder than target/front, which stays as it is left. It needs Python 3.9 and cargo.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("FRONT_HOME", TOP / "target" / "front"))
TREE = HOME / "tree"
ROOMS = ("report", "cli")
# What judges the rules, the engine and the statistics is not asked about the front of the house.
NOT_ASKED = ["theory::", "properties::", "reference::", "business::", "rules::", "timelines::", "architecture::", "imports::", "fuzz"]

SIGNATURE = re.compile(r"^(\s*)(?:pub(?:\([\w: ]+\))? )?fn (\w+)(?:<[^>]*>)?\(.*\)(?: -> (.+))? \{$")
CONDITION = re.compile(r"^(\s*)((?:\} else )?if )(.+) \{$")
NUMBER = re.compile(r"(?<![\w.)\]])((?:\d+\.\d+|[a-z_][\w.]*)) ([*/+-]) ((?:\d+\.\d+|[a-z_][\w.]*))(?![\w.(:!\[])")
OTHER = {"*": "/", "/": "*", "+": "-", "-": "+"}

SWITCH = """
/// Whether a mutant is switched on. Where MUTANTS_REACHED names a file, the numbers of those asked about are added to it.
pub(crate) fn mutant(number: u32) -> bool {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    static REACHED: [AtomicBool; 8192] = [const { AtomicBool::new(false) }; 8192];
    static FILE: std::sync::OnceLock<Option<std::fs::File>> = std::sync::OnceLock::new();
    static NUMBER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    let file = FILE.get_or_init(|| {
        std::env::var_os("MUTANTS_REACHED").and_then(|path| std::fs::File::options().append(true).create(true).open(path).ok())
    });
    if let Some(mut file) = file.as_ref() {
        if !REACHED[number as usize].swap(true, Ordering::Relaxed) {
            let _ = file.write_all(format!("{number}\\n").as_bytes());
        }
    }
    *NUMBER.get_or_init(|| std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0)) == number
}
"""


def values(kind):
    """What a function of a type returns instead."""
    if kind is None:
        return [""]
    if kind == "bool":
        return [" true", " false"]
    if kind == "String":
        return [" String::new()", ' "xyzzy".to_string()']
    if kind.startswith("Option<"):
        return [" None"]
    if kind.startswith("Vec<"):
        return [" Vec::new()"]
    if kind in ("f64", "usize", "u64", "i64", "u32"):
        return [" Default::default()", " 1 as _"]
    if kind.startswith("Result<()"):
        return [" Ok(())"]
    if kind == "Self" or kind.startswith(("impl ", "&", "Result<", "!")):
        return []
    return [" Default::default()"]


def stands_alone(line, number):
    """Whether parentheses around an operation change nothing."""
    before, after = line[: number.start()].rstrip(), line[number.end() :].lstrip()
    if before.endswith(("*", "/", "!", "&")) or after.startswith("as ") or line[: number.start()].endswith("-"):
        return False
    return number.group(2) in "*/" or not (before.endswith(("+", "-")) or after.startswith(("*", "/")))


def mutants_of(path, lines):
    """Mutants of a file: line, what is changed in words, and the line in its place, with `{}` for the switch."""
    found, in_function = [], ""
    for at, line in enumerate(lines):
        if line.startswith("#[cfg(test)]"):
            break
        if signature := SIGNATURE.match(line):
            indent, in_function, kind = signature.groups()
            for value in values(kind):
                text = line.replace("{", "{{").replace("}", "}}") + f"\n{indent}    if {{}} {{{{ return{value}; }}}}"
                found.append((at, f"{in_function} returns{value or ' at once'}", text))
        elif (condition := CONDITION.match(line)) and " let " not in f" {line}":
            indent, start, asked = condition.groups()
            escaped = asked.replace("{", "{{").replace("}", "}}")
            found.append((at, f"{in_function}: if not {asked}", f"{indent}{start.replace('}', '}}')}{{}} != ({escaped}) {{{{"))
        elif '"' not in line and "//" not in line and (number := NUMBER.search(line)) and stands_alone(line, number):
            one, sign, two = number.groups()
            other = f"(if {{}} {{{{ {one} {OTHER[sign]} {two} }}}} else {{{{ {one} {sign} {two} }}}})"
            before, after = (part.replace("{", "{{").replace("}", "}}") for part in (line[: number.start()], line[number.end() :]))
            found.append((at, f"{in_function}: {one} {OTHER[sign]} {two}", before + other + after))
    return [(f"{path}:{at + 1}: {what}", at, text) for at, what, text in found]


def sources(top):
    """The files of both rooms, each with its lines; files of tests left out."""
    found = {}
    for room in ROOMS:
        for file in sorted((top / "src" / room).rglob("*.rs")):
            path = file.relative_to(top).as_posix()
            if file.name not in ("tests.rs", "fixture.rs") and "/tests/" not in path and not path.endswith("_tests.rs"):
                found[path] = file.read_text().splitlines()
    return found


def written(originals, skipped):
    """Writes the copy with all mutants but those skipped; numbers them from 1."""
    names, places = [], {}
    for path, lines in originals.items():
        by_line = {}
        for name, at, text in mutants_of(path, lines):
            if name not in skipped:
                by_line.setdefault(at, []).append((name, text))
        out = []
        for at, line in enumerate(lines):
            here = by_line.get(at, [])
            if not here:
                out.append(line)
                continue
            texts = []
            for name, text in here:
                names.append(name)
                texts.append(text.format(f"crate::mutant({len(names)})"))
            first = texts[0].split("\n")[0]
            for row in [first] + [row for text in texts for row in text.split("\n")[1:]]:
                out.append(row)
                places.setdefault((path, len(out)), [])
                places[(path, len(out))] += [name for name, _ in here]
        target = TREE / path
        text = "\n".join(out) + "\n"
        if not target.exists() or target.read_text() != text:
            target.write_text(text)
    library = TREE / "src" / "lib.rs"
    text = library.read_text()
    if SWITCH not in text:
        library.write_text("#![allow(warnings, clippy::all)]\n" + text + SWITCH)
    return names, places


def built():
    """Builds the tests with all viable mutants; the names, and the programs of the tests."""
    if TREE.exists():
        shutil.rmtree(TREE)
    TREE.mkdir(parents=True)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=True).stdout.split(b"\0")
    for file in filter(None, files):
        source, target = TOP / os.fsdecode(file), TREE / os.fsdecode(file)
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    # A copy has no history, and needs none.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(HOME / "target"), "CARGO_PROFILE_DEV_DEBUG": "0"}
    # Taken once: the sources may change while this runs.
    originals, skipped = sources(TREE), set()
    while True:
        names, places = written(originals, skipped)
        check = subprocess.run(
            ["cargo", "check", "--locked", "--message-format", "json"], cwd=TREE, env=environment, capture_output=True, text=True
        )
        if check.returncode == 0:
            break
        before = len(skipped)
        for row in check.stdout.splitlines():
            message = json.loads(row).get("message") or {}
            for span in message.get("spans", []) if message.get("level") == "error" else []:
                for line in range(span["line_start"], span["line_end"] + 1):
                    skipped |= set(places.get((span["file_name"], line), []))
        print(f"{len(skipped)} of {len(names) + len(skipped)} mutants do not compile", file=sys.stderr, flush=True)
        if len(skipped) == before:
            sys.exit("the copy does not compile, and not because of a mutant:\n" + check.stderr[-3000:])
    build = subprocess.run(
        ["cargo", "test", "--locked", "--no-run", "--lib", "--test", "it", "--message-format", "json"],
        cwd=TREE, env=environment, capture_output=True, text=True, check=False,
    )
    if build.returncode != 0:
        sys.exit(build.stderr[-3000:])
    programs = {}
    for row in build.stdout.splitlines():
        artifact = json.loads(row)
        if artifact.get("reason") == "compiler-artifact" and artifact.get("executable") and artifact["profile"]["test"]:
            programs[artifact["target"]["name"]] = artifact["executable"]
    return names, programs


def run(program, tests, mutant, seconds, reached=None):
    """Whether all of these tests pass."""
    environment = {**os.environ, "MUTANT": str(mutant), "CARGO_MANIFEST_DIR": str(TREE)}
    if reached:
        environment["MUTANTS_REACHED"] = str(reached)
    command = [program, "-q", "--exact", *tests]
    try:
        return subprocess.run(command, cwd=TREE, env=environment, capture_output=True, timeout=seconds, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def reaching(programs):
    """For every mutant the tests that come by it, the quickest first; each test runs by itself for that."""
    found = {}
    reached = HOME / "reached"
    for program in programs:
        listed = subprocess.run([program, "--list"], cwd=TREE, capture_output=True, text=True, check=True).stdout
        tests = re.findall(r"^(\S+): test$", listed, re.M)
        for at, test in enumerate(tests):
            if test.startswith(tuple(NOT_ASKED)):
                continue
            reached.unlink(missing_ok=True)
            started = time.time()
            # What fails without any mutant says nothing about one.
            passes = run(program, [test], 0, 600, reached)
            if not passes:
                print(f"left out, as it fails without any mutant: {test}", flush=True)
            elif reached.exists():
                for number in set(reached.read_text().split()):
                    found.setdefault(int(number), []).append((time.time() - started, program, test))
            if at % 100 == 0:
                print(f"{at} of {len(tests)} tests looked at", file=sys.stderr, flush=True)
    return {number: sorted(tests) for number, tests in found.items()}


def is_caught(tests, mutant):
    """Whether one of the tests fails or does not end: the quickest ten first, then forty, then all others."""
    for some in (tests[:10], tests[10:50], tests[50:]):
        for program in sorted({program for _, program, _ in some}):
            names = [test for _, of, test in some if of == program]
            if not run(program, names, mutant, 120 + 10 * sum(seconds for seconds, _, _ in some)):
                return True
    return False


def main():
    if sys.argv[1:] == ["--list"]:
        for path, lines in sources(TOP).items():
            for name, _, _ in mutants_of(path, lines):
                print(name)
        return
    count = int(sys.argv[1]) if sys.argv[1:] else 100
    names, programs = built()
    tests = reaching([programs["backorder"], programs["it"]])
    print(f"{len(names)} viable mutants, {len(tests)} of them reached by a test", file=sys.stderr, flush=True)
    drawn = sorted(range(len(names)), key=lambda at: hashlib.sha256(names[at].encode()).digest())[:count]
    caught, started = 0, time.time()
    for tried, at in enumerate(drawn, 1):
        if is_caught(tests.get(at + 1, []), at + 1):
            caught += 1
        else:
            print(f"survived: {names[at]}" + ("" if at + 1 in tests else " (no test comes by)"), flush=True)
        print(f"{caught} of {tried} caught, {time.time() - started:.0f} s", file=sys.stderr, flush=True)
    print(f"caught {caught} of {len(drawn)} mutants tried, of {len(names)} viable ones")


if __name__ == "__main__":
    main()
