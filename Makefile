# `make help` lists what there is. Everything runs in .venv, which is made on first use.

PYTHON ?= python3
BIN    := .venv/bin
# A stamp file says that .venv holds what pyproject.toml and constraints.txt ask for.
RUN    := .venv/run.stamp
DEV    := .venv/dev.stamp

.DEFAULT_GOAL := help
.PHONY: help demo test check format ontology prove bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

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

prove: $(DEV) ## Run tests at length: soundness, oracle, monotonicity, brute force, reasons
	READSON_CASES=$${READSON_CASES:-10000} $(BIN)/python -m pytest -n 2 tests/test_four_values.py
	READSON_CASES=$${READSON_CASES:-1000} $(BIN)/python -m pytest -n 2 tests/test_oracle.py tests/test_entailment_oracle.py tests/test_monotone.py tests/test_readings.py tests/test_sound.py
	READSON_CASES=$${READSON_CASES:-1000} $(BIN)/python -m pytest -n 2 tests/test_reasons.py

bench: $(RUN) ## Measure how long judging takes
	$(BIN)/python bench/run.py

clean: ## Remove all that make has made
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,reasoner]'
	@touch $@
