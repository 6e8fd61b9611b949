#!/usr/bin/env bash
# Instructions an order line, counted by callgrind: unlike times they are the same on a busy machine, so they can gate.
#
#   benches/instructions.sh            counts, and fails with 3 where a count is more than 2 % off the stored one
#   benches/instructions.sh --update   counts, and stores the counts
#
# What is counted is what further replications take, in the run and in what is made of them; reading, levels and page do
# not count. The counts depend on the compiler and on the processor: where they were stored with others, the difference is told and nothing fails.
# Without valgrind nothing is counted.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly stored=benches/baselines/instructions.txt tolerance=2

if ! command -v valgrind >/dev/null 2>&1; then
    echo "valgrind is not installed: no instructions were counted (apt-get install valgrind)"
    exit 0
fi
program=${BACKORDER:-target/release/backorder}
if [ -z "${BACKORDER:-}" ]; then cargo build --release --locked --quiet --bin backorder; fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Instructions and lines of so many replications.
counted() {
    local scenario=$1 replications=$2
    shift 2
    # What an earlier result takes to replace is not counted.
    rm -rf "$folder/result"
    valgrind --tool=callgrind --callgrind-out-file="$folder/callgrind" "$program" run "scenarios/$scenario" --json --quiet --jobs 1 \
        --replications "$replications" "$@" -o "$folder/result" >"$folder/summary.json" 2>"$folder/told" ||
        { cat "$folder/told" >&2; exit 1; }
    instructions=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$folder/told")
    lines=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["metrics"]["lines"]["mean"] * int(sys.argv[2]))' \
        "$folder/summary.json" "$replications")
}

# Of a scenario with few lines more replications are run, as what reading takes differs a little from run to run.
per_line() {
    local scenario=$1 replications=$2
    shift 2
    counted "$scenario" 2 "$@"
    local first_instructions=$instructions first_lines=$lines
    counted "$scenario" "$replications" "$@"
    awk -v a="$first_instructions" -v b="$instructions" -v c="$first_lines" -v d="$lines" 'BEGIN { printf "%.1f", (b - a) / (d - c) }'
}

made_with="$(rustc --version) on $(uname -m)$(sed -n 's/^model name[^:]*:/,/p' /proc/cpuinfo 2>/dev/null | head -1)"
{
    echo "# Instructions an order line, warm-up and run-out included: benches/instructions.sh. Made with $made_with"
    echo "supplements $(per_line supplements.toml 4 --set run.horizon=60d --set run.warm_up=30d --set run.run_out=0s)"
    echo "superstore $(per_line superstore.toml 6)"
    echo "sourcing $(per_line studies/sourcing_policies.scenario.toml 80 --set run.horizon=14d)"
} >"$folder/counts"

if [ "${1:-}" = --update ]; then
    cp "$folder/counts" "$stored"
    cat "$stored"
    exit 0
fi
awk -v tolerance="$tolerance" '
    /^#/ { next }
    NR == FNR { before[$1] = $2; next }
    {
        change = before[$1] > 0 ? 100 * ($2 / before[$1] - 1) : 0
        mark = (change > tolerance || change < -tolerance) ? "  <- moved" : ""
        printf "%-14s %9.1f instructions a line, %9.1f stored, %+.2f %%%s\n", $1, $2, before[$1], change, mark
        moved = moved || mark != ""
    }
    END { exit moved ? 3 : 0 }' "$stored" "$folder/counts" && exit 0
if ! grep -qF "Made with $made_with" "$stored"; then
    echo "The stored counts were made with another compiler or processor: $(sed -n 's/.*Made with //p' "$stored"); nothing fails."
    exit 0
fi
echo "A count moved by more than $tolerance %. If that is meant: benches/instructions.sh --update" >&2
exit 3
