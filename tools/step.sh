#!/usr/bin/env bash
# Runs one step of a target: says what it does, runs it with the tools that tools/setup.sh found, says how long it took.
#
#   tools/step.sh "What it does (how long)" command argument...
#
# With PERENNIAL_QUIET set (in .ci/run) only the runners' own closing lines are shown, and the whole output of a step
# that failed.
set -uo pipefail
cd "$(dirname "$0")/.."
[ ! -r .tools/env.sh ] || . .tools/env.sh

title=$1
shift
started=$SECONDS
printf '== %s\n' "$title"
if [ -n "${PERENNIAL_QUIET:-}" ]; then
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  "$@" >"$log" 2>&1
  code=$?
  if [ "$code" = 0 ]; then
    grep -E '^test result: |^ +[0-9]+ (passed|failed|flaky|skipped|did not run)|first visit: ' "$log"
  else
    tail -n 200 "$log"
  fi
else
  "$@"
  code=$?
fi
if [ "$code" = 0 ]; then printf '   done in %s s\n' "$((SECONDS - started))"; else printf '== Failed: %s\n' "$title" >&2; fi
exit "$code"
