# make demo    builds the example workbooks into demo/ and prints what they recommend
# make test    runs every test
# make lint    style, formatting and types, without changing anything
# make bench   speed and memory, beside other libraries; WRITE=--write renews the figures in README.md and docs
# make lock    renews the pinned dependencies (needs a network)
# make lowest  the oldest dependencies that pyproject.toml allows: installed, tried and tested (needs a network)
# make newest  the same with the newest
# make image   runs the pip steps of the Dockerfile in a folder, without Docker (needs a network)
#
# Each makes the environment in .venv if needed. To use another Python than python3: make demo PYTHON=python3.13

PYTHON ?= python3
UV_VERSION = 0.13.8

.PHONY: demo test lint bench lock lowest newest image clean

demo: .venv/ready
	@mkdir -p demo
	@for scenario in build/examples/*.toml; do \
	  test -e "$$scenario" || { echo "build/examples holds no scenario" >&2; exit 1; }; \
	  book="demo/$$(basename "$$scenario" .toml).xlsx"; \
	  .venv/bin/engagement calc "$$scenario" && .venv/bin/engagement build "$$scenario" -o "$$book" || exit $$?; \
	done

test: .venv/ready
	.venv/bin/python -m pytest -n 2

lint: .venv/ready
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

bench: .venv/ready
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement build/bench/requirements.lock
	.venv/bin/python build/benchmarks.py $(WRITE)

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else f"Python 3.11 or newer is needed, {sys.executable} is {sys.version.split()[0]}; name another: make PYTHON=python3.13")'
	$(PYTHON) -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# uv stays out of the environment: only this target needs it. Existing pins are kept where they still fit; to raise them: make lock UPGRADE=--upgrade
lock: .lock/bin/uv
	.lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --all-extras --group build --group test \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
	.lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --group bench --constraint requirements.lock --custom-compile-command "make lock" \
	  --output-file build/bench/requirements.lock
	.lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --extra budget --extra microsoft365 --extra parquet --group build \
	  --constraint requirements.lock --custom-compile-command "make lock" \
	  --output-file build/image/requirements.lock pyproject.toml
	.lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --custom-compile-command "make lock" --output-file tests/engines/pyodide/requirements.lock tests/engines/pyodide/requirements.in

lowest: .lock/bin/uv
	PYTHON=$(PYTHON) build/ci/dependencies.sh lowest

newest: .lock/bin/uv
	PYTHON=$(PYTHON) build/ci/dependencies.sh newest

image:
	$(PYTHON) build/image/steps.py

.lock/bin/uv:
	$(PYTHON) -m venv --clear .lock
	.lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

clean:
	rm -rf .venv .lock .dependencies demo tests/engines/*/node_modules tests/engines/pyodide/.venv
