#!/usr/bin/env bash
# Runs the checks of fuzz/ on inputs that libFuzzer makes up, a fixed number each.
#
#   tools/fuzz.sh [NAME...]     all of them where none is named
#   RUNS=1000000                inputs for each check (100,000 where nothing is said; a twentieth of them for `engine`)
#   SEED=7                      where the making up begins; the same number gives the same inputs
#
# Needs Rust as it is (stable) and a C++ compiler. What makes a check fail is written to tests/fixtures/found/NAME/.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-100000}
root=$PWD
target=${CARGO_TARGET_DIR:-$root/fuzz/target}
host=$(rustc -vV | sed -n 's/^host: //p')
all=$(sed -n 's/^path = "fuzz_targets\/\(.*\)\.rs"$/\1/p' fuzz/Cargo.toml)

# What libFuzzer needs of the compiler: which code was reached, and what was compared.
export RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
# With the host named, only the program itself is compiled so, and nothing that builds it.
cargo build --locked --quiet --release --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$target"

failed=
for name in ${*:-$all}; do
  case $name in engine) count=$((runs / 20)) ;; *) count=$runs ;; esac
  found=$root/tests/fixtures/found/$name
  work=$root/fuzz/corpus/$name
  mkdir -p "$found" "$work"
  log=$work.log
  started=$SECONDS
  if "$target/$host/release/$name" "$work" "fuzz/seeds/$name" -runs="$count" -seed="${SEED:-1}" -max_len=4096 -timeout=20 \
    -rss_limit_mb=3072 -artifact_prefix="$found/" >"$log" 2>&1; then
    printf '%-10s %9d inputs, %4d s, nothing found\n' "$name" "$count" $((SECONDS - started))
  else
    failed="$failed $name"
    printf '%-10s FOUND something:\n' "$name"
    grep -E -A 6 'panicked at|ERROR: libFuzzer' "$log" | head -n 20
    grep 'Test unit written' "$log" || true
  fi
  # An empty folder is nothing that was found.
  rmdir "$found" 2>/dev/null || true
done
rmdir "$root/tests/fixtures/found" 2>/dev/null || true
[ -z "$failed" ] || { printf 'Found by:%s. The inputs are tests now: cargo test --test found\n' "$failed" >&2; exit 1; }
