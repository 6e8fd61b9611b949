#!/usr/bin/env bash
# Mutation testing: changes one token after the other and looks whether a test turns red.
#
#   scripts/mutants.sh rules            every mutant of src/rules
#   scripts/mutants.sh policy N [SKIP]  N mutants of src/policy, drawn at random; SKIP: leave out the first
#   scripts/mutants.sh engine N [SKIP]  the same of src/engine
#   scripts/mutants.sh sample N [SKIP]  the same of both together
#   scripts/mutants.sh one REGEX        the mutants whose name matches
#   scripts/mutants.sh score            caught of viable, with its interval, of everything that ran so far
#
# It needs cargo-mutants 27 (`cargo install cargo-mutants --locked`), and uses the mold linker where it is installed.
#
#   MUTANTS_JOBS=2         how many mutants at a time
#   MUTANTS_HOME=…         where trees, builds and findings lie: target/mutated, or a folder in memory
#
# A mutant costs some two seconds of one core, because of two shortcuts:
#
# - It lives in a copy of the source tree that leaves out what neither the engine nor its judges need (charts, pages,
#   the command line), and in which the integration tests are modules of the library's own tests: one crate to compile
#   and one binary to link, instead of a library, its tests, the integration tests and the program.
# - Tests run in three steps, and the first red step ends it: single rules and pairs of rules, which take half a second
#   and catch most; the random scenarios against the second simulator; all other tests of the copy. What depends on the
#   rooms left out (theory, comparisons, the report) is not asked.
#
# The draw is a fixed one: mutants are ordered by the SHA-256 of their names, so the same source gives the same sample,
# and a longer sample begins with the shorter one.
set -euo pipefail
readonly me=$(realpath "$0")
cd "$(dirname "$me")/.."

readonly too_long='the first step did not end'

# What cargo starts in place of the test binary, see `narrow`.
if [ "${1:-}" = in-steps ]; then
    binary=$2
    # A mutant that never ends mostly shows here, where the unchanged source takes a second or two.
    timeout 30 "$binary" -q rule_tests:: timelines:: rules:: policy:: engine:: || {
        [ $? != 124 ] || echo "$too_long"
        exit 1
    }
    "$binary" -q properties::differential properties::stock golden::purposes
    exec "$binary" -q --skip rule_tests:: --skip timelines:: --skip properties::differential --skip properties::stock
fi

readonly home=${MUTANTS_HOME:-$PWD/target/mutated}
readonly jobs=${MUTANTS_JOBS:-1}
readonly found=$home/found

# The source tree as it stands, with its times, so that what did not change is not built again.
copy_tree() {
    rm -rf "$1"
    mkdir -p "$1"
    git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -p -t "$1"
}

# Makes the integration tests of a copy a part of its library, and leaves out what they can do without.
narrow() {
    local out='cli experiment report' tests='business catalogue golden properties reference support timelines' room
    for room in $out; do
        sed -i "/^pub mod $room;/d" "$1/src/lib.rs"
    done
    {
        echo '#[cfg(test)] extern crate self as backorder;'
        for room in $tests rules; do
            [ -e "$1/tests/it/$room.rs" ] && path=$room.rs || path=$room/mod.rs
            # The library has its own `rules`.
            echo "#[cfg(test)] #[path = \"../tests/it/$path\"] mod ${room/rules/rule_tests};"
        done
    } >>"$1/src/lib.rs"
    # Tests that need a room left out.
    sed -i '/^mod \(pictures\|runs\);/d' "$1/tests/it/golden/mod.rs"
    sed -i '/^mod \(jobs\|measured_time\|retailer\);/d' "$1/tests/it/business/mod.rs"
    sed -i '/^mod costs;/d' "$1/tests/it/properties/mod.rs"
    # A difference is enough; nobody reads a small scenario that shows it.
    sed -i 's/CARGO_TARGET_TMPDIR/CARGO_MANIFEST_DIR/; s/^const SHRINKING: usize = .*/const SHRINKING: usize = 0;/' \
        "$1/tests/it/properties/differential.rs"
    # A quarter of the scenarios shows what these properties can show beyond the second simulator.
    sed -i 's/^const TRIED: u64 = .*/const TRIED: u64 = 15;/' "$1/tests/it/properties/metamorphic.rs"
    printf 'additional_cargo_args = ["--lib"]\n' >>"$1/.cargo/mutants.toml"
    printf '[target."cfg(all())"]\nrunner = ["%s", "in-steps"]\n' "$me" >"$1/.cargo/config.toml"
}

