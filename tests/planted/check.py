#!/usr/bin/env python3
"""Plants changes in the rules, one after the other, and looks whether `backorder check --quick` finds each and names its rule.

    tests/planted/check.py [NUMBER…]    all plants, or some of them by their numbers

The sources are copied to target/planted, and every plant is put in there at once, each behind a switch that the variable
PLANTED turns: one program has them all, so that there is one build instead of twenty. Without a number the program is
the unchanged one, and must find nothing. Prints a table in Markdown, and fails when a plant is missed or its rule is not
named.

It needs Python 3.9 and cargo.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
COPY = TOP / "target" / "planted"

# What is changed; the rules that may be named for it, none where no rule is changed; the file; the code, which stands
# there once; and what takes its place.
PLANTS = [
    ("the limit a day later", ["auto-cancel"], "rules/auto_cancel.rs", "since + after + Span(1)", "since + after + Span(86_401)"),
    ("the limit a second earlier", ["auto-cancel"], "rules/auto_cancel.rs", "since + after + Span(1)", "since + after"),
    ("one line cancelled instead of the order", ["auto-cancel"], "rules/auto_cancel.rs", "matches!(scope, CancelScope::Order)", "false"),
    ("shown on backorder with the last unit still there", ["backorder-display"], "rules/backorder_display.rs", "free_by_warehouse.into_iter().any(|free| free >= 1)", "free_by_warehouse.into_iter().any(|free| free >= 2)"),
    ("the coin of keeping a line reversed", ["backorder-orderable"], "rules/backorder_orderable.rs", "displayed_in_stock || coin()", "displayed_in_stock || !coin()"),
    ("every backordered line a mismatch", ["display-mismatch"], "rules/display_mismatch.rs", "displayed_in_stock && backordered", "backordered"),
    ("an off-by-one in the review: ordered a unit too early", ["early-replenishment"], "policy/replenishment/min_max.rs", "inventory_position > levels.trigger", "inventory_position > levels.trigger + 1"),
    ("expedited to the later of two arrivals", ["early-replenishment"], "rules/early_replenishment.rs", "expedited_arrival < old_arrival", "expedited_arrival > old_arrival"),
    ("the second parcel no split", ["free-split"], "rules/free_split.rs", "parcel > 1", "parcel > 2"),
    ("fully backordered orders not held", ["full-backorder-hold", "partial-split"], "rules/full_backorder_hold.rs", "matches!(full_order, FullOrder::Hold)", "false"),
    ("a reservation forgotten while an order is held", ["full-backorder-hold"], "rules/full_backorder_hold.rs", "!rules.backorder.reserve_while_held", "rules.backorder.reserve_while_held"),
    ("a notice although nothing waits any more", ["backorder-notice"], "rules/backorder_notice.rs", "waiting_lines > 0", "true"),
    ("the shipment notice a minute late", ["shipment-notice"], "rules/shipment_notice.rs", "released + handling", "released + handling + Span(60)"),
    ("the coin of a split reversed", ["partial-split"], "rules/partial_split.rs", "if coin() =>", "if !coin() =>"),
    ("the last of equal warehouses assigned", ["international-complete"], "rules/international_complete.rs", "(candidate.available, candidate.carried) > (so_far.available, so_far.carried)", "(candidate.available, candidate.carried) >= (so_far.available, so_far.carried)"),
    ("international orders split like others", ["international-complete", "partial-split"], "rules/international_complete.rs", "(international && rules.international.complete_only) ||", "false ||"),
    ("one unit too few released", ["multi-warehouse"], "rules/multi_warehouse.rs", "free as i64 >= units as i64", "free as i64 > units as i64"),
    ("a line without a substitute waits instead of ending", ["swap"], "rules/swap.rs", "matches!(if_none, SwapIfNone::Remove)", "!matches!(if_none, SwapIfNone::Remove)"),
    ("swap and removal exchanged", ["support-24-7", "swap", "remove"], "rules/support_24_7.rs", "if coin() { Wish::Swap }", "if !coin() { Wish::Swap }"),
    ("support only eight hours later", ["support-24-7", "remove"], "rules/support_24_7.rs", "call + handling", "call + handling + Span(28_800)"),
    ("what is left after a removal waits on", ["remove", "full-backorder-hold"], "rules/remove.rs", "(_, 0) => Left::ReadyToShip", "(2.., 0) => Left::ReadyToShip"),
    ("priority reversed: the last to wait served first", [], "engine/release.rs", "if products > 1 {", "if { claims.reverse(); false } {"),
    ("the coin of a split drawn from another stream", [], "engine/simulation.rs", "ship_available: family(Purpose::ShipAvailable)", "ship_available: family(Purpose::Contact)"),
    ("lead times drawn from another stream", [], "engine/simulation.rs", "lead_time: family(Purpose::LeadTime)", "lead_time: family(Purpose::ExpeditedLeadTime)"),
]

SWITCH = """
/// The number of the plant that is switched on, from 1; 0 for none.
pub fn planted() -> u32 {
    static NUMBER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *NUMBER.get_or_init(|| std::env::var("PLANTED").ok().and_then(|text| text.parse().ok()).unwrap_or(0))
}
"""


def in_the_place(code, plants):
    """The code, with what takes its place when one of its plants is switched on."""
    for tail in (" =>", " {", ""):
        if code.startswith("if ") and code.endswith(tail) and tail:
            condition = lambda text: text[len("if ") : -len(tail)]
            inner = condition(code)
            for number, other in plants:
                inner = f"(if crate::planted() == {number} {{ {condition(other)} }} else {{ {inner} }})"
            return f"if {inner}{tail}"
    if code.startswith("if coin()"):
        ((number, _),) = plants
        return code.replace("if coin()", f"if coin() != (crate::planted() == {number})")
    if code.startswith("(_, 0)"):
        ((number, _),) = plants
        return f"(open, 0) if crate::planted() != {number} || open >= 2 => Left::ReadyToShip"
    if code.endswith(" ||"):
        ((number, _),) = plants
        return f"(crate::planted() != {number} && {code[:-3]}) ||"
    key, colon, inner = code.partition(": family")
    if colon:
        ((number, other),) = plants
        value = other.partition(": ")[2]
        return f"{key}: if crate::planted() == {number} {{ {value} }} else {{ family{inner} }}"
    inner = code
    for number, other in plants:
        inner = f"(if crate::planted() == {number} {{ {other} }} else {{ {inner} }})"
    return inner


def build():
    """The program that has all plants."""
    COPY.mkdir(parents=True, exist_ok=True)
    shutil.copytree(TOP / "src", COPY / "src", dirs_exist_ok=True)
    for name in ("Cargo.lock", "README.md"):
        shutil.copy(TOP / name, COPY / name)
    manifest = (TOP / "Cargo.toml").read_text()
    # Nothing but the program is built: no benchmarks, tests, examples or further members.
    kept, skip = [], False
    for line in manifest.splitlines():
        if line.startswith("["):
            skip = line.startswith(("[[bench]]", "[[test]]", "[workspace", "[[example]]"))
        if not skip:
            kept.append(line)
    (COPY / "Cargo.toml").write_text("\n".join(kept) + "\n\n[workspace]\n")
    by_code = {}
    for number, (_, _, file, code, other) in enumerate(PLANTS, 1):
        by_code.setdefault((file, code), []).append((number, other))
    for (file, code), plants in by_code.items():
        path = COPY / "src" / file
        text = path.read_text()
        if text.count(code) != 1:
            sys.exit(f"src/{file}: `{code}` stands there {text.count(code)} times, not once: mend the table of plants")
        # A switch is no constant.
        path.write_text(text.replace(code, in_the_place(code, plants)).replace("pub const fn", "pub fn"))
    library = COPY / "src" / "lib.rs"
    library.write_text("#![allow(unused_parens)]\n" + library.read_text() + SWITCH)
    target = {**os.environ, "CARGO_TARGET_DIR": os.environ.get("PLANTED_TARGET", str(TOP / "target"))}
    profile = ["--profile", "profiling"]
    subprocess.run(["cargo", "build", "--locked", *profile, "--bin", "backorder"], cwd=COPY, env=target, check=True)
    return Path(target["CARGO_TARGET_DIR"]) / "profiling" / "backorder"


def check(program, number):
    """What the quick suite says with a plant: exit code and findings."""
    run = subprocess.run(
        [program, "check", "--quick", "--json"], cwd=TOP, env={**os.environ, "PLANTED": str(number)}, capture_output=True, text=True
    )
    return run.returncode, json.loads(run.stdout) if run.stdout.startswith("{") else {"sentence": run.stderr.strip()}


def main():
    program = build()
    # Beside a later build of the sources the program would be lost.
    kept = program.with_name("backorder-planted")
    shutil.copy(program, kept)
    code, found = check(kept, 0)
    if code != 0:
        sys.exit(f"the unchanged program does not pass: {found['sentence']}")
    chosen = [int(word) for word in sys.argv[1:]] or range(1, len(PLANTS) + 1)
    missed = 0
    print("| | planted change | rule | found | named by | baselines moved | the first event's rule |")
    print("| ---: | --- | --- | --- | --- | ---: | --- |")
    for number in chosen:
        what, rules, *_ = PLANTS[number - 1]
        code, found = check(kept, number)
        decided = {moved["rule"] for moved in found.get("decisions", [])}
        event = (found.get("first_event") or {}).get("rule")
        moved = sum(baseline["verdict"] == "moved" for baseline in found.get("baselines", []))
        # What the sentence names: rules that decide otherwise, else the rule of the first event that differs.
        named = decided or {event}
        by = "its decisions" if decided else "the first event"
        is_named = not rules or bool(named & set(rules)) and named <= set(rules)
        is_found = code == 3 and moved > 0
        missed += not (is_found and is_named)
        said = "yes" if is_found else f"no (exit {code}, {moved} moved)"
        by = "–" if not rules else by if is_named else f"not named, but {', '.join(sorted(map(str, named)))}"
        print(f"| {number} | {what} | {', '.join(rules[:1]) or '–'} | {said} | {by} | {moved} | {event or '–'} |", flush=True)
    if missed:
        sys.exit(f"{missed} of {len(chosen)} plants were missed, or their rule was not named")


if __name__ == "__main__":
    main()
