#!/usr/bin/env bash
# Every combination of features builds, and the library alone, on one thread or on all, gives the program's results to
# the byte.
set -euo pipefail
cd "$(dirname "$0")/../.."

for features in "" parallel parquet parallel,parquet cli cli,parallel; do
    echo "features: ${features:-none}"
    cargo check --quiet --locked --no-default-features --features "$features"
done

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
scenario=tests/browser/scenarios/retailer.toml
for features in "" parallel; do
    cargo run --quiet --locked --no-default-features --features "$features" --example run_a_file -- "$scenario" --json \
        > "$results/${features:-none}.json"
done
cargo run --quiet --locked -- run "$scenario" --replications 20 --quiet --output "$results/program"
for features in none parallel; do
    cmp "$results/$features.json" "$results/program/summary.json"
done
echo "the same summary.json from all"
