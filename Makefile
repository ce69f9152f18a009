# Everything a newcomer types: `make demo`, `make test`. The rest is for those who stay.
PYTHON ?= python3
TODAY ?= 2026-03-18
VENV := .venv
BIN := $(VENV)/bin
PIP_QUIET := -qq --disable-pip-version-check --no-input

.PHONY: help setup browser demo test lint types contracts bench-read bench-fetch bench-judge compiled coverage mutants check-setup lock clean

help:            ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

setup: $(VENV)/.run   ## build .venv with the command `lanmu` in it

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "lanmu needs Python 3.11 or newer; $$($(PYTHON) --version) was found. Say which one with: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "python could not build a virtual environment; on Debian and Ubuntu install python3-venv" >&2; exit 2; }

# The package itself is installed without its dependencies: those come from the lock, with their hashes.
$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "setting up $(VENV) ..."
	@$(BIN)/python -m pip install $(PIP_QUIET) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(BIN)/python -m pip install $(PIP_QUIET) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "adding what the tests need ..."
	@$(BIN)/python -m pip install $(PIP_QUIET) --require-hashes -r requirements/dev.txt
	@touch $@

browser: setup   ## add what drives the system's Chromium, for columns marked `render: browser`
	@$(BIN)/python -m pip install $(PIP_QUIET) --require-hashes -r requirements/browser.txt

demo: setup      ## play two simulated mornings of the sample municipality (TODAY=D)
	@$(BIN)/lanmu demo --today $(TODAY)

test: $(VENV)/.dev lint types contracts   ## the whole suite: style, types, import contracts, tests
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

contracts: $(VENV)/.dev
	@$(BIN)/lint-imports

bench-read: $(VENV)/.dev   ## measure the reading of listings, in both its forms (BENCH="--misses --peers --hostile 20000")
	@$(BIN)/python -m bench.compiled --into var/compiled --unless-built || true
	@PYTHONPATH=var/compiled $(BIN)/python -m bench.read $(BENCH)

bench-fetch: $(VENV)/.dev  ## measure fetching beside bare clients (BENCH="--rounds 5")
	@$(BIN)/python -m bench.fetch $(BENCH)

bench-judge: $(VENV)/.dev  ## judge a simulated nation with known truth (SITES=200 SEED=1 BENCH="--misses")
	@$(BIN)/python -m bench.judging --sites $(or $(SITES),200) --seed $(or $(SEED),1) $(BENCH)

compiled: $(VENV)/.dev  ## compile the reader's own sources, as an option: a quarter less work a page (needs a C compiler)
	@$(BIN)/python -m bench.compiled

coverage: $(VENV)/.dev   ## which branches of the rules no case takes; fails where there is one
	@mkdir -p var
	@$(BIN)/python -m coverage run -m pytest -n 0 -q tests/rules --ignore tests/rules/extract
	@$(BIN)/python -m coverage report

mutants: $(VENV)/.dev   ## change a rule in every small way; what no test notices is listed (MUTATE=monitor/extract/dates.py)
	@$(BIN)/python -m bench.mutants $(MUTATE)

lock:            ## renew the pinned requirements (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/run.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra browser pyproject.toml -o requirements/browser.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group build pyproject.toml -o requirements/build.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements/dev.txt

clean:           ## remove what setup and runs have made
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache
