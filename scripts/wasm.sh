#!/usr/bin/env bash
# Builds the engine for pages that ask "what if" (web/) and packs it to where the program takes it from:
#   scripts/wasm.sh          builds, and writes src/cli/what_if/engine.wasm.gz and engine.txt
#   scripts/wasm.sh --check  builds, and fails where the bytes are not those that lie there
# Needs rustup's target wasm32-unknown-unknown, which it adds where it can. The bytes depend on the sources, Cargo.lock and the
# compiler's version, and on nothing of the machine.
set -euo pipefail
cd "$(dirname "$0")/.."

place=src/cli/what_if
target=wasm32-unknown-unknown
compiler=$(rustc --version)
recorded=$(sed -n 's/^compiler: //p' $place/engine.txt 2>/dev/null || true)

if [ "${1:-}" = --check ] && [ "$compiler" != "$recorded" ]; then
    echo "skipped: the engine was built by $recorded, and this is $compiler"
    exit 0
fi
if ! [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ] && ! rustup target add $target; then
    if [ "${1:-}" = --check ]; then
        echo "skipped: the target $target cannot be had here"
        exit 0
    fi
    echo "the target $target cannot be had here: rustup target add $target" >&2
    exit 1
fi

folder=${WASM_TARGET_DIR:-${CARGO_TARGET_DIR:-target}}/wasm
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
sysroot=$(rustc --print sysroot)
cargo_home=${CARGO_HOME:-$HOME/.cargo}
# Where sources lie is no part of the module. Cargo numbers a crate outside the workspace by its path, from which names and their
# order follow, so that it is built by way of a link that lies at the same place everywhere.
link=/tmp/backorder-engine
if ! ln -sfn "$PWD" $link; then
    echo "the link $link to these sources cannot be made: is it another user's?" >&2
    exit 1
fi
export CARGO_ENCODED_RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=$(printf '%s\x1f' \
    "--remap-path-prefix=$PWD=." \
    "--remap-path-prefix=$link=." \
    "--remap-path-prefix=$cargo_home=cargo" \
    "--remap-path-prefix=$sysroot=rust" \
    "-Clink-arg=-zstack-size=4194304" | sed 's/\x1f$//')
# The versions are those of the program.
cp Cargo.lock web/Cargo.lock
cargo build --quiet --manifest-path $link/web/Cargo.toml --target $target --release --target-dir "$folder"

mkdir -p $place
built=$folder/$target/release/backorder_web.wasm
packed=$folder/engine.wasm.gz
# Without name and time, so that the same module gives the same bytes.
gzip -9 --no-name --stdout "$built" > "$packed"
sha256=$(sha256sum "$built" | cut -d' ' -f1)
if [ "${1:-}" = --check ]; then
    if gzip -dc $place/engine.wasm.gz | cmp -s - "$built"; then
        echo "the engine for pages is built of these sources: $sha256"
    else
        echo "the engine for pages is not built of these sources: run scripts/wasm.sh, and commit $place" >&2
        exit 1
    fi
    exit 0
fi
cp "$packed" $place/engine.wasm.gz
cat > $place/engine.txt <<END
The engine for pages, engine.wasm.gz, as scripts/wasm.sh built it.
sha256: $sha256 (unpacked)
bytes: $(stat -c %s "$built") unpacked, $(stat -c %s "$packed") packed
compiler: $compiler
END
cat $place/engine.txt
