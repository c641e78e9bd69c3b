# slipcast: `make demo` shows it, `make test` checks all of it. Both set up what they need in .venv, from lock files with hashes.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q

.PHONY: demo test lint types unit gate docs services lock bench clean help

help:            ## say what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

demo: $(VENV)/core.ok ## read the worked case, print status and forecast, write out/s400.html
	@$(BIN)/slipcast demo examples/s400 --out $(OUT)

test: $(VENV)/dev.ok services lint types unit ## everything that must hold

lint: $(VENV)/dev.ok ## style and the order of imports
	$(BIN)/ruff check slipcast tests benchmarks tools
	$(BIN)/ruff format --check slipcast tests benchmarks tools

types: $(VENV)/dev.ok ## mypy --strict on the package
	$(BIN)/mypy

unit: $(VENV)/dev.ok ## house rule, docs, unit and property tests, the quality gate
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest

gate: $(VENV)/dev.ok ## the quality gate alone
	$(BIN)/python -m pytest tests/gate

docs: $(VENV)/dev.ok ## write the generated pages anew
	$(BIN)/python tools/write_docs.py

services: ## a private PostgreSQL and a browser for the tests that need them, where they may be installed
	@sh tools/install_services.sh

bench: $(VENV)/dev.ok ## measure; see benchmarks/README.md
	$(BIN)/python benchmarks/demo.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "slipcast needs Python 3.11 or newer; set PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/core.ok: $(VENV)/bin/python requirements/core.txt pyproject.toml
	@echo "setting up $(VENV) (once, about two minutes)"
	@$(PIP) install --require-hashes -r requirements/core.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.ok: $(VENV)/core.ok requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

lock: ## resolve pyproject.toml anew into requirements/*.txt (needs uv)
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements/core.txt
	uv pip compile pyproject.toml requirements/build.in --extra dev --extra postgres --extra llm --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements/core.txt -o requirements/dev.txt

clean: ## remove what was made
	rm -rf $(VENV) $(OUT) .mypy_cache .pytest_cache .ruff_cache .hypothesis
