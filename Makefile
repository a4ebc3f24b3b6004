# make run / test / check / bench. Everything needed is installed into .venv on the first call.
# Works with GNU make 3.81.

PORT ?= 8000
DEMO ?=
ARGS ?=
SIZES ?= 10k,100k
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && exit; done; echo python3)
PY := .venv/bin/python
LAUNCH := $(PY) -m kumamoto_soudan.launcher
# With servers and data of its own that vanish afterwards
FRESH := $(LAUNCH) exec --fresh --
# Settings of a real installation, for the checks that judge it
REAL := SECURE_COOKIES=1 TRUST_PROXY=1 ALLOWED_HOSTS=soudan.example.jp

.PHONY: help run test check screens bench venv
.DEFAULT_GOAL := help

help:
	@echo 'make run    起動します(http://127.0.0.1:8000/)。Ctrl-C で止まります'
	@echo '            PORT=8001  ポート番号を変える   DEMO=0  架空のデータを入れずに始める'
	@echo 'make test   すべてのテストを実行します          ARGS="tests/cases -x"  一部だけ'
	@echo 'make screens 手引きの画面の写しを、架空のデータから撮り直します'
	@echo 'make check  書き方・型・移行・設定・compose ファイルを調べます'
	@echo 'make bench  ページの重さを測り、docs/benchmarks/ に書きます   SIZES=10k,100k,1M  件数'

venv:
	@command -v $(PYTHON) >/dev/null || \
		{ echo 'python3 がありません。Python 3.11 以上を入れてから、もう一度実行してください。'; exit 1; }
	@$(PYTHON) kumamoto_soudan/launcher/venv.py

run: venv
	@$(LAUNCH) run --port '$(PORT)' --demo '$(DEMO)'

test: venv
	@$(PY) -m tests.browser.chromium
	@$(FRESH) $(PY) -m pytest $(if $(ARGS),$(ARGS),-n auto --dist loadfile --no-loadscope-reorder)

screens: venv
	@$(PY) -m tests.browser.chromium
	@TEST_SCREENS=1 $(FRESH) $(PY) -m pytest tests/browser/test_guide_screens.py

check: venv
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m check_jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@$(FRESH) $(PY) -m mypy .
	@$(FRESH) $(PY) manage.py makemigrations --check --dry-run
	@$(FRESH) env $(REAL) $(PY) manage.py check --deploy --fail-level WARNING
	@echo 'すべて大丈夫です。'

bench: venv
	@$(PY) -m benchmarks --sizes '$(SIZES)'
