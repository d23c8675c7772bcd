# Everything runs in .venv, which is made by the first target that needs it.
# PYTHON is any Python 3.11 or later:  make test PYTHON=python3.12

PYTHON ?= python3
ARGS ?=
# Set by whoever has just run the tests in this very state: make check TESTED=yes
TESTED ?=

BIN := .venv/bin
ROOMS := $(wildcard bot domain messages scheduler storage)

.DEFAULT_GOAL := help
.PHONY: help install demo test check format lock bench crash

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/installed ## make .venv with exactly the locked versions

# Again only when the lock or pyproject.toml has changed.
.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: install ## the whole product on http://127.0.0.1:8080; ARGS="--at 2022-03-24T07:55 --port 8080"
	$(BIN)/chibo demo $(ARGS)

test: install ## all tests; ARGS="tests/domain -k quarter" for some
	$(BIN)/python -m pytest -n auto $(ARGS)

check: install ## format, lint, types, imports, dependencies, lock, and then the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS)
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python tools/lock.py --check
ifeq ($(TESTED),)
	$(BIN)/python -m pytest -n auto
endif

format: install ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## make requirements.lock anew from pyproject.toml; ARGS="--upgrade" takes the newest versions
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/python tools/lock.py $(ARGS)

bench: install ## speed, beside the peers, in one table (some minutes)
	$(BIN)/python -m bench $(ARGS)

crash: install ## kill the process 200 times under traffic and count the books (a quarter of an hour)
	KILLS=200 $(BIN)/python -m pytest -n 2 tests/test_crash.py $(ARGS)
