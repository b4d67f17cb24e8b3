#!/usr/bin/env bash
# Builds the probe into .tools/models/target, natively and as wasm, and lifetimes' virtual environment into .tools/models/venv.
set -euo pipefail
cd "$(dirname "$0")"
to=$PWD/../../.tools/models
mkdir -p "$to"
if ! "$to/venv/bin/python" -c 'import lifetimes' 2>/dev/null; then
  python3 -m venv "$to/venv"
  "$to/venv/bin/pip" install --quiet --disable-pip-version-check --requirement requirements.txt
fi
export CARGO_TARGET_DIR=$to/target
cargo build --quiet --locked --release --manifest-path probe/Cargo.toml
cargo build --quiet --locked --release --manifest-path probe/Cargo.toml --lib --target wasm32-unknown-unknown
