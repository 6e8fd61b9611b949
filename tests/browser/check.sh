#!/usr/bin/env bash
# Runs scenarios of every kind and opens their pages in a real browser: `tests/browser/check.sh [DIR …]`.
# DIR: further result folders to be looked at. Needs python3 and Chromium, which it installs where apt-get can.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=
command -v python3 >/dev/null || missing=python3
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing="$missing chromium"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
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
python3 tests/browser/check.py "$results"/* tests/it/golden/report "$@"
