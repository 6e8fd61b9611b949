#!/usr/bin/env bash
# Kills the program at every system call that changes the disk, and looks at what it leaves. Needs python3 and strace,
# and is skipped where that is missing or may not trace.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${BACKORDER:-target/release/backorder}
if ! strace -o /dev/null true 2>/dev/null || ! command -v python3 >/dev/null; then
    echo "skipped: strace or python3 is missing, or may not be used here"
    exit 0
fi
python3 tests/crash/check.py "$program"
