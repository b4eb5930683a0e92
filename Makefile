# The project's commands. `make help` lists them; each installs what it needs into .venv first.

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
COMPILED := build/compiled
# three processes on two cores: tests wait for brokers and workers; those of the browser are all in one, and each file of
# the others is (tests/conftest.py). The matrix is of browsers nearly alone: two
JOBS ?= 3
SHARED := --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: .FORCE grafana-check help demo demo-compiled test matrix test-slow test-compiled coverage scale soak fuzz simulation faults bench bench-peers bench-live accuracy lint format lock sbom published clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or say where: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing into $(VENV) (some 950 MB, two minutes or three) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@$(PIP) install --quiet --no-deps --require-hashes --requirement requirements-dev.lock
	@touch $@

demo: $(VENV)/installed ## Everything on this machine, live, with simulated calls; Ctrl-C ends it
	@$(BIN)/salgspuls demo $(DEMO)

demo-compiled: $(COMPILED) ## The same with compiled analyses, which take half the time
	@PYTHONPATH=$(abspath $(COMPILED)) PYTHONSAFEPATH=1 $(BIN)/salgspuls demo $(DEMO)

test: $(VENV)/installed-dev ## All tests that this machine can run, the quick ones first; says at the end which it cannot
ifdef TEST
	$(PYTEST) $(TEST)
else
	$(PYTEST) -n $(JOBS) $(SHARED) -m "not slow and not alone and not matrix"
	$(PYTEST) -m "alone and not slow" $(shell grep -rl --include='test_*.py' 'mark\.alone' tests)
endif

test-slow: $(VENV)/installed-dev ## The long forms of the tests: soak, chaos, a quarter of alerts
	$(PYTEST) -m slow -o addopts="--strict-markers --import-mode=importlib" $(TEST)

grafana-check: $(VENV)/installed-dev ## The dashboards by Grafana's own types and components, which npm installs; PICTURES=folder
	npm ci --prefix tests/support/grafana_schema
	npm ci --prefix tests/support/grafana_ui
	$(PYTEST) tests/integration/test_grafana_schema.py tests/browser/test_grafana_draws.py

matrix: $(VENV)/installed-dev ## Every page, link and panel; faults, damaged messages and histories in their short forms
	$(PYTEST) -n $(or $(filter 0 1,$(JOBS)),2) $(SHARED) -m "matrix and not slow"

coverage: $(VENV)/installed-dev ## How much of the code the quick tests run
	$(PYTEST) tests/unit tests/property --cov

scale: $(VENV)/installed-dev ## What every query costs over ten million calls; CALLS=1000000 for fewer, DATA=folder to keep them
	$(BIN)/python -m tests.scale --calls $(or $(CALLS),10000000) $(if $(DATA),--data $(DATA))

soak: $(VENV)/installed-dev ## Ten minutes of workers that come, go and crash, and brokers that break down
	$(BIN)/python -m pytest -q -s --timeout=1800 tests/soak/*_soak.py

fuzz: $(VENV)/installed-dev ## 100,000 damaged messages through the worker's own code; FUZZ_SEED=... for others
	FUZZ_MESSAGES=$(or $(MESSAGES),100000) $(PYTEST) --no-header -q -s --timeout=3600 tests/fuzz

simulation: $(VENV)/installed-dev ## Histories of crashes, outages and zombies in virtual time; HISTORIES=1000000 is the long form
	HISTORIES=$(or $(HISTORIES),5000) SEED=$(or $(SEED),1) $(PYTEST) --no-header -q -s --timeout=86400 tests/simulation

faults: $(VENV)/installed-dev ## What breaks while calls come in, on Apache Kafka: one table of faults (20 minutes)
	$(PYTEST) --no-header -q -s --timeout=3600 -m "slow or not slow" tests/faults

# what is compiled, by its content: of a file that is moved, removed or put back the times tell nothing
$(VENV)/sources: .FORCE | $(VENV)/installed-dev
	@{ $(BIN)/python -V; find setup.py pyproject.toml schemas processors clickhouse streams grafana -type f -not -name '*.pyc' | LC_ALL=C sort | xargs cksum; } > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# put in its place when it is whole, so that one broken off is begun again
$(COMPILED): $(VENV)/sources
	@echo "Compiling the analyses (needs a C compiler, a minute) ..."
	@rm -rf build
	@SALGSPULS_COMPILE=1 $(PIP) install --quiet --no-deps --no-build-isolation --target $@.new .
	@mv $@.new $@ && touch $@

test-compiled: $(COMPILED) ## The tests of the analyses once more, over what mypyc compiles of them
	$(PYTEST) -o pythonpath="$(COMPILED) ." tests/unit/processors tests/property

bench: $(COMPILED) ## How fast each stage and the whole worker are
	$(PYTEST) --no-header -q -s --timeout=1800 tests/bench/bench_*.py

# a tool of the benchmark, apart from the product, whose packages it may use but not the other way round
build/peers/installed: tests/bench/peers/requirements.txt | $(COMPILED)
	@$(BIN)/python -m venv build/peers
	@build/peers/bin/python -m pip --disable-pip-version-check install --quiet --requirement $<
	@$(BIN)/python -c "import site; print(*site.getsitepackages())" > $$(build/peers/bin/python -c "import site; print(*site.getsitepackages())")/salgspuls.pth
	@touch $@

bench-peers: build/peers/installed ## The worker beside Quix Streams, Bytewax and Faust: BENCH_SEGMENTS, BENCH_ROUNDS
	$(PYTEST) --no-header -q -s --timeout=7200 tests/bench/bench_peers.py

bench-live: $(COMPILED) ## What live talk costs, and how soon it can be read: RATES="2 10 100", SECONDS=30, PAGE=call, VIEWERS=4, DATA=folder
	PYTHONPATH=. $(BIN)/python -m tests.bench.live $(if $(RATES),--rates $(RATES)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(PAGE),--page $(PAGE)) $(if $(VIEWERS),--viewers $(VIEWERS)) $(if $(DATA),--data $(DATA))

accuracy: $(VENV)/installed-dev ## How right the analyses are; docs/accuracy.md has the figures
	$(PYTEST) --no-header -q -s --timeout=1800 tests/bench/accuracy_*.py

lint: $(VENV)/installed-dev ## ruff and mypy
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: $(VENV)/installed-dev ## Bring the code into its form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

sbom: $(VENV)/installed-dev ## The bill of materials of what is shipped, CycloneDX: build/sbom.cdx.json
	@mkdir -p build
	$(BIN)/python -m deploy.sbom build/sbom.cdx.json

published: $(VENV)/installed-dev ## Write again what is generated: schemas, dashboards, alerts, settings
	$(BIN)/python -m schemas.export
	$(BIN)/python -m grafana.render
	$(BIN)/salgspuls grafana build
	$(BIN)/python -m streams.config.settings_docs
	$(BIN)/python -m clickhouse.schema

# what [tool.uv] in pyproject.toml overrides away is not to stand in the locks either
LOCK := uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-annotate --no-header --quiet \
	$(foreach name,numpy pandas pyarrow,--no-emit-package $(name))

lock: ## Resolve the dependencies anew (needs uv)
	$(LOCK) --no-strip-extras pyproject.toml -o requirements.lock
	$(LOCK) --no-strip-extras --extra dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCK) --group compile --constraint requirements-dev.lock -o requirements-compile.lock

clean: ## Remove the environment and what tools left
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
