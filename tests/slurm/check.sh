#!/usr/bin/env bash
# Runs a study on one machine, killed and continued, in three shards, by GNU parallel, and on a real Slurm of two nodes of
# which one is killed in mid-run, and compares the results to the byte. It starts and stops Slurm itself, on the loopback
# device, with all its files in a folder of its own. Needs slurm-wlm, munge, parallel and procps: root installs what is
# missing with apt-get; elsewhere the check is skipped, and says so.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Seconds after which nothing is waited for any longer.
limit=360
program=${BACKORDER:-target/release/backorder}
[ -x "$program" ] || { echo "$program is missing: cargo build --release" >&2; exit 1; }
program=$(realpath "$program")
study=$(realpath tests/slurm/study.toml)
# The daemons are where only root looks for programs.
PATH=$PATH:/usr/sbin:/sbin
missing=
command -v slurmctld >/dev/null && command -v slurmd >/dev/null || missing="slurm-wlm slurmctld slurmd"
command -v munged >/dev/null || missing="$missing munge"
command -v parallel >/dev/null || missing="$missing parallel"
command -v pgrep >/dev/null || missing="$missing procps"
if [ -n "$missing" ]; then
    names=$(printf ' %s' $missing)
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "skipped: not installed, and only root can, with apt-get:$names"
        exit 0
    fi
    # shellcheck disable=SC2086
    if ! { timeout 60 apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 180 apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1; then
        echo "skipped: apt-get cannot install$names"
        exit 0
    fi
fi
SECONDS=0

work=$(mktemp -d)
export SLURM_CONF=$work/slurm/slurm.conf
export PARALLEL_HOME=$work/parallel
started=()
stop() {
    # What it started, and what that started: step daemons live on when their node daemon is killed.
    for pid in $(daemons '^slurmd -D|^slurmstepd: ') "${started[@]}" $(cat "$work"/slurm/munged.pid 2>/dev/null); do
        kill -9 "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$work"
}
# The daemons of this Slurm among those whose command line matches, and the processes below them.
daemons() {
    local pid
    for pid in $(pgrep -f "$1"); do
        if cat "/proc/$pid/environ" 2>/dev/null | tr '\0' '\n' | grep -qxF "SLURM_CONF=$SLURM_CONF"; then
            below "$pid"
        fi
    done
}
below() {
    local child
    echo "$1"
    for child in $(pgrep -P "$1"); do below "$child"; done
}
# All processes of a node: its daemon, its step daemons, the tasks.
processes() {
    local jobs
    jobs=$(squeue -h -t RUNNING -w "$1" -o %A | paste -sd '|')
    daemons "^slurmd -D -N $1\$|^slurmstepd: \[(${jobs:-none})\."
}
# Whether a node is at work on a shard.
is_running() {
    local pid
    for pid in $(processes "$1"); do
        [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$(basename "$program" | cut -c1-15)" ] && return
    done
    return 1
}
# Ends all processes of a node at once, as when its power fails; none may report that another has ended.
lose() {
    local pids
    pids=$(processes "$1")
    # shellcheck disable=SC2086
    kill -STOP $pids 2>/dev/null || true
    # shellcheck disable=SC2086
    kill -9 $pids 2>/dev/null || true
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '%s\n' "$*"; }
fail() {
    say "FAILED: $1" >&2
    shift
    [ $# = 0 ] || tail -n 40 "$@" >&2
    exit 1
}
# Runs a command for as long as the check has left.
limited() { timeout "$((limit > SECONDS ? limit - SECONDS : 1))" "$@"; }
# Waits until a command succeeds.
wait_until() {
    until "$@"; do
        [ "$SECONDS" -lt "$limit" ] || return 1
        sleep 0.2
    done
}
checksum() { (cd "$1" && find . -type f ! -name provenance.json | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16); }
same() {
    local found
    found=$(checksum "$2")
    printf '%-19s%s\n' "$1:" "$found"
    [ "$found" = "$wanted" ] || fail "these are not the bytes of one machine"
}

cd "$work"
limited "$program" sweep "$study" --quiet -o local
wanted=$(checksum local)
same "one machine" local

# Killed once something is kept, and continued.
"$program" sweep "$study" --quiet -o killed &
sweep=$!
started+=("$sweep")
is_kept() { [ -n "$(find .backorder-* -name cells -size +0 2>/dev/null)" ]; }
is_kept_or_over() { is_kept || [ -e killed ]; }
wait_until is_kept_or_over || fail "the sweep keeps nothing"
kill -9 "$sweep" 2>/dev/null || true
wait "$sweep" 2>/dev/null || true
# On a machine that is quick enough for that, the bytes are compared all the same.
[ ! -e killed ] || say "the sweep had ended before it could be killed"
limited "$program" sweep "$study" --quiet -o killed
same "killed, continued" killed

# Shards, one after the other.
"$program" shard plan "$study" --shards 3 --quiet -o by-hand >/dev/null
for index in 2 0 1; do limited "$program" shard run by-hand/plan.json --index "$index" --quiet; done
"$program" shard merge by-hand/plan.json --quiet -o merged-by-hand
same "three shards" merged-by-hand

# GNU parallel: an index picks a shard.
"$program" shard plan "$study" --shards 6 --quiet -o by-parallel >/dev/null
seq 0 5 | limited parallel --will-cite -j2 --joblog by-parallel/log "$program" shard run by-parallel/plan.json --index {} --jobs 1 --quiet
"$program" shard merge by-parallel/plan.json --quiet -o merged-by-parallel
same "GNU parallel" merged-by-parallel

# Slurm, with everything below one folder.
mkdir -p slurm/state slurm/spool-n1 slurm/spool-n2 slurm/munge
chmod 700 slurm/munge
dd if=/dev/urandom of=slurm/munge/key bs=1 count=1024 status=none
chmod 400 slurm/munge/key
munged --force --key-file="$work/slurm/munge/key" --socket="$work/slurm/munge/socket" --pid-file="$work/slurm/munged.pid" \
    --log-file="$work/slurm/munge/log" --seed-file="$work/slurm/munge/seed"
cat > "$SLURM_CONF" <<CONF
ClusterName=backorder
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$work/slurm/munge/socket
# Loopback alone.
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmctldPort=16817
# What a container without cgroups has.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# A lost node is noticed soon, and its tasks run again.
SlurmdTimeout=5
MessageTimeout=3
KillWait=1
JobRequeue=1
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,bf_interval=1,sched_min_interval=100000
MinJobAge=30
SlurmctldPidFile=$work/slurm/slurmctld.pid
SlurmdPidFile=$work/slurm/slurmd-%n.pid
SlurmctldLogFile=$work/slurm/slurmctld.log
SlurmdLogFile=$work/slurm/slurmd-%n.log
StateSaveLocation=$work/slurm/state
SlurmdSpoolDir=$work/slurm/spool-%n
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=16821 CPUs=1 RealMemory=1000
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=16822 CPUs=1 RealMemory=1000
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld -D -c >slurm/slurmctld.out 2>&1 &
started+=($!)
disown
for node in n1 n2; do
    slurmd -D -N "$node" >"slurm/slurmd-$node.out" 2>&1 &
    started+=($!)
    disown
done
is_up() { [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c '^idle$')" = 2 ]; }
# Some containers do not let it run at all.
limit=$((SECONDS + 90))
if ! wait_until is_up; then
    tail -n 20 slurm/*.log slurm/*.out >&2
    say "skipped: Slurm does not come up on this machine"
    exit 0
fi
limit=$((SECONDS + 300))

"$program" shard plan "$study" --shards 6 --slurm --quiet -o by-slurm >/dev/null
sh by-slurm/submit.sh >/dev/null
# Once the second node is at work on a shard, its daemon, its step daemon and the task are killed.
wait_until is_running n2 || fail "no shard runs on n2" slurm/*.log
lost=$(squeue -h -t RUNNING -w n2 -o %K)
lose n2
say "Slurm:             node n2 was killed while it ran shard $lost"
is_over() {
    # A task of a lost node is held back for two minutes, which need not be waited for here.
    local job
    for job in $(squeue -h -t PENDING -o '%i %r' | awk '$2 == "BeginTime" { print $1 }'); do
        # It may have started meanwhile.
        scontrol update JobId="$job" StartTime=now 2>/dev/null || true
    done
    # Not over either when the controller does not answer.
    local left
    left=$(squeue -h -o %i) && [ -z "$left" ]
}
wait_until is_over || { squeue >&2; fail "the jobs are not over after $limit seconds" slurm/slurmctld.log; }
merged=output/sweep-study
[ -d "$merged" ] || fail "there is no merged result" by-slurm/*.log slurm/slurmctld.log
grep -q "requeue job .* due to failure of node n2" slurm/slurmctld.log || say "the shard had ended before its node was killed"
same "Slurm, merged" "$merged"
say "One checksum."
