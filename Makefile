# Everything a person does with this project. `make` alone lists the targets.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
CROSSCHECK := .venv-crosscheck/.installed
ENGINE := .venv-engine/.installed
TARGET ?=
CORPUS ?=
ENGINE_ID ?=
SEED ?=
RUNS ?= 100000
NESTFORGE := $(BIN)/nestforge
# tests/projects holds faults on purpose
SHELL_FILES = $$(git ls-files '*.sh' .ci/run ':!tests/projects')
ON_TARGET := $(if $(TARGET),--target $(TARGET))

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(RUNTIME) ## install nestforge into .venv from the lock

.PHONY: build
build: $(RUNTIME) ## assemble the Compute Nest package in build/package
	@$(NESTFORGE) build

.PHONY: lint
lint: $(RUNTIME) ## check the sources and the package they make
	@$(NESTFORGE) lint

.PHONY: preview
preview: $(RUNTIME) ## show the form and what it makes, in build/preview.html
	@$(NESTFORGE) preview

.PHONY: capacity
capacity: $(RUNTIME) ## show what fits into the GPUs' memory, how fast it can be, and what it costs
	@$(NESTFORGE) capacity

.PHONY: publish
publish: $(RUNTIME) ## publish the service (TARGET=sandbox, aliyun-cn or aliyun-intl) and launch it
	@$(NESTFORGE) publish $(ON_TARGET)

.PHONY: status
status: $(RUNTIME) ## show the service as it is on the target
	@$(NESTFORGE) status $(ON_TARGET)

.PHONY: sandbox-stop
sandbox-stop: $(RUNTIME) ## stop the embedded cloud; its state stays
	@$(NESTFORGE) sandbox stop

.PHONY: test
test: $(DEV) ## run the tests
	@$(BIN)/pytest -n 2 tests

.PHONY: check
check: $(DEV) ## lint, types, layers, shell, and whether generated files are fresh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/shellcheck $(SHELL_FILES)
	@$(BIN)/shfmt -d -i 2 -ci $(SHELL_FILES)
	@$(NESTFORGE) lint
	@$(BIN)/python tools/checks/generated_files.py

.PHONY: format
format: $(DEV) ## rewrite Python and shell files in the project's style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/shfmt -w -i 2 -ci $(SHELL_FILES)

.PHONY: generate
generate: $(DEV) ## rewrite the files that are generated from the SDKs and the sources
	@$(BIN)/python tools/checks/generated_files.py --write

.PHONY: rosspec
rosspec: $(DEV) ## renew the bundled spec of resources and of form components from published packages
	@$(BIN)/python -m checks.rosspec
	@$(BIN)/python tools/checks/association_properties.py

.PHONY: engine-flags
engine-flags: $(DEV) ## renew the tables of engine flags from the published packages of vLLM, SGLang and Ray
	@$(BIN)/python -m checks.engine_flags

.PHONY: corpus
corpus: $(DEV) ## count what each rule says about the templates in a folder (CORPUS=folder)
	@$(BIN)/python -m checks.corpus $(CORPUS)

.PHONY: page-corpus
page-corpus: $(DEV) ## compare the page's evaluator with ours over a folder of templates (CORPUS=folder)
	@$(BIN)/python -m checks.page_evaluator $(CORPUS)

.PHONY: fuzz
fuzz: $(DEV) ## lint mutants of templates (CORPUS=folder of them, SEED=, RUNS=): none may fail, none take long
	@$(BIN)/python -m checks.fuzz --runs $(RUNS) $(if $(CORPUS),--corpus $(CORPUS)) $(if $(SEED),--seed $(SEED))

.PHONY: crosscheck
crosscheck: $(DEV) $(CROSSCHECK) ## compare with iac-code's validator (CORPUS=folder of templates), mistakes included
	@test -n "$(CORPUS)" || { echo "name a folder of ROS templates: make crosscheck CORPUS=..." >&2; exit 2; }
	@$(BIN)/python -m checks.crosscheck $(CORPUS)

.PHONY: rehearse
rehearse: $(RUNTIME) $(ENGINE) ## deploy it onto two hosts made on this machine, and prove that it answers; takes root
	@$(NESTFORGE) rehearse

