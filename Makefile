# Everything one does with the project. `make help` lists it. Each target sets up what it needs by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

# durable-rules uses a name that Python 3.13 renamed.
COMPAT := $(shell $(PYTHON) -c 'import sys; print("CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject" if sys.version_info >= (3, 13) else "")')

CATALOGS := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help run test check evaluate train lint format catalogs bench lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp catalogs ## Start the service on http://127.0.0.1:8000 (HOST, PORT, WORKERS, RATE_LIMIT …)
	HOST=$(HOST) PORT=$(PORT) exec $(BIN)/gunicorn --config assistant/gunicorn_conf.py app:app

test: $(VENV)/dev.stamp catalogs ## Run the tests
	$(BIN)/python -m pytest

check: $(VENV)/run.stamp catalogs ## Check answers, rules and texts; says in plain Danish what to mend
	$(BIN)/flask --app app check

evaluate: $(VENV)/dev.stamp catalogs ## Measure the answers on labelled questions: make evaluate FILES="a.jsonl b.jsonl"
	$(BIN)/python -m faq.evaluate $(FILES)

train: $(VENV)/dev.stamp ## Learn the matcher's weights anew, after answers or the lexicon changed
	$(BIN)/python -m faq.train

lint: $(VENV)/dev.stamp ## Linter, formatter and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## Put the code in its standard form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp catalogs ## Measure speed, side by side with plain alternatives
	$(BIN)/python -m bench

catalogs: $(VENV)/run.stamp $(CATALOGS) ## Compile the texts in locales/

%.mo: %.po
	$(BIN)/pybabel -q compile -i $< -o $@

$(VENV)/run.stamp: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(COMPAT) $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(COMPAT) $(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

clean: ## Remove what the targets made
	rm -rf $(VENV) $(CATALOGS) .pytest_cache .mypy_cache .ruff_cache .hypothesis
