# One command each; everything they need goes into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
POLICYQA := $(BIN)/python -m qa
QUESTIONS := benchmarks/questions
# Tests run side by side in so many processes, each of which loads a model of its own (1 GB).
WORKERS ?= 2

# The question travels through the environment, unexpanded: no character of it is read by make or the shell.
export QUESTION = $(if $(strip $(value Q)),$(value Q),“互联网+”协同制造由哪些部门负责？)

.PHONY: help ask ui users model bench growth test test-slow test-all browser office lint format eval screenshots clean

help:
	@echo 'make ask Q="问题"   提问（第一次会先安装，需要几分钟）'
	@echo 'make ui             打开问答网页'
	@echo 'make model          下载在本机运行的语言模型（1.12 GB，可选）'
	@echo 'make eval           在 benchmarks/questions 的问题集上打印各项指标'
	@echo 'make users          20 个人同时用网页，各等多久'
	@echo 'make bench          与 LangChain、LlamaIndex 的做法并排比较，写进 docs/benchmarks.md（约十几分钟）'
	@echo 'make growth         文件增多时的快慢、内存和准确率，写进 docs/benchmarks.md（约一小时）'
	@echo 'make test           快速测试'
	@echo 'make test-all       全部测试（含真实模型和浏览器）'
	@echo 'make lint           ruff 和 mypy'

ask: .venv/installed
	@$(POLICYQA) ask "$$QUESTION" || [ $$? -eq 3 ]

ui: .venv/installed
	@$(POLICYQA) ui

# The language model and what runs it: only for whoever asks for them.
model: .venv/installed
	@$(PIP) install -e '.[local]'
	@$(POLICYQA) model fetch --yes

eval: .venv/installed
	@$(POLICYQA) eval run $(wildcard $(QUESTIONS)/policy_*.jsonl $(QUESTIONS)/context_*.jsonl $(QUESTIONS)/mixed_*.jsonl) \
	  $(QUESTIONS)/out_of_domain.jsonl --documents corpus/documents
	@for n in 1 2 3 4 5 6 7 8 9 10 11 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do \
	  $(POLICYQA) eval run $$(ls $(QUESTIONS)/pages_$$n.jsonl $(QUESTIONS)/pages_$${n}_held.jsonl $(QUESTIONS)/pages_$${n}_unseen.jsonl 2>/dev/null) \
	    --documents benchmarks/documents/$$n; done
	@$(POLICYQA) eval run $(wildcard $(QUESTIONS)/pages_12_*.jsonl) --documents benchmarks/documents/1 --documents benchmarks/documents/2
	@$(POLICYQA) eval run $(wildcard $(QUESTIONS)/pages_34_*.jsonl) --documents benchmarks/documents/3 --documents benchmarks/documents/4

# The pictures of the page in docs/.
screenshots: .venv/installed-dev browser
	@$(BIN)/python benchmarks/screenshots.py

users: .venv/installed
	@$(BIN)/python benchmarks/users.py

bench: .venv/installed-bench
	@$(BIN)/python benchmarks/peers.py --write

# With the real model as far as it gets in its time; the larger sizes with vectors that need no model.
growth: .venv/installed-bench
	@$(BIN)/python benchmarks/growth.py --embedder builtin --sizes 1 10 >/dev/null
	@$(BIN)/python benchmarks/growth.py --embedder hash --sizes 1 10 100 1000 --write

test: .venv/installed-dev
	@$(BIN)/python -m pytest -q -n $(WORKERS)

test-slow: .venv/installed-dev browser office
	@$(BIN)/python -m pytest -q -rs -m slow -n $(WORKERS) --dist loadfile

test-all: test test-slow

# The browser tests are skipped where there is no Chromium and no right to install it; .ci/run fails there.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  [ "$$(id -u)" != 0 ] || \
	  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium fonts-noto-cjk; }

# Likewise LibreOffice, which turns old Office files into new ones.
office:
	@command -v soffice >/dev/null || [ "$$(id -u)" != 0 ] || \
	  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
	    libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui; }

lint: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: .venv/installed-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '需要 Python 3.11 或更新的版本；装好后可用 make PYTHON=路径 指定。' >&2; exit 2; }
	@"$(PYTHON)" -m venv .venv

# Editable: what is run is what lies here, also after an edit or a pull.
.venv/installed: pyproject.toml | .venv/bin/python
	@echo '正在安装依赖（第一次需要几分钟）……' >&2
	@$(PIP) install -e .
	@touch $@

.venv/installed-bench: .venv/installed
	@$(PIP) install -e '.[bench]'
	@touch $@

.venv/installed-dev: .venv/installed
	@$(PIP) install -e '.[dev]'
	@touch $@
