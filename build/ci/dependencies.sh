#!/usr/bin/env bash
# The calculator with the oldest or the newest dependencies that pyproject.toml allows: installed, tried and tested.
#
#     build/ci/dependencies.sh lowest|newest
#
# PYTHON names the interpreter. Only wheels are installed: a version without one for this Python is not one that holds.
set -euo pipefail
cd "$(dirname "$0")/../.."

PYTHON=${PYTHON:-python3}
case "${1:-}" in
  lowest) resolution=lowest-direct ;;
  newest) resolution=highest ;;
  *) echo "say lowest or newest" >&2; exit 2 ;;
esac
version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
place=.dependencies/$1-$version
mkdir -p .dependencies
rm -f "$place.txt"
.lock/bin/uv pip compile --quiet --no-header --no-annotate --python-version "$version" --only-binary :all: \
  --resolution "$resolution" --all-extras --group build --group test --output-file "$place.txt" pyproject.toml

"$PYTHON" -m venv --clear "$place"
pip() { "$place/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip --only-binary :all: --requirement "$place.txt"
pip --no-build-isolation --no-deps --editable .

tried=$(mktemp -d)
trap 'rm -rf "$tried"' EXIT
scenario=build/examples/bounded_bug.toml
"$place/bin/engagement" calc "$scenario"
"$place/bin/engagement" build "$scenario" --runs 0 -o "$tried/book.xlsx"
"$place/bin/engagement" check "$tried/book.xlsx"
"$place/bin/engagement" read "$tried/book.xlsx" -o "$tried/read.toml"
# What leans on the libraries: arrays, schemas, TOML, optimization, the terminal, mail and its login.
"$place/bin/python" -m pytest -n 2 tests/calc/test_results.py tests/calc/test_json_schema.py tests/calc/test_toml_lines.py \
  tests/calc/test_defaults.py tests/calc/budget tests/command/test_endings.py tests/mail/test_composing.py tests/mail/test_graph.py
