# 据实. Two commands after a clone: `make chat` and `make test`. The environment is prepared by .ci/setup.sh.
PORT ?= 8501
PYTHON ?=
VENV := .venv
RUN := $(VENV)/bin/python
# Builds the index where it is missing or out of date (3); it keeps every report a user added.
FRESH_INDEX = $(RUN) -m index fits --quiet; case $$? in 0) ;; 3) $(RUN) -m index build ;; *) exit 2 ;; esac

.DEFAULT_GOAL := help
.PHONY: help chat serve ocr test check build eval bench bundle offline clean setup setup-dev lock screenshots

help:
	@echo "用法：make 命令"
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

chat: setup ## 打开问答页面（换端口：make chat PORT=8600）
	@$(RUN) -m assistant.web.port $(PORT)
	@$(FRESH_INDEX)
	@exec $(RUN) -m streamlit run app.py --server.port $(PORT)

serve: setup ## 办公室服务器：启动检查、/health、/metrics（ADDRESS=地址 PORT=端口）
	@$(FRESH_INDEX)
	@exec $(RUN) -m assistant.web.server --address $(or $(ADDRESS),127.0.0.1) --port $(PORT)

ocr: setup ## 加装扫描件与图片的文字识别（OCR）
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-ocr.lock

test: setup-dev ## 跑全部测试
	@$(RUN) -m pytest -n 2 --dist loadfile $(ARGS)

check: setup-dev ## 检查代码：ruff 与 mypy
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

build: setup ## 重建索引（保留用户添加的报告）
	@$(RUN) -m index build

eval: setup-dev ## 评测回答的质量（参数：make eval ARGS="--split tuning"）
	@$(FRESH_INDEX)
	@$(RUN) -m evals run $(ARGS)

bench: setup-dev ## 测量：账本不崩；检索找得准不准、多快；1 到 1000 份报告时如何；100 个对话同时（SIZES="1 10"，CMRC=文件，MINUTES=10）
	@$(RUN) -m tests.bench_ledger $(or $(N),10000)
	@$(RUN) -m tests.bench_answers $(or $(REPORTS),100)
	@$(RUN) -m tests.bench_answers_many
	@$(RUN) -m tests.bench_hostile
	@$(RUN) -m index --store runs/bench build --reports corpus/reports evals/reports
	@$(RUN) -m evals retrieval --store runs/bench --cases evals/cases/gz-*.jsonl evals/cases/ny-*.jsonl \
		$(if $(CMRC),--paragraphs $(CMRC) --work runs/bench-paragraphs)
	@$(RUN) -m tests.bench_servers
	@$(RUN) -m tests.bench_index throughput
	@$(RUN) -m tests.bench_page
	@JUSHI_STORE=runs/bench $(RUN) -m tests.bench_language $(MOST)
	@$(RUN) -m tests.bench_scroll
	@$(RUN) -m tests.bench_load --minutes $(or $(MINUTES),1)
	@$(RUN) -m tests.bench_index search
	@$(RUN) -m tests.bench_index scale --out runs $(if $(SIZES),--sizes $(SIZES))

bundle: setup ## 做一个离线安装包（OUT=文件夹，默认 dist）
	@$(RUN) .ci/bundle.py $(if $(OUT),--out $(OUT))

# Installs the bundle and runs its tests with the network off; WORK is where, ARGS goes to pytest.
offline:
	@sh .ci/offline.sh $(or $(BUNDLE),$(lastword $(sort $(wildcard dist/*.tar)))) $(or $(WORK),dist/offline) $(ARGS)

clean: ## 删除虚拟环境与缓存（不删索引，不删用户添加的报告）
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@PYTHON="$(PYTHON)" sh .ci/setup.sh $(VENV)

setup-dev:
	@PYTHON="$(PYTHON)" sh .ci/setup.sh $(VENV) dev

# Writes both locks from pyproject.toml in a clean environment; for developers, not part of the set-up.
lock:
	@PYTHON="$(PYTHON)" sh .ci/lock.sh

# Draws docs/screenshots anew from the running page at 1280 and 390 px.
screenshots: setup-dev
	@$(FRESH_INDEX)
	@$(RUN) -m assistant.web.screenshots --out docs/screenshots
