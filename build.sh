#!/usr/bin/env bash
# The single entry: builds, runs, tests and packages Draftguard from a bare Debian or Ubuntu
# machine with git, rustup's cargo, node and npm. `./build.sh help` lists the commands.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
./build.sh            builds dist/draftguard/
./build.sh demo       the main job in a browser; --headless drives the page by itself
./build.sh test       all tests; ends with "N passed, N failed"
./build.sh check      formatting, lints and types, as CI runs them
./build.sh bench      benchmarks: a table and target/bench.json
./build.sh eval       detection measured on the corpora that are present; --peers installs others to stand beside
./build.sh fuzz       fuzz targets, a minute each; or fuzz TARGET SECONDS
./build.sh screens    screenshots of every surface under target/screens/
./build.sh package    the zip for each store under dist/
TEXT
}

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 2
}

# --- what the machine needs ---------------------------------------------------------------------

need_rust() {
  command -v cargo >/dev/null || die "cargo is missing: install rustup from https://rustup.rs"
  # rust-toolchain.toml names the toolchain and the wasm target; the first call installs them.
  if command -v rustup >/dev/null; then
    rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown ||
      rustup target add wasm32-unknown-unknown ||
      die "the wasm target is missing: run 'rustup target add wasm32-unknown-unknown'"
  fi
}

need_node() {
  command -v npm >/dev/null || die "node and npm are missing: run 'apt-get install nodejs npm'"
  # node_modules is made anew only when the lock file changed.
  if ! cmp -s package-lock.json node_modules/.draftguard-lock; then
    npm ci --no-audit --no-fund --ignore-scripts ||
      die "the npm modules are missing: run 'npm ci'"
    cp package-lock.json node_modules/.draftguard-lock
  fi
}

need_browsers() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing+=(firefox-esr)
  # The fixture pages' certificate.
  command -v openssl >/dev/null || missing+=(openssl)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null ||
      die "could not install: run 'apt-get install ${missing[*]}'"
  else
    die "browsers are missing: run 'sudo apt-get install ${missing[*]}'"
  fi
}

# --- building -----------------------------------------------------------------------------------

# Moves a freshly made file into place only where it differs, so that nothing downstream is remade.
bindings() { # MODULE NAME
  cargo xtask wasm "target/wasm32-unknown-unknown/wasm/$1.wasm" target/engine "$2"
}

build() {
  need_rust
  need_node
  cargo build --quiet --profile wasm --target wasm32-unknown-unknown --package draftguard-wasm
  bindings draftguard_wasm engine
  cargo build --quiet --profile wasm --target wasm32-unknown-unknown --package draftguard-author
  bindings draftguard_author author
  cargo xtask policies target/policies
  node extension/build.mjs --engine target/engine --policies target/policies --out dist/draftguard
}

# --- testing ------------------------------------------------------------------------------------

passed=0
failed=0

# Runs a part of the tests, shows its output and adds its figures up. READER turns the output into
# "PASSED FAILED" lines; a part that ends badly without a failed test counts as one.
part() { # NAME READER COMMAND...
  local name=$1 reader=$2 log status=0 before=$failed
  shift 2
  log=target/test-logs/$name.log
  mkdir -p target/test-logs
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log" || status=$?
  while read -r p f; do
    passed=$((passed + p))
    failed=$((failed + f))
  done < <("$reader" "$log")
  if [ $status -ne 0 ] && [ $failed -eq $before ]; then
    printf '%s ended with status %s\n' "$name" "$status"
    failed=$((failed + 1))
  fi
}

read_cargo() { sed -nE 's/^test result: .* ([0-9]+) passed; ([0-9]+) failed;.*/\1 \2/p' "$1"; }
read_node() {
  awk '/^# pass /{p+=$3} /^# fail /{f+=$3} /^ℹ pass /{p+=$3} /^ℹ fail /{f+=$3} END{print p+0, f+0}' "$1"
}
read_plain() { sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, [0-9]+ skipped)?$/\1 \2/p' "$1" | tail -n 1; }

run_unit() {
  local files
  files=$(find tests/unit -name '*.test.mjs' 2>/dev/null | sort)
  # shellcheck disable=SC2086 # a list of plain names
  [ -z "$files" ] || node --test --test-reporter=tap $files
}

