#!/usr/bin/env bash
# Writes the event logs of small runs and reads them back with pm4py, which it installs from PyPI into a folder of its
# own (OCEL_VENV, by default target/ocel-venv). Needs python3 with venv, which it installs where apt-get can.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${BACKORDER:-target/release/backorder}
venv=${OCEL_VENV:-target/ocel-venv}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
if ! "$venv/bin/python" -c 'import pm4py' >/dev/null 2>&1; then
    # Debian's python3 comes without what a venv needs.
    if ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv >/dev/null
    fi
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check pm4py==2.7.23.11
fi
for scenario in tests/browser/scenarios/retailer.toml scenarios/rules/international-complete.toml scenarios/rules/swap.toml; do
    echo "$scenario"
    "$program" trace "$scenario" --ocel "$results/log.json"
    "$program" trace "$scenario" > "$results/trace.jsonl"
    # pm4py draws progress bars on standard error, which matter only when something else stands there, too.
    "$venv/bin/python" tests/ocel/check.py "$results/log.json" "$results/trace.jsonl" 2>"$results/errors" || {
        cat "$results/errors" >&2
        exit 1
    }
done
