# The recipes of the house. `make run` and `make test` set up everything they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SPARK_STAMP := $(VENV)/.spark
# One more than the cores of the smallest machine: a test at a browser mostly waits.
JOBS ?= 3
export PEJL_SHARED ?= $(abspath ../shared/data)

EFFECTS := packages/effects
EFFECTS_BIN := $(EFFECTS)/.venv/bin
EFFECTS_STAMP := $(EFFECTS)/.venv/.installed

.PHONY: run test check tests effects-tests bench attacks calibrate words clean lock setup system format

run: setup ## Set up, make the demo year once, and serve it
	@$(BIN)/pejl demo --once
	@$(BIN)/pejl serve

test: system check tests effects-tests ## Everything that CI runs

check: setup ## Change nothing; say all that is wrong
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files -z '*.html' | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/pejl contract check contracts/hovedstaden/2024.yaml
	$(BIN)/pejl contract check contracts/eksempel/2027.yaml

tests: setup $(SPARK_STAMP)
	$(BIN)/pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder

effects-tests: $(EFFECTS_STAMP) ## The effect tool stands alone: its own environment, its own tests
	cd $(EFFECTS) && .venv/bin/mypy && OMP_NUM_THREADS=1 .venv/bin/pytest -q -n 2 --dist worksteal

bench: setup ## Time the main jobs; writes benchmarks/results/
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.snapshots
	$(BIN)/python -m benchmarks.imports
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.reports
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.load

attacks: setup ## The attacks in full: 10,000 spoilt imports, 500 requests for each API operation
	PEJL_MUTANTS=10000 PEJL_API_EXAMPLES=500 $(BIN)/pytest -q tests/attacks

calibrate: setup ## Back-test the forecast; prints how often its intervals held
	$(BIN)/python -m benchmarks.calibration

format: setup ## Lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

words: setup ## Gather and compile the texts of the screen; needs gettext
	$(BIN)/python tools/words.py

clean: ## Remove what can be made again (never var/, where the data is)
	rm -rf $(VENV) $(EFFECTS)/.venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@tools/system.sh

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pejl needs Python 3.11 or newer; set PYTHON=python3.12, say." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(SPARK_STAMP): requirements-spark.lock $(STAMP) ## The extra `spark`: large, and wanted by its test alone
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-spark.lock
	@touch $@

$(EFFECTS_STAMP): $(EFFECTS)/requirements.lock $(EFFECTS)/pyproject.toml
	$(PYTHON) -m venv $(EFFECTS)/.venv
	$(EFFECTS_BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(EFFECTS)/requirements.lock
	$(EFFECTS_BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e $(EFFECTS)
	@touch $@

lock: ## Solve the dependencies anew; needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --group dev pyproject.toml -o requirements.lock
	grep -o 'pyspark[^"]*' pyproject.toml | head -1 | uv pip compile --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header - -o requirements-spark.lock
	cd $(EFFECTS) && uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --extra test --extra report --extra spark \
		pyproject.toml -o requirements.lock
