# Thin on purpose: the work is in Python, and README.md spells the same
# commands out for machines without make.
PYTHON ?= python3
RUN = .venv/bin/python -m

.PHONY: help serve site test bench refresh readme clean
help:    ## list the commands
	@sed -n 's/^\([a-z]*\):  *## /  make \1	/p' Makefile
serve:   ## build all three languages, serve them, rebuild on every edit
	@$(PYTHON) tools/bootstrap.py site && $(RUN) tools.site.serve $(if $(PORT),--port $(PORT)) $(ARGS)
site:    ## build all three languages into site/
	@$(PYTHON) tools/bootstrap.py site && $(RUN) tools.site.build $(ARGS)
test:    ## run every check (those in a browser where there is one)
	@$(PYTHON) tools/bootstrap.py test && $(RUN) pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)
bench:   ## measure the bars: build, edit, pages, attention
	@$(PYTHON) tools/bootstrap.py test && $(RUN) tools.bench $(ARGS)
refresh: ## write outputs, facts, figures, math, notebooks and pins again
	@$(PYTHON) tools/bootstrap.py test && $(RUN) tools.refresh $(ARGS)
readme:  ## write the outputs in the READMEs again, and take their pictures
	@$(PYTHON) tools/bootstrap.py test && $(RUN) tools.refresh.readme --pictures
clean:   ## remove what commands made, .venv apart
	@rm -rf site dist .bench .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
