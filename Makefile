# make alone prints the targets. Everything runs on a fresh machine that has Go, make and a shell.

GO          ?= go
FUZZTIME    ?= 20s
# staticcheck is pinned and kept out of go.mod: it checks the code, it is no part of it.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# The packages whose code starts goroutines. Their tests run once more under the race detector.
RACE        := ./ingest ./graph/casestore ./graph/projection ./graph/edgelist ./graph/cluster ./graph/community ./cmd/samehand
PACKAGES    := ./cmd/... ./graph/... ./ingest/... $(if $(wildcard queries/*.go),./queries/...)

export GO FUZZTIME
export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: help build test check tests race browser bench bench-community quality fuzz cover goldens clean

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build ./bin/samehand, without cgo
	$(GO) build -trimpath -o bin/samehand ./cmd/samehand

test: build check browser race tests ## everything: set-up, checks, race detector, all tests

check: ## gofmt, go vet and staticcheck
	@.ci/format
	$(GO) vet $(PACKAGES)
	$(GO) run $(STATICCHECK) $(PACKAGES)

tests: ## all tests: unit, property, fuzz seeds, layers, goldens, command-line stories
	$(GO) test $(PACKAGES)

race: ## the tests of packages with goroutines, under the race detector
	.ci/race $(RACE)

browser: ## find or install a browser for the tests of the HTML report
	@.ci/browser

bench: ## run every benchmark once and print its figures; PEOPLE="20000 200000 1000000" for the whole job on larger worlds
	SAMEHAND_BENCH_PEOPLE="$(PEOPLE)" $(GO) test -run '^$$' -bench . -benchtime 1x -benchmem $(PACKAGES)

bench-community: build ## measure the community engine, and other programs on the same graphs; minutes to an hour, 4 GB
	SAMEHAND_BENCH_LARGE=1 $(GO) test ./graph/community -run '^$$' -bench 'Leiden|Gonum|Update' -benchtime 3x -timeout 1h
	SAMEHAND_BENCH_DIR=$(CURDIR)/.cache/bench $(GO) test ./graph/community -run TestWriteBenchGraphs -count 1 -timeout 30m
	@.ci/peers

quality: ## find rings and innocents in generated worlds, with the targets beside; SEEDS="1 2 3" SCENARIOS= PARTS= SET= QUALITY_LARGE=1
	@SEEDS="$(SEEDS)" SCENARIOS="$(SCENARIOS)" PARTS="$(PARTS)" SET="$(SET)" QUALITY_LARGE="$(QUALITY_LARGE)" .ci/quality

fuzz: ## run each fuzz target for FUZZTIME (20s)
	.ci/fuzz

cover: ## statement coverage by package, and ./bin/cover.html
	@mkdir -p bin
	$(GO) test -coverprofile bin/cover.out -coverpkg $$(echo $(PACKAGES) | tr ' ' ,) $(PACKAGES)
	$(GO) tool cover -html bin/cover.out -o bin/cover.html
	$(GO) tool cover -func bin/cover.out | tail -1

goldens: ## write the expected outputs of the command-line stories again; read the diff before you commit it
	SAMEHAND_UPDATE=1 $(GO) test -count 1 ./cmd/samehand -run TestScripts

clean: ## remove what the targets above made
	rm -rf bin samehand
