#!/usr/bin/env bash
# Builds the engine alone for size, in .tools/size, and prints what it weighs after wasm-opt and gzip -9.
set -euo pipefail
cd "$(dirname "$0")"
to=$PWD/../../.tools/size
mkdir -p "$to"
CARGO_TARGET_DIR=$to/target cargo build --quiet --locked --release --target wasm32-unknown-unknown
# As the page does it: its own options.
options=$(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' ../../index.html)
# shellcheck disable=SC2086 # several words
wasm-opt -Oz $options "$to/target/wasm32-unknown-unknown/release/perennial_size_probe.wasm" -o "$to/engine.wasm"
echo "the engine alone: $(wc -c < "$to/engine.wasm") bytes of wasm, $(gzip -9c "$to/engine.wasm" | wc -c) after gzip -9"
