#!/usr/bin/env bash
# Mutation testing: changes one token after the other and looks whether a test turns red.
#
#   scripts/mutants.sh rules            every mutant of src/rules
#   scripts/mutants.sh sample N [SKIP]  N mutants of src/engine and src/policy, drawn at random; SKIP: leave out the first
#   scripts/mutants.sh one REGEX        the mutants whose name matches
#   scripts/mutants.sh score            caught of viable, with its interval, of everything that ran so far
#
# It needs cargo-mutants 27 (`cargo install cargo-mutants --locked`) and takes some ten seconds a mutant on two cores with
# the mold linker (used when it is installed), two to three times as long without.
# The tests are the fast suite of .cargo/mutants.toml. Mutants live in a copy of the source tree under target/mutated/; what
# was found is under target/mutated/found/, a folder a run.
#
# The draw is a fixed one: mutants are ordered by the SHA-256 of their names, so the same source gives the same sample,
# and a longer sample begins with the shorter one.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly home="$PWD/target/mutated"
readonly tree="$home/tree"
readonly found="$home/found"

# The source tree as it stands, with its times, so that what did not change is not built again.
copy_tree() {
    rm -rf "$tree"
    mkdir -p "$tree" "$found"
    git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -p -t "$tree"
}

# Half the time of a mutant is linking: the fastest linker at hand.
if command -v mold >/dev/null; then
    export RUSTFLAGS="${RUSTFLAGS:-} -C link-arg=-fuse-ld=mold"
fi

# A mutant may loop and allocate for ever: it gets 8 GB.
mutants() {
    local name=$1
    shift
    rm -rf "${found:?}/$name"
    mkdir -p "$found/$name"
    ulimit -v 8388608
    # Exit code 2 says that some were missed, 3 that some took too long: both are findings.
    (cd "$tree" && CARGO_TARGET_DIR="$home/build" cargo mutants --in-place --output "$found/$name" --no-times --shuffle "$@") ||
        [ $? -le 3 ]
}

# Names that cargo-mutants is given as one regular expression.
as_regex() {
    sed -e 's/[][\.*^$+?(){}|/]/\\&/g' | paste -sd '|' | sed -e 's/^/^(/' -e 's/$/)$/'
}

drawn() {
    cargo mutants --list -f 'src/engine/**' -f 'src/policy/**' | while read -r name; do
        printf '%s %s\n' "$(printf '%s' "$name" | sha256sum | cut -c1-16)" "$name"
    done | sort | cut -d ' ' -f 2-
}

score() {
    for run in "$found"/*/mutants.out; do
        local of caught missed late
        of=$(basename "$(dirname "$run")")
        caught=$(wc -l <"$run/caught.txt")
        missed=$(wc -l <"$run/missed.txt")
        late=$(wc -l <"$run/timeout.txt")
        # The Wilson interval: it stays within 0 and 1 and is honest for shares near 1.
        awk -v of="$of" -v k=$((caught + late)) -v late="$late" -v n=$((caught + late + missed)) \
            -v bad="$(wc -l <"$run/unviable.txt")" 'BEGIN {
                if (n == 0) { printf "%-12s nothing viable\n", of; exit }
                z = 1.959964; p = k / n; d = 1 + z * z / n
                m = (p + z * z / (2 * n)) / d; h = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
                printf "%-12s %d of %d viable caught (%d by the clock), %.1f %%, interval %.1f to %.1f %%; %d not viable\n",
                    of, k, n, late, 100 * p, 100 * (m - h), 100 * (m + h), bad
            }'
        sed 's/^/    missed: /' "$run/missed.txt"
    done
}

case "${1:-}" in
rules)
    copy_tree
    mutants rules -f 'src/rules/**'
    score
    ;;
sample)
    copy_tree
    skip=${3:-0}
    chosen=$(drawn | tail -n "+$((skip + 1))" | awk -v most="${2:?how many}" 'NR <= most' | as_regex)
    mutants "sample-$skip" -f 'src/engine/**' -f 'src/policy/**' --re "$chosen"
    score
    ;;
one)
    copy_tree
    mutants one -f 'src/rules/**' -f 'src/engine/**' -f 'src/policy/**' --re "${2:?a regular expression}"
    score
    ;;
score)
    score
    ;;
*)
    sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"
    exit 2
    ;;
esac
