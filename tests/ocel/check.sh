#!/usr/bin/env bash
# Writes the event log of a small run and reads it back with pm4py, which it installs from PyPI into a folder of its own
# (OCEL_VENV, by default target/ocel-venv).
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${BACKORDER:-target/release/backorder}
venv=${OCEL_VENV:-target/ocel-venv}
if ! "$venv/bin/python" -c 'import pm4py' >/dev/null 2>&1; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check pm4py==2.7.23.11
fi
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for scenario in tests/browser/scenarios/retailer.toml scenarios/rules/international-complete.toml scenarios/rules/swap.toml; do
    echo "$scenario"
    "$program" trace "$scenario" --ocel "$results/log.json"
    "$program" trace "$scenario" > "$results/trace.jsonl"
    "$venv/bin/python" tests/ocel/check.py "$results/log.json" "$results/trace.jsonl" 2>/dev/null
done
