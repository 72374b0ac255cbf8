# Thin on purpose: the work is in Python, and README.md spells the same
# commands out for machines without make.
PYTHON ?= python3
RUN = .venv/bin/python -m

.PHONY: help serve site test lab bench refresh clean
help:    ## list the commands
	@sed -n 's/^\([a-z]*\):  *## /  make \1	/p' Makefile
serve:   ## build all three languages, serve them, rebuild on every edit
	@$(PYTHON) tools/install.py site && $(RUN) tools.site.serve $(if $(PORT),--port $(PORT)) $(ARGS)
site:    ## build all three languages into site/
	@$(PYTHON) tools/install.py site && $(RUN) tools.site.build $(ARGS)
test:    ## run every check (those in a browser where there is one)
	@$(PYTHON) tools/install.py test && $(RUN) pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)
lab:     ## open the notebooks in JupyterLab, with the package
	@$(PYTHON) tools/install.py lab && $(RUN) jupyterlab --notebook-dir docs $(ARGS)
bench:   ## measure the bars: build, edit, pages, checks, attention
	@$(PYTHON) tools/install.py test && $(RUN) tools.bench $(ARGS)
refresh: ## write what is made again: map, outputs, facts, figures, notebooks, readme, formulas
	@$(PYTHON) tools/install.py test && $(RUN) tools.refresh $(ARGS)
clean:   ## remove what commands made, .venv apart
	@rm -rf site dist .bench .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
