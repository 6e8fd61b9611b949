"""Kills the program at every system call that changes the disk: check.py PROGRAM.

For run, compare, compare --rules and report, into a folder that is not there, one with an earlier result and a file of
the user's, one with a folder of the user's, and, for the administrator, a mount point: the first killed at its first such
call, the next at its second, and so on. Directly after each kill the folder must hold the earlier result or the new one,
whole; where files are put in place one by one (a mount point, a folder of the user's in it) it must do so after the next
command. Never may anything of the user's be gone, nor anything of the program's own be left behind."""

import collections
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SCENARIO = os.path.abspath("scenarios/theory/palm-exponential.toml")
QUICK = ["--set", "run.horizon=20d", "--set", "run.warm_up=0d", "--replications", "2", "--quiet"]

# What changes the disk, by all the names it has. What makes files is among it for the moment between making and filling.
CALLS = ["rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "link", "linkat", "write",
         "pwrite64", "fsync", "fdatasync", "ftruncate", "fchmod", "chmod", "fchmodat", "copy_file_range"]

FOREIGN = {"notes.txt": "mine", "charts/mine.txt": "mine, too"}


def run(arguments, cwd, inject=None):
    """Runs the program, under strace where it is to be killed; the files it opened count, so others' calls do not."""
    command = [PROGRAM, *arguments]
    if inject:
        command = ["strace", "-f", "-qq", "-o", str(cwd / "strace.txt"), *inject, *command]
    return subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def tree(folder):
    """Every file of a folder with its bytes, but the program's own working folder."""
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".backorder"):
            found[name] = path.read_bytes()
    return found


def whole(files):
    """The result that a folder holds: its seed, "none", or what is wrong."""
    own = {name: bytes for name, bytes in files.items() if name not in FOREIGN and not name.startswith("mine/")}
    if not own:
        return "none"
    if "provenance.json" not in own:
        return f"no provenance.json beside {sorted(own)}"
    provenance = json.loads(own.pop("provenance.json"))
    digests = {name: hashlib.sha256(bytes).hexdigest() for name, bytes in own.items()}
    if digests != provenance["sha256"]:
        wrong = {name for name in digests.keys() | provenance["sha256"].keys()
                 if digests.get(name) != provenance["sha256"].get(name)}
        return f"a mixture: {sorted(wrong)} are not as provenance.json says"
    # A page that was made again stands in the same result.
    return f"seed {provenance['seed']}, page {digests['report.html'][:8]}"


class Case:
    """A command and the place it writes to."""

    def __init__(self, name, command, place, scratch):
        self.name, self.command, self.place = name, command, place
        self.folder = scratch / "out"
        self.scratch = scratch
        # Files put in place one by one are finished by the next command.
        self.is_whole_at_once = place in ("new", "plain")

    def arguments(self, seed):
        command = {
            "run": ["run", SCENARIO, *QUICK, "--jobs", "1"],
            "compare": ["compare", SCENARIO, *QUICK, "--set", "replenishment.order_up_to=7", "--jobs", "1"],
            "rules": ["compare", "--rules", SCENARIO, *QUICK, "--jobs", "1"],
        }[self.command if self.command != "report" else "run"]
        return [*command, "--seed", str(seed), "-o", "out"]

    def prepare(self):
        if self.place == "mount point":
            for path in [*self.folder.iterdir()]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        for path in self.scratch.glob(".backorder*"):
            shutil.rmtree(path)
        if self.place == "new":
            return
        done = run(self.arguments(1), self.scratch)
        assert done.returncode == 0, done.stderr
        for name, text in FOREIGN.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text(text)
        if self.place == "with folder":
            (self.folder / "mine").mkdir()
            (self.folder / "mine/plan.txt").write_text("a plan")
        if self.command == "report":
            # An older page, as if made by an older program, and sealed as the program seals.
            spoil(self.folder)

    def killed(self, inject):
        if self.command == "report":
            return run(["report", "out", "--quiet"], self.scratch, inject)
        return run(self.arguments(2), self.scratch, inject)

    def left(self):
        return sorted(path.name for path in [*self.scratch.glob(".backorder*"), *self.folder.glob(".backorder*")])