run_tests() {
  build
  need_browsers
  part rust read_cargo cargo test --quiet --workspace --no-fail-fast
  part unit read_node run_unit
  cargo xtask corpus target/corpus
  part wasm read_node node --test --test-reporter=tap tests/wasm/
  part browsers read_plain node tests/e2e/run.mjs --table
  printf '\n%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

check() {
  need_rust
  need_node
  cargo fmt --all --check
  cargo clippy --quiet --workspace --all-targets -- -D warnings
  cargo xtask licences --check
  npx --no-install tsc --project .
  npx --no-install biome ci
  echo "check: all clean"
}

package() {
  build
  rm -rf dist/stores dist/again
  cargo xtask package dist/draftguard dist/stores
  # Built twice, the same bytes: what a reviewer of a store relies on.
  build
  cargo xtask package dist/draftguard dist/again >/dev/null
  diff -r dist/stores dist/again || die "the second build differs from the first"
  rm -rf dist/again
  npx --no-install web-ext lint --source-dir dist/stores/draftguard-*-firefox.zip --warnings-as-errors
}

bench() {
  build
  # Peers are for measuring only and have modules of their own.
  if ! cmp -s benches/package-lock.json benches/node_modules/.draftguard-lock; then
    npm ci --prefix benches --no-audit --no-fund --ignore-scripts ||
      die "the peers are missing: run 'npm ci --prefix benches'"
    cp benches/package-lock.json benches/node_modules/.draftguard-lock
  fi
  need_browsers
  node benches/run.mjs "$@"
}

# Runs fuzz targets under libFuzzer: one by name, or all of them, a minute each if nothing is said.
# What is found lands in tests/fuzz/TARGET, where `cargo test` replays it. Neither cargo-fuzz nor a
# nightly toolchain is needed: the pass that counts coverage is LLVM's own.
fuzz() { # [TARGET] [SECONDS]
  need_rust
  command -v c++ >/dev/null || die "a C++ compiler is missing: run 'apt-get install g++'"
  local host program names name log only=${1:-} seconds=${2:-60} status=0
  names=$(sed -n 's/^    ("\([a-z-]*\)", [a-z_]*),$/\1/p' fuzz/src/targets.rs)
  [ -z "$only" ] || grep -qx -- "$only" <<<"$names" || die "there is no fuzz target '$only': $names"
  host=$(rustc -vV | sed -n 's/^host: //p')
  # With a platform named, cargo keeps these flags from build scripts.
  RUSTFLAGS="-Cpasses=sancov-module -Ccodegen-units=1 -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares" \
    cargo build --quiet --release --locked --manifest-path fuzz/Cargo.toml --target "$host" \
    --target-dir target/fuzz
  program=target/fuzz/$host/release/draftguard-fuzz
  for name in ${only:-$names}; do
    mkdir -p "tests/fuzz/$name" "target/fuzz/corpus/$name"
    log=target/fuzz/$name.log
    if FUZZ_TARGET=$name "$program" -max_total_time="$seconds" -timeout=10 -max_len=16384 \
      -print_final_stats=1 -verbosity=0 -artifact_prefix="tests/fuzz/$name/" \
      "target/fuzz/corpus/$name" "fuzz/seeds/$name" "tests/fuzz/$name" >"$log" 2>&1; then
      awk -v name="$name" '/number_of_executed_units/ { runs = $2 } /average_exec_per_sec/ { rate = $2 }
        END { printf "%-12s %10d executions, %6d a second, nothing found\n", name, runs, rate }' "$log"
    else
      status=1
      printf '%s: found something; see %s\n' "$name" "$log"
      grep -aE 'panicked|ERROR|Test unit written' -A 1 "$log" || tail -n 5 "$log"
    fi
  done
  return $status
}

case "${1:-build}" in
  build) build && echo "built dist/draftguard" ;;
  demo) build && need_browsers && shift && node tests/e2e/demo.mjs "$@" ;;
  test) run_tests ;;
  bench) shift && bench "$@" ;;
  package) package ;;
  check) check ;;
  fuzz) shift && fuzz "$@" ;;
  screens) build && need_browsers && shift && node tests/e2e/screens.mjs "$@" ;;
  eval)
    need_rust
    # The programs to stand beside are installed on request only: they are some 400 MB.
    if [ "${2:-}" = --peers ]; then cargo xtask peers; fi
    cargo run --quiet --release --package xtask -- eval
    ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    die "there is no command '$1'"
    ;;
esac
