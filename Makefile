# `make help` lists what there is. Everything runs in .venv, which is made on first use.

PYTHON ?= python3
BIN    := .venv/bin
# A stamp file says that .venv holds what pyproject.toml and constraints.txt ask for.
RUN    := .venv/run.stamp
DEV    := .venv/dev.stamp
BENCH  := build/bench
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test check format ontology gold screenshots prove texts mutate bench peers clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

demo: $(RUN) ## Chart every claim on every product in data/products
	$(BIN)/readson check data/products -o build/site

test: check ## Run all checks and tests
	$(BIN)/python -m pytest -n 2

check: $(DEV) ## Lint, check the format, check the types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(DEV) ## Mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

ontology: $(DEV) ## Prove with a reasoner that the ontology is consistent
	$(BIN)/readson ontology

gold: $(DEV) ## Accept how the pages on file in tests/gold have changed
	READSON_GOLD=1 $(BIN)/python -m pytest tests/test_gold.py

screenshots: $(DEV) ## Photograph the site for the README
	$(BIN)/python docs/screenshots.py

prove: $(DEV) ## Run tests at length: soundness, oracle, monotonicity, brute force, reasons
	READSON_CASES=$${READSON_CASES:-10000} $(BIN)/python -m pytest -n 2 tests/test_four_values.py
	READSON_CASES=$${READSON_CASES:-1000} $(BIN)/python -m pytest -n 2 tests/test_oracle.py tests/test_entailment_oracle.py tests/test_monotone.py tests/test_readings.py tests/test_sound.py
	READSON_CASES=$${READSON_CASES:-1000} $(BIN)/python -m pytest -n 2 tests/test_reasons.py tests/test_keys_accounts.py
	READSON_CASES=$${READSON_CASES:-1000} $(BIN)/python -m pytest -n 2 tests/test_drafting.py tests/test_updating.py

texts: $(DEV) ## Write down which labels of tests/texts the reader misses
	$(BIN)/python tests/judged_texts.py

mutate: $(DEV) ## Change the engine bit by bit, and list the changes that no test finds
	$(PIP) -e '.[mutation]'
	PATH=$(CURDIR)/$(BIN):$$PATH READSON_CASES=$${READSON_CASES:-10} $(BIN)/mutmut run --max-children 1
	$(BIN)/python bench/survivors.py

bench: peers ## Measure how long judging takes, beside other engines of SHACL, in bulk, charting and reading documents
	$(BIN)/python bench/run.py
	$(BIN)/python bench/site.py
	$(BIN)/python bench/bulk.py
	$(BIN)/python bench/document_times.py
	$(BIN)/python bench/reading_text.py

peers: $(BENCH)/python.stamp $(BENCH)/node.stamp $(BENCH)/jena.stamp ## Install other engines of SHACL, as far as they can be had

clean: ## Remove all that make has made
	rm -rf .venv build dist mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e .
	@touch $@

$(DEV): $(RUN)
	$(PIP) -e '.[dev,reasoner]'
	@touch $@

# A peer that cannot be installed is absent from the benchmarks; that is no error.
$(BENCH)/python.stamp: $(RUN)
	@mkdir -p $(BENCH)
	$(PIP) -e '.[bench,bulk]'
	$(PIP) -e '.[peers]' || echo "Peers in Python will be absent."
	@touch $@

$(BENCH)/node.stamp: bench/peers/package.json $(wildcard bench/peers/*.mjs)
	@mkdir -p $(BENCH)
	cp $^ $(BENCH)
	npm install --prefix $(BENCH) --no-package-lock --no-audit --no-fund --silent || echo "Peers on Node.js will be absent."
	@touch $@

$(BENCH)/jena.stamp: bench/peers/jena.sh
	sh bench/peers/jena.sh $(BENCH)/jena || echo "Apache Jena will be absent."
	@touch $@
