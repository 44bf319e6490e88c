# `make help` lists what can be done. Everything sets itself up; nothing else is needed beforehand than Python 3.11.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 5000
ASKED := .pytest_cache/asked
FRONT := $(shell find static/src static/build.mjs static/former.mjs package-lock.json -type f 2>/dev/null)

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Compiled once, not by each of the processes that tests start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test ready check bench assets clean
.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/runtime static/dist/manifest.json ## Set up and start a network with demo people at http://127.0.0.1:5000
	@ENVIRONMENT=development PORT=$(PORT) sh deploy/run.sh

test: ## Set up and run every check and test
	@sh deploy/install-chromium.sh & $(MAKE) --no-print-directory ready && wait $$!
	@# The checks take one processor; on the other the tests are compiled, which each of their processes would do.
	@($(BIN)/pytest --collect-only -qq >/dev/null 2>&1; true) & $(MAKE) --no-print-directory check && wait $$!
	@rm -rf $(ASKED)
	ASKED=$(ASKED) $(BIN)/pytest -n 3 --dist loadscope
	@echo "Once more on PostgreSQL: every query, with the actions and pages that ask it …"
	ASKED=$(ASKED) TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --dist worksteal

ready: $(VENV)/development static/dist/manifest.json node_modules/.development

check: ready ## The quick part: style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/development static/dist/manifest.json ## Measure pages and search beside a bare Flask page (BENCH="--guides 500" for options)
	$(BIN)/python -m bench $(BENCH)

assets: static/dist/manifest.json ## Build the front end

clean: ## Remove what was built; data in var/ stays
	rm -rf $(VENV) node_modules static/dist

# The environment: uv when it is there (much faster), else pip. Both check the hashes of the lock.
$(VENV)/runtime: requirements.txt
	@sh deploy/install-python.sh $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt
	@sh deploy/install-python.sh $(PYTHON) $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/runtime

node_modules/.development: package-lock.json | static/dist/manifest.json
	@sh deploy/build-front.sh $(VENV) install
	@touch $@

static/dist/manifest.json: $(FRONT) | $(VENV)
	@sh deploy/build-front.sh $(VENV)

$(VENV):
	@$(MAKE) --no-print-directory $(VENV)/runtime
