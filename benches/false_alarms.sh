#!/usr/bin/env bash
# How often a statistical check raises an alarm though nothing changed.
#
#   benches/false_alarms.sh [CHECKS]      200 checks, unless another number is given
#
# With the stored seed an unchanged program gives the same bytes and can raise none. Here, each check stores the project's
# quick baselines with a seed of its own and judges the unchanged program by replications of another seed, which shares
# nothing with it: whatever moved was moved by chance. The rules' stories, in which nothing is random, are left out.
# Fails when more than 5 % of the checks raise an alarm.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly checks=${1:-200}
program=$(realpath "${BACKORDER:-target/release/backorder}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/benches/baselines"
ln -s "$PWD/scenarios" "$folder/scenarios"
for kind in theory retailers studies; do cp -r "benches/baselines/$kind" "$folder/benches/baselines/"; done
cd "$folder"
grep -rl --include='*.toml' 'suite = "full"' benches | xargs rm -f

alarms=0 undecided=0
for ((check = 1; check <= checks; check++)); do
    find benches -name '*.json*' -delete
    "$program" check --quick --update --seed $((2 * check + 100000)) --quiet
    "$program" check --accept --quiet
    code=0
    "$program" check --quick --mode statistical --seed $((2 * check + 100001)) --json >found.json 2>/dev/null || code=$?
    case $code in
    0) ;;
    3)
        alarms=$((alarms + 1))
        echo "check $check: $(sed -n 's/^  "sentence": "\(.*\)",$/\1/p' found.json)"
        ;;
    4) undecided=$((undecided + 1)) ;;
    *) exit 1 ;;
    esac
done
echo "$alarms of $checks checks raised an alarm; $undecided could not tell at so few replications"
((100 * alarms <= 5 * checks))
