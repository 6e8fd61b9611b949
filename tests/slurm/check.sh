#!/usr/bin/env bash
# Runs a study in shards on a real Slurm of two nodes, kills one node in mid-run, and compares the merged results with those
# of the sweep on one machine, to the byte; the same by GNU parallel. It starts and stops Slurm itself, on the loopback
# device, with all its files in a folder of its own. Needs slurm-wlm, munge and parallel, which it installs where apt-get can.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=$(realpath "${BACKORDER:-target/release/backorder}")
study=$(realpath tests/slurm/study.toml)
missing=
command -v slurmctld >/dev/null || missing="slurm-wlm slurmctld slurmd"
command -v munged >/dev/null || missing="$missing munge"
command -v parallel >/dev/null || missing="$missing parallel"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1; then
        echo "apt-get cannot install$(printf ' %s' $missing): not checked"
        exit 0
    fi
fi

work=$(mktemp -d)
export SLURM_CONF=$work/slurm/slurm.conf
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
# All processes of a node at once, as when its power fails: its daemon, its step daemons, the tasks; none may report that
# another has ended.
lose() {
    local jobs pids
    jobs=$(squeue -h -t RUNNING -w "$1" -o %A | paste -sd '|')
    pids=$(daemons "^slurmd -D -N $1\$|^slurmstepd: \[($jobs)\.")
    # shellcheck disable=SC2086
    kill -STOP $pids && kill -9 $pids
}
trap stop EXIT

say() { printf '%s\n' "$*"; }
checksum() { (cd "$1" && find . -type f ! -name provenance.json | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16); }

# One machine.
cd "$work"
"$program" sweep "$study" --quiet -o local
wanted=$(checksum local)
say "one machine:      $wanted"

# GNU parallel: an index picks a shard.
"$program" shard plan "$study" --shards 6 --quiet -o by-parallel >/dev/null
seq 0 5 | parallel --will-cite -j2 --joblog by-parallel/log "$program" shard run by-parallel/plan.json --index {} --jobs 1 --quiet
"$program" shard merge by-parallel/plan.json --quiet -o merged-by-parallel
say "GNU parallel:     $(checksum merged-by-parallel)"
[ "$(checksum merged-by-parallel)" = "$wanted" ]

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
for _ in $(seq 60); do
    [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c idle)" = 2 ] && break
    sleep 0.5
done
[ "$(sinfo -h -N -o %T | grep -c idle)" = 2 ] || { cat slurm/*.log slurm/*.out >&2; exit 1; }

"$program" shard plan "$study" --shards 6 --slurm --quiet -o by-slurm >/dev/null
sh by-slurm/submit.sh >/dev/null
# Wait until the second node has a task, then kill its daemon and its step daemon with the task.
for _ in $(seq 60); do
    [ -n "$(squeue -h -t RUNNING -w n2 -o %i)" ] && break
    sleep 0.5
done
lost=$(squeue -h -t RUNNING -w n2 -o %K)
[ -n "$lost" ] || { squeue >&2; exit 1; }
sleep 1
lose n2
say "Slurm:            node n2 was killed while it ran shard $lost"
# Ten minutes, which a busy machine may need; an idle one needs seconds.
for _ in $(seq 1200); do
    [ -z "$(squeue -h -o %i)" ] && break
    # A task of a lost node is held back for two minutes, which need not be waited for here.
    for job in $(squeue -h -t PENDING -o '%i %r' | awk '$2 == "BeginTime" { print $1 }'); do
        scontrol update JobId="$job" StartTime=now
    done
    sleep 0.5
done
[ -z "$(squeue -h -o %i)" ] || { squeue >&2; tail -20 slurm/slurmctld.log >&2; exit 1; }
merged=output/sweep-study
[ -d "$merged" ] || { cat by-slurm/*.log slurm/slurmctld.log >&2; exit 1; }
grep -q "requeue job .* due to failure of node n2" slurm/slurmctld.log || { cat slurm/slurmctld.log >&2; exit 1; }
say "Slurm, merged:    $(checksum "$merged")"
[ "$(checksum "$merged")" = "$wanted" ]
say "One checksum."
