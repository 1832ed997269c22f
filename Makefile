# Everything a newcomer needs: `make reports` and `make test` set up .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
JOBS ?= 2

.DEFAULT_GOAL := help
# else every worker and every program that a test starts compiles all of ours anew
unexport PYTHONDONTWRITEBYTECODE

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("plan-monitor needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

reports: $(READY)  ## render every report into reports/output/ and its index.html
	$(BIN)/plan-monitor render --jobs $(JOBS)

test: $(READY)  ## style, unit, property and end-to-end tests, and nbval on every notebook
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n $(JOBS)

test-fast: $(READY)  ## the quick tests only, those near to what git says has changed first
	$(BIN)/ruff check --quiet .
	$(BIN)/python -m pytest -n $(JOBS) -m "not slow" --hypothesis-profile quick --changed-first tests lib

coverage: $(READY)  ## which lines the tests run, in whatever process; fails below the gate in pyproject.toml
	rm -f .coverage*
	$(BIN)/coverage run -m pytest -n $(JOBS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.venv/oldest/ready: oldest.lock pyproject.toml
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r oldest.lock
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

test-oldest: .venv/oldest/ready  ## the tests beside the oldest versions that pyproject.toml allows (Python 3.11)
	.venv/oldest/bin/python -m pytest -n $(JOBS)

test-newest:  ## the tests beside the newest versions that there are today, whatever the lock says
	$(PYTHON) -m venv --clear .venv/newest
	.venv/newest/bin/python -m pip install --quiet --disable-pip-version-check -e '.[build,dask,test]'
	.venv/newest/bin/python -m pytest -n $(JOBS)

test-objects: $(READY)  ## test publishing to S3: its client and a server lie apart, they hold other packages back
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .venv/objects \
		"s3fs>=2026.9" "moto[s3]>=5.2" flask flask-cors
	PYTHONPATH=$(CURDIR)/.venv/objects $(BIN)/python -m pytest tests/render/test_s3.py

mutants: $(READY)  ## which of 300 faults put into the library ring an alarm, room by room (half an hour)
	$(BIN)/python tests/mutants/run.py --jobs $(JOBS)

.venv/docs/ready: docs.lock $(READY)
	rm -rf $(@D)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --target $(@D) -r docs.lock
	touch $@

docs: .venv/docs/ready  ## the guide in both languages and the reference of the library: docs/build/index.html
	for language in en zh_CN; do \
		PYTHONPATH=$(CURDIR)/.venv/docs $(BIN)/python -m sphinx --quiet --fresh-env --fail-on-warning --keep-going -c docs \
			-D language=$$language docs/$${language%_CN} docs/build/$${language%_CN} || exit 1; \
	done
	cp docs/index.html docs/build/index.html

notebooks: $(READY)  ## re-execute every notebook, clean it, and record the data's checksums
	$(BIN)/python -m plan_monitor.data.checksums data
	REPORTKIT_SUBJECT=plan_monitor.subject $(BIN)/python -m reportkit.render.notebooks notebooks

benchmarks: $(READY)  ## how fast reports are made and methods computed, beside other ways (half an hour)
	for file in $(filter-out %/country.py %/ratios.py, $(wildcard tests/benchmarks/*.py)); do $(BIN)/python $$file || exit 1; done

ratios: $(READY)  ## what this tree takes beside an earlier one, in turns (two hours)
	$(BIN)/python tests/benchmarks/ratios.py

pictures: reports  ## take the pictures of README and guide anew (needs Chromium, LibreOffice, poppler)
	$(BIN)/python reports/pictures/take.py

lab: $(READY)  ## open the notebooks in JupyterLab, with schedules
	$(BIN)/plan-monitor serve

release: $(READY)  ## build sdist, wheel and notes of the version that git's tag names, and try the wheel
	$(BIN)/python tools/release.py

lock: $(READY)  ## renew requirements.lock, oldest.lock and docs.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build --extra dask --extra test --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dask --extra test --resolution lowest-direct --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade -o oldest.lock
	uv pip compile --group docs --constraints requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade -o docs.lock

.PHONY: help reports test test-fast coverage test-oldest test-newest test-objects mutants docs notebooks benchmarks ratios pictures lab release lock
