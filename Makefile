# make serve    see the page        make test     everything that must pass        make help    all targets
#
# Every target installs what it needs first, once (tools/setup.sh); the second run installs nothing.

PORT ?= 8080
export PORT
# Where cargo puts the command line that the tests compare the page with.
TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
export PERENNIAL_BIN ?= $(abspath $(TARGET_DIR))/debug/perennial
export TRUNK_SKIP_VERSION_CHECK = true
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD = 1
step := tools/step.sh
wasm := --target wasm32-unknown-unknown

.PHONY: help setup-build setup-test setup-rust setup-lighthouse page serve build test unit browser e2e lint coverage fuzz fmt size size-engine size-held lighthouse screens bench bench-filters bench-beside peers bench-native bench-models clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: build ## build the page and serve it on 127.0.0.1:8080 (first time 5 to 20 min, then 1; PORT=8081 for another port)
	@. .tools/env.sh && exec node tools/serve.mjs dist

build: setup-build page ## build the release page into dist/ (first time 3 min, then 1, after set-up)

test: setup-test lint unit browser page size-held e2e ## lint, all tests, size: what must pass (5 to 10 min after set-up)
	@echo "== All tests passed"

unit: setup-rust ## the native tests (1 min; first time 3)
	@$(step) "Native tests (1 min; first time 3)" cargo test --locked --quiet --workspace

browser: setup-test ## the tests that need a browser's wasm, headless (1 min; first time 4)
	@$(step) "Browser tests, headless (1 min; first time 4)" cargo test --locked $(wasm) --test web

e2e: setup-test ## the end-to-end tests against dist/ (2 min); ARGS="way.spec" for some of them
	@test -f dist/index.html || { echo "There is no dist/: run 'make build' first." >&2; exit 1; }
	@$(step) "The command line, to compare with (1 min)" cargo build --locked --quiet
	@$(step) "End-to-end tests in Chromium (2 min)" npm --prefix tests/e2e test --silent -- $(ARGS)

lint: setup-rust ## formatting, clippy for both targets, documentation; warnings are errors (1 min; first time 4)
	@$(step) "Formatting" cargo fmt --all --check
	@$(step) "Clippy, native (first time 1 min)" cargo clippy --locked --quiet --workspace --all-targets -- -D warnings
	@$(step) "Clippy, wasm32 (first time 2 min)" cargo clippy --locked --quiet --workspace --all-targets $(wasm) -- -D warnings
	@RUSTDOCFLAGS="-D warnings" $(step) "Documentation, both targets (first time 2 min)" \
	  sh -c 'cargo doc --locked --quiet --no-deps --workspace --lib && cargo doc --locked --quiet --no-deps --workspace --lib $(wasm)'

coverage: setup-rust ## whether nine of ten intervals hold what comes, on 900 made-up shops (5 min)
	@$(step) "Coverage of the intervals (5 min)" cargo test --locked --release --test coverage -- --nocapture

fuzz: setup-rust ## made-up inputs for every reader of files (3 min; first time 5); RUNS=1000000 for more
	@$(step) "Made-up inputs for every reader of files (3 min; first time 5)" tools/fuzz.sh $(ARGS)

fmt: setup-rust ## format the code
	@$(step) "Formatting" cargo fmt --all

size: ## what a first visit transfers; fails above 350 kB (1 s; needs dist/)
	@$(step) "Size of a first visit" node tools/size.mjs dist

size-engine: setup-build ## what the engine weighs alone, without page, words and charts, compiled for size (2 min)
	@$(step) "Size of the engine alone (2 min)" benches/size/build.sh

size-held: # the same, failing above what was reached so far
	@$(step) "Size of a first visit" node tools/size.mjs dist --held

lighthouse: setup-lighthouse page ## Lighthouse against the release build; fails below 95 (1 min after the build)
	@$(step) "Lighthouse (1 min)" node tools/lighthouse.mjs

screens: setup-test page ## pictures of every view into docs/screens/ (2 min after the build)
	@$(step) "Pictures of every view (2 min)" node tests/e2e/screens.mjs

bench: setup-test page ## from drop to ready with 6,919 and 1,000,000 rows (5 min); ARGS=--write writes docs/performance.md
	@$(step) "Benchmark in Chromium (5 min)" node tests/e2e/bench.mjs $(ARGS)

peers: setup-peers ## the page beside other tools that read a CSV (20 min); ARGS="--sizes 1m --reps 3"; writes docs/performance.md
	@test -f dist/index.html || $(MAKE) --no-print-directory page
	@$(step) "The probe, natively and as wasm (20 s)" benches/peers/native/build.sh
	@$(step) "Bundling the peers (2 s)" node benches/peers/bundle.mjs
	@$(step) "Peers beside each other in Chromium and natively (20 min)" node benches/peers/run.mjs $(ARGS)

bench-native: setup-rust ## the engine's parts, natively, in MB and rows a second (5 min); ARGS="--bench reading dates" for some
	@$(step) "Benchmarks of the engine (5 min after the build)" cargo bench --locked --quiet --package perennial-engine $(ARGS)

bench-models: setup-test page ## the models' fits beside lifetimes', in the browser and natively (10 min); ARGS="--runs 3"; writes docs/performance.md
	@$(step) "The probe, natively and as wasm, and lifetimes (5 min)" benches/models/build.sh
	@$(step) "Fits beside each other (5 min)" node benches/models/run.mjs $(ARGS)

bench-filters: setup-test page ## from a change of a filter to painted figures with 1,000,000 rows (2 min); ARGS=--write writes them down
	@$(step) "Filters in Chromium (2 min)" node tests/e2e/bench-filters.mjs $(ARGS)

bench-beside: setup-test page ## from asking for a view to its figures, with answers, events and customers beside the orders (3 min); ARGS=--write writes them down
	@$(step) "Views beside the orders in Chromium (3 min)" node tests/e2e/bench-beside.mjs $(ARGS)

clean: ## take away what was built, not what was installed
	rm -rf dist $(TARGET_DIR) .tools tests/e2e/out

# Parts of the above ---------------------------------------------------------------------------------------------------

page:
	@$(step) "Fetching the crates (10 s; first time 1 min)" cargo fetch --locked --quiet
	@$(step) "Building the release page (1 min; first time 3)" trunk --quiet build --release --offline --locked

setup-rust:
	@tools/setup.sh rust
setup-build:
	@tools/setup.sh build
setup-test:
	@tools/setup.sh test
setup-lighthouse:
	@tools/setup.sh lighthouse
setup-peers:
	@tools/setup.sh peers
