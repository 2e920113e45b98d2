# All work is done in .venv, which every target makes when it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT ?= outputs
CORPUS ?= corpus
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup ingest report test lint type schemas eval docs notebooks bench check lock format clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 12

setup: $(READY) ## the virtual environment, from the hashed lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("planparse needs Python 3.11 or newer; set PYTHON=…") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

ingest: $(READY) ## read $(CORPUS) into $(OUT)
	$(BIN)/planparse ingest $(CORPUS) --out $(OUT)

report: $(READY) ## a site to read $(OUT) by, in report/
	$(BIN)/planparse report $(OUT) --out report

test: $(READY) ## run the tests
	$(BIN)/pytest -n $(JOBS)

lint: $(READY) ## style, and which stage may import which
	$(BIN)/ruff check src tests benchmarks corpus docs examples
	$(BIN)/lint-imports

type: $(READY) ## types, strictly
	$(BIN)/mypy

schemas: $(READY) ## schemas/ and the data dictionary, from the models
	$(BIN)/python -m planparse.model.schema

eval: $(READY) ## accuracy against all gold, held to the floors; writes docs/accuracy.md
	$(BIN)/python -m planparse.evaluation
	@$(BIN)/python docs/generated.py --accuracy

docs: $(READY) ## the site, into build/site; first the pages and excerpts that come from the code
	$(BIN)/python docs/generated.py
	$(BIN)/mkdocs build --strict --quiet

notebooks: $(READY) ## run examples/*.ipynb and keep their output
	$(BIN)/python examples/run.py

bench: $(READY) ## speeds, as ratios to another tool in the same run
	$(BIN)/python -m benchmarks

check: lint type test eval ## what CI runs

lock: ## pin all dependencies again, with hashes (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

format: $(READY) ## lay the code out
	$(BIN)/ruff format src tests benchmarks

clean: ## remove what make made, but no outputs
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
