#!/usr/bin/env bash
# Builds the probe into .tools/peers/target: the program, and its library as wasm with SIMD.
set -euo pipefail
cd "$(dirname "$0")"
export CARGO_TARGET_DIR=$PWD/../../../.tools/peers/target
cargo build --quiet --locked --release
RUSTFLAGS="-C target-feature=+simd128,+bulk-memory" cargo build --quiet --locked --release --lib --target wasm32-unknown-unknown