.PHONY: rehearse-pairs
rehearse-pairs: $(RUNTIME) $(ENGINE) ## the same until all choices of the form have met in pairs
	@$(NESTFORGE) rehearse --pairs

.PHONY: rehearse-all
rehearse-all: $(RUNTIME) $(ENGINE) ## the same for every combination of choices
	@$(NESTFORGE) rehearse --all

.PHONY: rehearse-faults
rehearse-faults: $(RUNTIME) $(ENGINE) ## see what goes wrong on purpose end in a stack that says why
	@$(NESTFORGE) rehearse --faults

.PHONY: rehearse-engine
rehearse-engine: $(ENGINE) ## install the engine of the rehearsal: vLLM and Ray for CPU, 3.7 GB in .venv-engine

.PHONY: engine-pair
engine-pair: $(DEV) $(ENGINE) ## measure the rehearsal's engine between two namespaces, as root (ENGINE_ID=, the default engine otherwise)
	@$(BIN)/python -m checks.engine_pair $(if $(ENGINE_ID),--engine $(ENGINE_ID))

.PHONY: snapshots
snapshots: $(DEV) ## rewrite tests/snapshots; the difference is reviewed like code
	@NESTFORGE_SNAPSHOTS=write $(BIN)/pytest -q tests/snapshots

.PHONY: screenshots
screenshots: $(DEV) ## renew the pictures of the preview in i18n/*/docs/pictures, with the distribution's Chromium
	@$(BIN)/python tools/checks/screenshots.py

.PHONY: bench
bench: $(DEV) ## time the commands against an empty Python process
	@$(BIN)/python tools/checks/bench.py $(TEMPLATES)

.PHONY: lock
lock: $(DEV) ## renew the lock files from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --upgrade --extra build pyproject.toml --output-file requirements/runtime.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --upgrade --extra build --extra dev --constraint requirements/runtime.lock pyproject.toml \
	  --output-file requirements/dev.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --upgrade requirements/crosscheck.in --output-file requirements/crosscheck.lock

.PHONY: engine-lock
engine-lock: $(DEV) ## renew the lock of the rehearsal's engine; torch for CPU is looked for where pip looks (PIP_FIND_LINKS)
	@UV_FIND_LINKS="$${PIP_FIND_LINKS// /,}" $(BIN)/uv pip compile --quiet --python-version 3.11 \
	  --python-platform x86_64-manylinux_2_28 --generate-hashes --no-header --no-annotate --upgrade \
	  --override requirements/engine-overrides.txt requirements/engine.in --output-file requirements/engine.lock

.PHONY: clean
clean: ## remove what was built and installed; the sandbox's state stays
	@rm -rf build $(VENV) .venv-crosscheck .venv-engine .mypy_cache .ruff_cache

$(RUNTIME): requirements/runtime.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("nestforge needs Python 3.11 or newer, this is " + sys.version.split()[0] \
	  + "; name another one: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	@echo "setting up $(VENV) from requirements/runtime.lock"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements/dev.lock
	@echo "adding the development tools from requirements/dev.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

$(CROSSCHECK): requirements/crosscheck.lock
	@echo "setting up .venv-crosscheck from requirements/crosscheck.lock"
	@$(PYTHON) -m venv .venv-crosscheck
	@.venv-crosscheck/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/crosscheck.lock
	@touch $@

$(ENGINE): requirements/engine.lock
	@$(PYTHON) -c 'import platform, sys; got = (*sys.version_info[:2], platform.system(), platform.machine()); \
	  sys.exit(0 if got == (3, 11, "Linux", "x86_64") else "the lock of the engine is for Python 3.11 on Linux x86_64, " \
	  "this is {}.{} on {} {}; name another one: make PYTHON=python3.11".format(*got))'
	@echo "setting up .venv-engine from requirements/engine.lock"
	@$(PYTHON) -m venv --clear .venv-engine
	@.venv-engine/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  -r requirements/engine.lock || { echo "if it is torch that was not found: PyPI has it for CUDA only; let pip know a" \
	  "folder or an index with the build for CPU (PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL)" >&2; exit 2; }
	@touch $@
