# Two commands do everything: `make chat` opens the page, `make test` runs every check. `make help` lists the rest.
# .venv belongs to this file: it is made anew when requirements.lock changes and after an interrupted install.

SHELL := /bin/sh
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
RUN := .venv/.run-$(shell cksum < requirements.lock | tr ' ' -)
DEV := .venv/.dev-$(shell cat requirements.lock requirements-dev.lock | cksum | tr ' ' -)

# A stamp is only worth something while the interpreter behind it still starts.
ifneq ($(shell $(PY) -c 'print("yes")' 2>/dev/null),yes)
BROKEN := broken-venv
endif

.PHONY: help chat test install install-dev browser postgres check lint format types unit eval fix lock broken-venv
.NOTPARALLEL:

help:
	@echo 'make chat         install what is needed, add the reports in seeds/, open the page on 127.0.0.1:7860'
	@echo 'make test         install what tests need, then check, eval and unit'
	@echo 'make install      only the installation (.venv, from requirements.lock)'
	@echo 'make install-dev  the same with the tools for tests (requirements-dev.lock)'
	@echo 'make check        ruff check, ruff format --check, mypy --strict'
	@echo 'make eval         the offline regression gate'
	@echo 'make unit         pytest, the browser tests included'
	@echo 'make fix          let ruff correct and format what it can'
	@echo 'make lock         write both lock files anew from pyproject.toml'

chat: install
	@$(PY) -m rag add seeds
	@exec $(PY) -m ui

# Everything runs even when something fails; pytest comes last, so that its summary ends the output.
test: install-dev browser postgres
	@$(MAKE) --no-print-directory --keep-going check eval unit

install: $(RUN)
install-dev: $(DEV)

# The stamp is written last: whatever is interrupted before that is done again from an empty .venv.
$(RUN): $(BROKEN)
	@sh tools/venv.sh .venv
	@echo 'Installing the libraries of requirements.lock into .venv (once; a minute or two) ...'
	@$(PIP) install -qq --only-binary :all: -r requirements.lock
	@$(PY) tools/link.py
	@touch $@

$(DEV): $(RUN)
	@echo 'Installing the tools of requirements-dev.lock into .venv (once) ...'
	@rm -f .venv/.run-* .venv/.dev-*
	@$(PIP) install -qq --only-binary :all: -r requirements.lock -r requirements-dev.lock
	@touch $(RUN) $@

browser:
	@sh tools/browser.sh
	@sh tools/axe.sh

postgres:
	@sh tools/postgres.sh

check: lint format types

lint: install-dev
	@$(PY) -m ruff check .

format: install-dev
	@$(PY) -m ruff format --check .

types: install-dev
	@$(PY) -m mypy

eval: install
	@$(PY) -m eval --jobs 2

unit: install-dev
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadgroup

fix: install-dev
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

lock:
	@sh tools/lock.sh