# Half the time of a mutant is linking: the fastest linker at hand.
if command -v mold >/dev/null; then
    export RUSTFLAGS="${RUSTFLAGS:-} -C link-arg=-fuse-ld=mold"
fi

# Runs mutants in a tree. A mutant may loop and allocate for ever: it gets 4 GB.
in_tree() {
    local tree=$1 build=$2 output=$3
    shift 3
    rm -rf "$output"
    mkdir -p "$output"
    ulimit -v 4194304
    # Exit code 2 says that some were missed, 3 that some took too long: both are findings.
    (cd "$tree" && CARGO_TARGET_DIR=$build cargo mutants --in-place --output "$output" --no-times --colors never "$@") ||
        [ $? -le 3 ]
}

mutants() {
    local name=$1 job
    shift
    rm -rf "${found:?}/$name"
    for job in $(seq 0 $((jobs - 1))); do
        copy_tree "$home/tree-$job"
        narrow "$home/tree-$job"
        # Dependencies are built once.
        [ -e "$home/build-$job" ] || [ ! -e "$home/build-0" ] || cp -a "$home/build-0" "$home/build-$job"
        in_tree "$home/tree-$job" "$home/build-$job" "$found/$name/$job" \
            --shuffle --shard "$job/$jobs" --sharding round-robin "$@" &
    done
    wait
}

# Names that cargo-mutants is given as one regular expression.
as_regex() {
    sed -e 's/[][\.*^$+?(){}|/]/\\&/g' | paste -sd '|' | sed -e 's/^/^(/' -e 's/$/)$/'
}

drawn() {
    cargo mutants --list "$@" | while read -r name; do
        printf '%s %s\n' "$(printf '%s' "$name" | sha256sum | cut -c1-16)" "$name"
    done | sort | cut -d ' ' -f 2-
}

# N mutants of some files, without the first SKIP of the draw.
sample() {
    local name=$1 many=${2:?how many} skip=${3:-0} chosen
    shift 3
    chosen=$(drawn "$@" | tail -n "+$((skip + 1))" | awk -v most="$many" 'NR <= most' | as_regex)
    mutants "$name-$skip" "$@" --re "$chosen"
}

of_run() {
    cat "$1"/*/mutants.out/"$2".txt
}

score() {
    local run name caught missed slow late
    for run in "$found"/*/; do
        name=$(basename "$run")
        caught=$(of_run "$run" caught | wc -l)
        missed=$(of_run "$run" missed | wc -l)
        slow=$(grep -rlx "$too_long" "$run"/*/mutants.out/log | wc -l || true)
        late=$(of_run "$run" timeout | wc -l)
        # The Wilson interval: it stays within 0 and 1 and is honest for shares near 1.
        awk -v of="$name" -v k=$((caught + late)) -v late="$((late + slow))" -v n=$((caught + late + missed)) \
            -v bad="$(of_run "$run" unviable | wc -l)" 'BEGIN {
                if (n == 0) { printf "%-12s nothing viable\n", of; exit }
                z = 1.959964; p = k / n; d = 1 + z * z / n
                m = (p + z * z / (2 * n)) / d; h = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
                printf "%-12s %d of %d viable caught (%d by the clock), %.1f %%, interval %.1f to %.1f %%; %d not viable\n",
                    of, k, n, late, 100 * p, 100 * (m - h), 100 * (m + h), bad
            }'
        of_run "$run" missed | sed 's/^/    missed: /'
    done
}

case "${1:-}" in
rules) mutants rules -f 'src/rules/**' ;;
policy) sample policy "${2:-}" "${3:-0}" -f 'src/policy/**' ;;
engine) sample engine "${2:-}" "${3:-0}" -f 'src/engine/**' ;;
sample) sample sample "${2:-}" "${3:-0}" -f 'src/engine/**' -f 'src/policy/**' ;;
one) mutants one -f 'src/rules/**' -f 'src/engine/**' -f 'src/policy/**' --re "${2:?a regular expression}" ;;
score) ;;
*)
    sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"
    exit 2
    ;;
esac
score
