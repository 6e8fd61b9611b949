#!/usr/bin/env bash
# Runs scenarios of every kind and opens their pages in a real browser: `tests/browser/check.sh [DIR …]`.
# DIR: further results of runs to be looked at. Needs python3 and Chromium, which it installs where apt-get can.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=
command -v python3 >/dev/null || missing=python3
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing="$missing chromium"
command -v firefox >/dev/null || command -v firefox-esr >/dev/null || missing="$missing firefox-esr"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null ||
        echo "not installed: $missing" >&2
fi

program=${BACKORDER:-target/release/backorder}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for scenario in tests/browser/scenarios/*.toml; do
    "$program" run "$scenario" --quiet -o "$results/$(basename "$scenario" .toml)"
done
for what in "compare --set replenishment.order_up_to=60 --variant sourcing.policy=nearest" "rules --rules"; do
    set -- "${what%% *}" "${what#* }" "$@"
    # shellcheck disable=SC2086
    "$program" compare tests/browser/scenarios/retailer.toml $2 --replications 4 --quiet -o "$results/$1"
    shift 2
done
"$program" compare tests/browser/scenarios/retailer.toml --replications 4 --quiet -o "$results/eight" \
    --variant 'nearest: sourcing.policy=nearest' \
    --variant 'higher levels: replenishment.order_up_to=60' \
    --variant 'lower levels: replenishment.reorder_point=6' \
    --variant 'ship what there is: rules.split.ship_available=1' \
    --variant 'wait for all: rules.split.ship_available=0' \
    --variant 'cancel after two weeks: rules.cancellation.after=14d' \
    --variant 'vendors that take half as long again, by a name of some length: replenishment.lead_time_factor=1.5'
"$program" sweep tests/browser/scenarios/retailer.toml --vary replenishment.reorder_point=4,8,12,16 \
    --vary sourcing.policy=nearest,fewest-parcels --replications 4 --quiet -o "$results/sweep"
python3 tests/browser/check.py "$results"/* tests/it/golden/report "$@"

# On paper a page is short, whatever it is of.
paper() { python3 tests/browser/paper.py "$1" "$results/$2/report.html"; }
paper 6 forty-vendors
paper 6 retailer
paper 3 eight
for result in "$@"; do python3 tests/browser/paper.py 6 "$result/report.html"; done

# Pages that answer what if: a lever is moved, and the answer is that of the command line to the byte.
what_if() { python3 tests/browser/what_if.py "$program" "$results" "$@"; }
what_if tests/browser/scenarios/retailer.toml
what_if scenarios/superstore.toml --replications 4 --embed-orders
what_if scenarios/supplements.toml --replications 2 --set run.horizon=60d --set run.warm_up=30d
