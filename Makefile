# What a person types. All set-up is in tools/setup.sh; a second run finds it done and starts work at once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help report lab test lint format setup browser driver lock clean

PY := .venv/bin/python
ARGS :=

help: ## say what can be made (the default)
	@echo "make TARGET [ARGS=...]"
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile | expand -t 12

report: setup browser ## run every notebook on seeds/ and draw every figure: figures/index.html
	@$(PY) -m mediakit report seeds --out figures $(ARGS)

lab: setup ## open JupyterLab on notebooks/
	@tools/setup.sh browser || echo "setup: going on without; the notebooks run, saving figures as png, svg or pdf does not"
	@echo "JupyterLab opens on notebooks/; its address follows. Ctrl-C twice ends it."
	@$(PY) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks --log-level=WARN \
	  --LabApp.extension_manager=readonly $$(test "$$(id -u)" != 0 || echo --allow-root --no-browser) $(ARGS)

test: setup browser driver lint ## check everything: linters, types, unit tests, notebooks, the browser test
ifneq ($(ARGS),)
	@$(PY) -m pytest $(ARGS)
else
	@# two at a time: what runs notebooks and a browser, and all the rest
	@$(PY) -m pytest -m "not notebooks and not browser" & units=$$!; \
	  $(PY) -m pytest -m "notebooks or browser"; seen=$$?; \
	  wait $$units && test $$seen = 0
endif

lint: setup ## only the quick checks: ruff, types, no outputs stored in notebooks
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/nbstripout --keep-id --verify notebooks/*.ipynb || { echo "lint: notebooks are stored without outputs: make format"; exit 1; }

format: setup ## mend what lint finds and a machine can mend: layout, imports, outputs in notebooks
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .
	@.venv/bin/nbstripout --keep-id notebooks/*.ipynb

setup: ## only set up the environment in .venv
	@tools/setup.sh python

browser: setup
	@tools/setup.sh browser

driver: setup
	@tools/setup.sh driver

lock: setup ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@tools/setup.sh lock $(ARGS)

clean: ## remove .venv and caches; figures stay
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
