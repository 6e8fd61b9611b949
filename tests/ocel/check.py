"""Reads an object-centric event log back with pm4py and counts what is in it: check.py LOG TRACE.

TRACE is the same replication's trace; the log must hold one event for each of its events, at the same time, and the
objects that the trace names."""

import collections
import datetime
import json
import sys

import pm4py

# Events of the trace that concern no object of the log.
LEFT_OUT = {"disruption-began", "disruption-ended", "split-not-charged"}
START = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)


def main():
    log = pm4py.read_ocel2_json(sys.argv[1])
    trace = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    problems = []

    def equal(what, found, expected):
        if found != expected:
            problems.append(f"{what}: {found} instead of {expected}")

    at = log.events["ocel:timestamp"].dt.tz_convert("UTC") if log.events["ocel:timestamp"].dt.tz else \
        log.events["ocel:timestamp"].dt.tz_localize("UTC")
    seconds = ((at - START).dt.total_seconds()).astype(int)
    found = collections.Counter(zip(log.events["ocel:activity"], seconds))
    expected = collections.Counter((e["event"], e["t"]) for e in trace if e["event"] not in LEFT_OUT)
    equal("events and their times", dict(found - expected), dict(expected - found))
    equal("events", len(log.events), sum(expected.values()))

    objects = log.objects.groupby("ocel:type")["ocel:oid"].apply(set).to_dict()
    orders = {f"order {e['order']}" for e in trace if "order" in e}
    equal("orders", objects.get("order", set()), orders)
    parcels = {f"parcel {e['order']}.{e['parcel']}" for e in trace if e["event"] == "parcel-released"}
    equal("parcels", objects.get("parcel", set()), parcels)
    purchases = {f"purchase order {e['warehouse']}/{e['product']}/{e['purchase_order']}"
                 for e in trace if e["event"] == "replenishment-ordered"}
    equal("purchase orders", objects.get("purchase order", set()), purchases)
    lines = {f"line {e['order']}.{line}" for e in trace for line in e.get("lines", [e.get("line")]) if line}
    lines |= {f"line {e['order']}.{e['to']}" for e in trace if e["event"] == "line-swapped"}
    equal("lines that the trace names and the log lacks", lines - objects.get("line", set()), set())
    for name, kind in [("product", "product"), ("warehouse", "warehouse")]:
        named = {f"{kind} {e[name]}" for e in trace if name in e}
        equal(f"{name}s that the trace names and the log lacks", named - objects.get(kind, set()), set())

    # pm4py keeps only the objects that events name: those are all orders, lines, parcels and purchase orders of the file.
    with open(sys.argv[1], encoding="utf-8") as file:
        written = collections.Counter(found["type"] for found in json.load(file)["objects"])
    for kind in ["order", "line", "parcel", "purchase order"]:
        equal(f"objects of type {kind}", len(objects.get(kind, set())), written[kind])

    known = set().union(*objects.values())
    equal("relations to nothing", set(log.relations["ocel:oid"]) - known, set())
    equal("relations of objects to nothing", set(log.o2o["ocel:oid_2"]) - known, set())
    equal("a parcel's events", set(log.relations[log.relations["ocel:type"] == "parcel"]["ocel:activity"])
          <= {"parcel-released", "parcel-shipped", "parcel-delivered", "shipment-notice"}, True)

    for problem in problems:
        print(problem)
    counts = ", ".join(f"{len(ids)} of type {kind}" for kind, ids in sorted(objects.items()))
    print(f"{len(log.events)} events; objects: {counts}")
    print(f"{int(not problems)} passed, {int(bool(problems))} failed")
    sys.exit(bool(problems))


main()