def spoil(folder):
    """Replaces the page by another one that counts as the result's own."""
    path = folder / "provenance.json"
    provenance = json.loads(path.read_text())
    (folder / "report.html").write_text("an older page")
    provenance["sha256"]["report.html"] = hashlib.sha256(b"an older page").hexdigest()
    del provenance["seal"]
    compact = json.dumps(provenance, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    provenance["seal"] = hashlib.sha256(compact.encode()).hexdigest()
    path.write_text(json.dumps(provenance, indent=2, ensure_ascii=False) + "\n")


def foreign(files):
    return {name: bytes for name, bytes in files.items() if name in FOREIGN or name.startswith("mine/")}


def kill_at_every_call(case, problems):
    """How often the program was killed, and what the folder then held."""
    kills, held = 0, collections.Counter()
    case.prepare()
    before = tree(case.folder)
    done = case.killed(["-e", "trace=" + ",".join("?" + call for call in CALLS)])
    assert done.returncode == 0, done.stderr
    after = tree(case.folder)
    states = {whole(before): "old", whole(after): "new"}
    assert len(states) == 2 and not any(":" in state for state in states), states
    log = (case.scratch / "strace.txt").read_text()
    counts = collections.Counter(re.findall(r"^\d+ +(\w+)\(", log, re.MULTILINE))
    for call, count in sorted(counts.items()):
        for number in range(1, count + 1):
            case.prepare()
            done = case.killed(["-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}"])
            if done.returncode >= 0 and done.returncode != 137:
                # Each thread has its own count.
                continue
            kills += 1
            where = f"{case.name}, killed at {call} {number}"
            files = tree(case.folder)
            state = states.get(whole(files))
            if case.is_whole_at_once and state is None:
                problems.append(f"{where}: {whole(files)}")
            if foreign(files) != foreign(before):
                problems.append(f"{where}: something of the user's is gone: {sorted(files)}")
            held[state or "of both"] += 1
            # The next command finishes what was begun, clears away, and finds a whole result.
            if case.place != "new" or state == "new":
                again = run(["report", "out", "--quiet"], case.scratch)
                if again.returncode != 0:
                    problems.append(f"{where}: report says {again.stderr}")
                files = tree(case.folder)
                if ":" in whole(files) or not whole(files).startswith("seed"):
                    problems.append(f"{where}, then report: {whole(files)}")
            else:
                again = run(case.arguments(2), case.scratch)
                if again.returncode != 0 or whole(tree(case.folder)) != whole(after):
                    problems.append(f"{where}, then the same again: {again.stderr}{whole(tree(case.folder))}")
            if foreign(tree(case.folder)) != foreign(before) or case.left():
                problems.append(f"{where}, then the next command: left behind {case.left()}")
    return kills, held


def main():
    problems, kills = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        cases = [("run", "new"), ("run", "plain"), ("run", "with folder"), ("run", "mount point"),
                 ("compare", "plain"), ("rules", "new"), ("report", "plain"), ("report", "with folder")]
        for number, (command, place) in enumerate(cases):
            own = scratch / str(number)
            own.mkdir()
            case = Case(f"{command} into a folder ({place})", command, place, own)
            if place == "mount point":
                case.folder.mkdir()
                if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(case.folder)], capture_output=True).returncode:
                    print("not tried: a mount point, which only the administrator can make")
                    continue
            try:
                of_case, held = kill_at_every_call(case, problems)
            finally:
                if place == "mount point":
                    subprocess.run(["umount", str(case.folder)])
            kills += of_case
            told = ", ".join(f"{count} {state}" for state, count in sorted(held.items()))
            print(f"{case.name}: {of_case} kills; directly after them {told}", flush=True)
    for problem in problems:
        print(problem)
    print(f"{kills} kills, {len(problems)} problems")
    sys.exit(bool(problems))


main()
