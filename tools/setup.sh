#!/usr/bin/env bash
# Installs what the build and the tests need, and nothing that is there already.
#
#   tools/setup.sh rust         Rust with the wasm target
#   tools/setup.sh build        the same, and Node.js, Trunk, wasm-bindgen and wasm-opt
#   tools/setup.sh test         the same, and Chromium, its driver and the node packages of the end-to-end tests
#   tools/setup.sh lighthouse   the same, and Lighthouse
#   tools/setup.sh peers        that of the tests, and the tools that the page is measured beside
#
# The ordinary way (rustup's wasm target) is tried first. Where rustup can't download, Debian's own Rust is installed
# and the standard library is built for wasm32 once; docs/toolchain.md tells why each step is there.
# PERENNIAL_TOOLCHAIN=debian or =rustup takes that way and no other. Trunk, wasm-bindgen and wasm-opt go to
# PERENNIAL_CACHE (~/.cache/perennial). What was found is written to .tools/env.sh, which tools/step.sh reads.
set -euo pipefail
cd "$(dirname "$0")/.."

want=${1:-build}
way=${PERENNIAL_TOOLCHAIN:-any}
cache=${PERENNIAL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/perennial}
bin=$cache/bin
env_file=.tools/env.sh
trunk_version=0.21.14
binaryen_version=132.0.0
lighthouse_version=12.8.2 # 13 asks for a newer Node.js than Debian has
duckdb_version=2.0.0
polars_version=2.1.0
mkdir -p "$bin" .tools
export PATH="$bin:$PATH"
# rustup's own folder, where a shell was started before rustup was installed.
command -v cargo >/dev/null 2>&1 || [ ! -x "$HOME/.cargo/bin/cargo" ] || export PATH="$HOME/.cargo/bin:$PATH" found_cargo=1

started=$SECONDS
said=0
say() { said=1; printf '== %s\n' "$*"; }
die() { printf 'Set-up stopped: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo; then sudo "$@"; else die "'$*' needs root and there is no sudo."; fi; }

# What an installer says is only of interest when it fails.
quietly() {
  local log; log=$(mktemp)
  if "$@" >"$log" 2>&1; then rm -f "$log"; else tail -n 30 "$log" >&2; rm -f "$log"; return 1; fi
}

apt_updated=
apt_install() {
  have apt-get || die "these packages are needed, and there is no apt-get to install them with: $*"
  if [ -z "$apt_updated" ]; then quietly as_root apt-get update -qq || die "apt-get update failed."; apt_updated=1; fi
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    || die "apt-get could not install: $*"
}

# What cargo install builds needs no fast code, only to be built fast.
cargo_install() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$cache/install-target" cargo install --quiet --root "$cache" "$@"
}

wasm_std_is_there() { # RUSTC
  ls "$("$1" --print sysroot)"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib >/dev/null 2>&1
}

rust_by_rustup() {
  have rustup || return 1
  if wasm_std_is_there rustc; then return 0; fi
  say "Asking rustup for the wasm32 target (10 to 60 s; given up after 3 min)"
  timeout 180 rustup target add wasm32-unknown-unknown >/dev/null 2>&1
}

# Debian's rustc has no wasm32 library; rust-web-src holds its source, built here once.
rust_by_debian() {
  if ! [ -x /usr/bin/rustc ] || ! [ -d /usr/lib/rustlib/src/rust/library ] || ! [ -x /usr/bin/cargo-clippy ] || ! [ -x /usr/bin/rustfmt ]; then
    say "Installing Debian's Rust (about 60 s)"
    apt_install rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web lld-22 gcc libc6-dev
  fi
  if ! wasm_std_is_there /usr/bin/rustc; then
    say "Building the standard library for wasm32 (about 40 s)"
    local work; work=$(mktemp -d)
    mkdir -p "$work/src" && : >"$work/src/lib.rs"
    printf '[package]\nname = "throwaway"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\npanic = "abort"\n' >"$work/Cargo.toml"
    # With bitcode beside the machine code, because the release page is optimised across crates.
    (cd "$work" && RUSTFLAGS="-C embed-bitcode=yes" RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$work/target" /usr/bin/cargo build --quiet --release \
      --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort,test) || die "the standard library did not build for wasm32."
    local to; to=$(/usr/bin/rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib
    as_root mkdir -p "$to"
    for f in "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib; do
      case "$f" in */libthrowaway-*) ;; *) as_root cp "$f" "$to/" ;; esac
    done
    rm -rf "$work"
  fi
  if have rustup; then
    rustup toolchain list 2>/dev/null | grep -q '^perennial-debian' || rustup toolchain link perennial-debian /usr >/dev/null
    export RUSTUP_TOOLCHAIN=perennial-debian
  else
    export PATH="/usr/bin:$PATH"
  fi
}

toolchain() {
  if ! have cc; then say "Installing a C linker (20 s)"; apt_install gcc libc6-dev; fi
  local found=
  case "$way" in any | debian | rustup) ;; *) die "PERENNIAL_TOOLCHAIN is '$way', not debian or rustup." ;; esac
  if [ -r "$env_file" ]; then found=$(sed -n 's/^# toolchain: //p' "$env_file"); fi
  # A toolchain that an earlier run settled on and that still works needs no asking.
  if [ -n "$found" ] && { [ "$way" = any ] || [ "$way" = "$found" ]; }; then
    . "$env_file"
    if have rustc && wasm_std_is_there rustc; then way=$found; return; fi
  fi
  unset RUSTUP_TOOLCHAIN
  if [ "$way" != debian ] && rust_by_rustup; then way=rustup
  elif [ "$way" != rustup ]; then rust_by_debian; way=debian
  else die "rustup is not there or could not add the wasm32 target."; fi
  wasm_std_is_there rustc || die "there is no wasm32 standard library for $(rustc --version)."
}

