# All work is done in .venv. Each target adds to it what it needs, from a lock with hashes, and no more:
# `ingest` what reading needs, `setup` what all commands need, `test` and the others what developers need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READING := $(VENV)/.reading
READY := $(VENV)/.ready
DEV := $(VENV)/.dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
OUT ?= outputs
CORPUS ?= corpus
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup ingest report test lint type schemas eval docs fit mutants notebooks bench check lock format clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 12

setup: $(READY) ## what all commands need: DuckDB, pandas, plots

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("planparse needs Python 3.11.2 or newer; set PYTHON=…") if sys.version_info < (3, 11, 2) else None'
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(READING): LOCK = requirements-reading.lock
$(READY): LOCK = requirements.lock
$(DEV): LOCK = requirements-dev.lock
$(READING): requirements-reading.lock
$(READY): requirements.lock
$(DEV): requirements-dev.lock

$(READING) $(READY) $(DEV): pyproject.toml | $(BIN)/python
	@echo "Installing $$(grep -c '==' $(LOCK)) packages of $(LOCK); this may take some minutes"
	@$(PIP) --require-hashes -r $(LOCK)
	@echo "Installing planparse"
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(READING) $@

ingest: $(READING) ## read $(CORPUS) into $(OUT)
	$(BIN)/planparse ingest $(CORPUS) --out $(OUT)

report: $(READY) ## a site to read $(OUT) by, in report/
	$(BIN)/planparse report $(OUT) --out report

test: $(DEV) ## run the tests
	$(BIN)/pytest -n $(JOBS) --dist worksteal

lint: $(DEV) ## style, and which stage may import which
	$(BIN)/ruff check src tests benchmarks corpus docs examples fitting mutants
	$(BIN)/lint-imports

type: $(DEV) ## types, strictly
	$(BIN)/mypy

schemas: $(DEV) ## schemas/ and the data dictionary, from the models
	$(BIN)/python -m planparse.model.schema

eval: $(DEV) ## accuracy against all gold, held to the floors; writes docs/accuracy.md
	$(BIN)/planparse evaluate --floors tests/accuracy/floors.toml --page docs/accuracy.md
	@$(BIN)/python docs/generated.py --accuracy

docs: $(DEV) ## the site, into build/site; first the pages and excerpts that come from the code
	$(BIN)/python docs/generated.py
	$(BIN)/mkdocs build --strict --quiet

fit: $(DEV) ## the weights of the outline and of its trust, from gold and damaged copies of it
	$(BIN)/python -m fitting
	$(BIN)/python -m fitting.trust --write

notebooks: $(DEV) ## run examples/*.ipynb and keep their output
	$(BIN)/python examples/run.py

bench: $(DEV) ## speeds, as ratios to another tool in the same run
	$(BIN)/python -m benchmarks

SAMPLE ?= 150
SEED ?= 1
mutants: $(DEV) ## change the code in $(SAMPLE) places, one at a time, and say which changes no fast test notices
	$(BIN)/python -m mutants --sample $(SAMPLE) --seed $(SEED)

check: lint type test eval ## what CI runs

COMPILE := uv pip compile --universal --python-version 3.11.2 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
lock: ## pin all dependencies again, with hashes (needs uv)
	$(COMPILE) pyproject.toml --extra dev --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --group build --constraint requirements-dev.lock --output-file requirements.lock
	$(COMPILE) --group reading --constraint requirements-dev.lock --output-file requirements-reading.lock

format: $(DEV) ## lay the code out
	$(BIN)/ruff format src tests benchmarks

clean: ## remove what make made, but no outputs
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
