# One command for each wish. Nothing here needs more than Debian's python3 (3.11 or newer) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiled modules are kept, whatever the environment says: the tests start hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=
CATALOGUES := $(patsubst %.po,%.mo,$(shell find src -name '*.po'))
# How many test processes: one more than the two cores it is made for, because many tests wait for processes of their own.
JOBS ?= 3
# Each process takes a run of neighbours, which share what a module sets up, and who is done early helps the others.
DIST := --dist worksteal

.PHONY: run test lint types layers suite suite-postgresql browser bench lock accept clean

## run: install what is missing, file the demo company, serve it and print the address
run: $(VENV)/.installed $(CATALOGUES)
	$(BIN)/keguan run

## test: everything CI runs. With KEGUAN_TEST_DATABASE_URL set, the suite runs on PostgreSQL as well
test: $(VENV)/.installed-dev $(CATALOGUES) browser
	$(MAKE) --no-print-directory --jobs=3 --output-sync=target lint types layers
	$(MAKE) --no-print-directory suite
	@if [ -n "$$KEGUAN_TEST_DATABASE_URL" ]; then $(MAKE) --no-print-directory suite-postgresql; \
	else echo "KEGUAN_TEST_DATABASE_URL is not set: the suite ran on SQLite only."; fi

## lint: formatting and house rules
lint: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

## types: strict types
types: $(VENV)/.installed-dev
	$(BIN)/mypy

## layers: who may import whom
layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports

## suite: the tests on SQLite
suite: $(VENV)/.installed-dev $(CATALOGUES)
	env -u KEGUAN_TEST_DATABASE_URL $(BIN)/pytest -n $(JOBS) $(DIST)

## suite-postgresql: the tests that touch a database, on the PostgreSQL that KEGUAN_TEST_DATABASE_URL names
suite-postgresql: $(VENV)/.installed-dev $(CATALOGUES)
	$(BIN)/pytest -n $(JOBS) $(DIST) --database tests/language/plan tests/runtime tests/api tests/web \
		-m "not browser and not sqlite_only and not slow"

## browser: a browser and a Chinese font for the browser tests, where this machine lets us install them
browser:
	@sh scripts/browser.sh

## bench: every benchmark, as ratios measured in one run
bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

## accept: rewrite the expected results of the language's golden files and its reference pages; read the diff
accept: $(VENV)/.installed-dev
	$(BIN)/pytest tests/language/test_files.py tests/language/test_reference.py --accept -q -n0

## lock: resolve the dependencies again, without recording where they came from
lock: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--group build --group dev --group bench -c requirements.lock pyproject.toml -o requirements-dev.lock

## clean: remove what was installed and built (never var/, where the data lives)
clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis $(CATALOGUES)

$(BIN)/python:
	@sh scripts/venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@[ -f $@-dev ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.installed

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale en