node_is_there() {
  if have node && have npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; then return; fi
  say "Installing Node.js (60 s)"
  apt_install nodejs npm
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || die "Node.js 18 or newer is needed, found $(node --version)."
}

page_tools() {
  # Trunk's hooks are small programs for Node.js, and wasm-opt comes as a package of its.
  node_is_there
  if ! "$bin/trunk" --version 2>/dev/null | grep -q "$trunk_version"; then
    say "Installing Trunk $trunk_version (up to 7 min, once)"
    cargo_install trunk --version "$trunk_version" --locked || die "Trunk did not build."
  fi
  local wb; wb=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)
  [ -n "$wb" ] || die "Cargo.lock names no wasm-bindgen version."
  if ! "$bin/wasm-bindgen" --version 2>/dev/null | grep -q " $wb"; then
    say "Installing wasm-bindgen $wb (up to 5 min, once)"
    cargo_install wasm-bindgen-cli --version "$wb" --force || die "wasm-bindgen-cli did not build."
  fi
  if ! "$bin/wasm-opt" --version 2>/dev/null | grep -q "version ${binaryen_version%%.*}"; then
    say "Installing wasm-opt (15 s)"
    (mkdir -p "$cache/binaryen" && cd "$cache/binaryen" && npm install --silent --no-audit --no-fund --prefix . "binaryen@$binaryen_version" >/dev/null) \
      || die "npm could not install binaryen."
    printf '#!/bin/sh\nexec node "%s" "$@"\n' "$cache/binaryen/node_modules/binaryen/bin/wasm-opt" >"$bin/wasm-opt"
    chmod +x "$bin/wasm-opt"
  fi
}

# The node packages of a folder, as its lock file names them.
node_packages() { # FOLDER WHAT-FOR
  if ! cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock" 2>/dev/null; then
    say "Installing the node packages of $2 (15 s)"
    (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund >/dev/null) || die "npm ci failed in $1."
    cp "$1/package-lock.json" "$1/node_modules/.installed-lock"
  fi
}

test_tools() {
  if ! have chromium || ! have chromedriver; then
    say "Installing Chromium, its driver and fonts (60 s)"
    apt_install chromium chromium-driver fonts-dejavu-core fonts-noto-core
  fi
  node_packages tests/e2e "the end-to-end tests"
}

lighthouse() {
  local at=$cache/lighthouse
  if [ "$(cat "$at/.installed-version" 2>/dev/null)" != "$lighthouse_version" ]; then
    say "Installing Lighthouse $lighthouse_version (30 s)"
    (mkdir -p "$at" && cd "$at" && npm install --silent --no-audit --no-fund --prefix . "lighthouse@$lighthouse_version" >/dev/null) \
      || die "npm could not install Lighthouse."
    echo "$lighthouse_version" >"$at/.installed-version"
  fi
}

peers() {
  node_packages benches/peers "the peers"
  local at=.tools/peers/venv
  if [ "$(cat "$at/.installed" 2>/dev/null)" != "$duckdb_version $polars_version" ]; then
    if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then say "Installing Python (30 s)"; apt_install python3 python3-venv; fi
    say "Installing DuckDB and Polars (30 s)"
    mkdir -p .tools/peers
    quietly python3 -m venv "$at" || die "Python made no environment in $at."
    quietly "$at/bin/pip" install --quiet "duckdb==$duckdb_version" "polars==$polars_version" \
      || die "pip could not install duckdb and polars."
    echo "$duckdb_version $polars_version" >"$at/.installed"
  fi
}

toolchain
case "$want" in
  rust) ;;
  build) page_tools ;;
  test) page_tools; test_tools ;;
  lighthouse) page_tools; test_tools; lighthouse ;;
  peers) page_tools; test_tools; peers ;;
  *) die "'$want' is not one of rust, build, test, lighthouse, peers." ;;
esac

{
  echo "# Written by tools/setup.sh; delete it to look again."
  echo "# toolchain: $way"
  [ -z "${RUSTUP_TOOLCHAIN:-}" ] || echo "export RUSTUP_TOOLCHAIN=$RUSTUP_TOOLCHAIN"
  if [ "$way" = debian ] && ! have rustup; then echo 'export PATH="/usr/bin:$PATH"'; fi
  [ -z "${found_cargo:-}" ] || echo "export PATH=\"$HOME/.cargo/bin:\$PATH\""
  echo "export PATH=\"$bin:\$PATH\""
  [ ! -d "$cache/lighthouse" ] || echo "export PERENNIAL_LIGHTHOUSE=$cache/lighthouse/node_modules/lighthouse"
  echo "export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner"
  for name in chromedriver chromium; do
    have "$name" || continue
    [ "$name" = chromium ] && variable=CHROME_PATH || variable=CHROMEDRIVER
    echo "export $variable=$(command -v "$name")"
  done
} >"$env_file"
# Where nothing had to be done, nothing is said.
[ "$said" = 0 ] || say "Set-up is complete ($((SECONDS - started)) s)"
