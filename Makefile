# `make help` lists the recipes. What a recipe does in more than a line stands in scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build test ci faults bench web lint

# The two programs end up in target/release/ even when cargo builds elsewhere.
export CARGO_TARGET_DIR ?= target

help: ## this text
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

run: ## build what changed and start Loa with the example programme on http://localhost:8080
	@scripts/prepare.sh run
	@scripts/build.sh
	@exec target/release/loa serve --example $(ARGS)

build: ## leave target/release/loa and target/release/loa-speaker
	@scripts/prepare.sh build
	@scripts/build.sh

test: ## everything: rules, slices on SQLite and PostgreSQL, voices, browser journeys
	@scripts/prepare.sh test
	@scripts/build.sh --tests
	@scripts/with-postgres.sh scripts/test.sh

lint: ## format, warnings, documentation, licences, unused dependencies, lengths (part of ci)
	@scripts/prepare.sh build
	@scripts/lint.sh

ci: lint test ## what .ci/run runs: lint, then test

faults: ## the long form of the fault suite: two hundred kills, ten minutes offline (a short form is part of test)
	@scripts/prepare.sh test
	@scripts/build.sh
	@cd e2e && npm ci --no-audit --no-fund </dev/null && LOA_FAULTS=$${LOA_FAULTS:-200} LOA_OUTAGE=$${LOA_OUTAGE:-600} node --test --test-concurrency=1 faults.test.mjs outage.test.mjs

bench: ## measure: all, or one with NAME=footprint, NAME=plan
	@scripts/prepare.sh build >&2
	@scripts/build.sh >&2
	@bench/run.sh $(NAME)

web: ## build the front end when its sources are newer than web/dist
	@scripts/web.sh
