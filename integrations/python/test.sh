#!/usr/bin/env bash
# Everything that must hold of the Python package: builds the wheel, and tests it as it is installed, alone and beside others.
#
#   ./test.sh            all but Spark
#   ./test.sh --spark    Spark too: takes a Java runtime, and half a gigabyte of pyspark
#
# PYTHON is the interpreter to test with (python3). The work is done in a folder of its own, which is removed.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-python3}
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }

step "format and lints"
cargo fmt --check
cargo clippy --release --locked -- -D warnings

step wheel
"$python" -m venv "$work/build"
"$work/build/bin/pip" install --quiet --disable-pip-version-check "maturin==1.16.0"
"$work/build/bin/maturin" build --release --locked --out "$work/dist"

step "nothing else installed"
"$python" -m venv "$work/alone"
"$work/alone/bin/pip" install --quiet --disable-pip-version-check --no-index "$work"/dist/*.whl
(cd "$work" && alone/bin/python "$here/tests/alone.py" && alone/bin/python "$here/example.py" >/dev/null)

step "with pyarrow, pandas and Polars"
"$python" -m venv "$work/all"
"$work/all/bin/pip" install --quiet --disable-pip-version-check -r tests/requirements.txt "$work"/dist/*.whl
"$work/all/bin/ruff" format --check --no-cache .
"$work/all/bin/ruff" check --no-cache .
"$work/all/bin/python" -m pytest

step "the benchmark runs"
"$work/all/bin/python" bench.py --quick >"$work/bench.json"

if [ "${1:-}" = --spark ]; then
    step Spark
    "$work/all/bin/pip" install --quiet --disable-pip-version-check "pyspark==4.3.0"
    "$work/all/bin/python" -m pytest -m spark
fi

step done
