# The only door: run, test, check, fix, demo, bench, faults, nightly, translations, lock, clean.
PY := .venv/bin/python
OUT ?= demo
SEED ?= 20260312
export RECALLDESK_TEST_DATA ?= $(abspath ../shared/data)
WORKERS ?= 2

.PHONY: help run test check types lint contracts fix demo bench faults nightly translations lock clean

help:
	@echo "make run    open the desktop (or, without a screen, play the story and say where the pictures lie)"
	@echo "make test   lint, types, contracts and all tests"
	@echo "make demo OUT=dir [SEED=n]   the story through the real windows: pictures, PDFs, summary.json"
	@echo "make bench | faults | nightly | check | fix | translations | lock | clean"

.venv/ready: requirements.lock pyproject.toml packaging/environment.sh
	@sh packaging/environment.sh

run: .venv/ready
	@$(PY) main.py

check: types lint contracts

types: .venv/ready
	.venv/bin/basedpyright

lint: .venv/ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

contracts: .venv/ready
	.venv/bin/lint-imports

test: .venv/ready
	@$(MAKE) --no-print-directory -j $(WORKERS) check
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -q

fix: .venv/ready
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

demo: .venv/ready
	@$(PY) main.py demo --out "$(OUT)" --seed $(SEED)

bench: .venv/ready
	$(PY) -m benchmarks

faults: .venv/ready
	RECALLDESK_FAULTS=1 $(PY) -m pytest -q -s -p no:randomly tests/faults tests/models/test_wall_mutants.py

nightly: .venv/ready
	RECALLDESK_NIGHTLY=1 $(PY) -m pytest -q -n $(WORKERS)

translations: .venv/ready
	.venv/bin/pyside6-lupdate -extensions py -no-obsolete app -ts resources/i18n/zh.ts

lock: .venv/ready
	uv pip compile --universal --all-extras --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock

clean:
	rm -rf .venv build dist demo *.egg-info
