package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
)

// sharedData returns a folder of data that other people made, or skips the test.
func sharedData(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set: this test reads real data that is not part of the project")
	}
	return filepath.Join(dir, name)
}

func csvRows(t *testing.T, text string) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	must(t, err)
	var rows []map[string]string
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// TestSanctionsList reads the whole list with its companions, and looks for clusters in it.
func TestSanctionsList(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	for _, r := range csvRows(t, ok(t, dir, "ingest", sharedData(t, "ofac-sdn"), "--format", "csv")) {
		records, accepted, rejected := number(t, r["records"]), number(t, r["accepted"]), number(t, r["rejected"])
		if r["status"] != "added" || records != accepted+rejected || records == 0 {
			t.Errorf("%s: %s, %d records are not %d + %d", filepath.Base(r["file"]), r["status"], records, accepted, rejected)
		}
		if strings.HasPrefix(filepath.Base(r["file"]), "sdn_2023") && records != 12538 {
			t.Errorf("%d records in the main file, want 12538", records)
		}
	}
	clusters := csvRows(t, ok(t, dir, "detect", "--format", "csv"))
	if len(clusters) < 10 {
		t.Errorf("%d clusters; entities that share a mailbox, a wallet, a site or a document are more", len(clusters))
	}
	for _, c := range clusters {
		// Listed entities at a registered agent's address are dozens; what they share beside it is held by a few.
		// No family is named between those who could be one household, or one person who is listed twice: nothing is said of them.
		alone := c["families"] == "" && (c["flagged"] == "true" || number(t, c["homes"]) > 1)
		if n := number(t, c["persons"]); n > 10 || c["families"] == "address" || alone {
			t.Errorf("cluster %s: %d entities, tied by %q", c["cluster_id"], n, c["families"])
		}
	}
	tagged := func(tag string) []map[string]string {
		return csvRows(t, ok(t, dir, "clusters", "--tag", tag, "--format", "csv"))
	}
	if got := tagged("SDNTK"); len(got) == 0 || len(got) >= len(clusters) {
		t.Errorf("--tag SDNTK lists %d of %d clusters", len(got), len(clusters))
	}
	// Whether entities of a programme hang together is asked of the observations too, by another way.
	if got, want := len(tagged("DPRK")) > 0, shareAnything(t, dir, "DPRK"); got != want {
		t.Errorf("--tag DPRK lists clusters: %v; entities of that programme share a mailbox, phone, wallet or site with somebody: %v", got, want)
	}
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	must(t, err)
	return n
}

// shareAnything reports whether an account with the tag has an e-mail address, phone, payment destination or website that another account has.
func shareAnything(t *testing.T, dir, tag string) bool {
	t.Helper()
	s, err := casestore.Open(t.Context(), dir, casestore.Options{ReadOnly: true})
	must(t, err)
	defer s.Close()
	tb, err := s.Load(t.Context(), graph.Filter{})
	must(t, err)
	holders, tagged := map[uint32][]uint32{}, map[uint32]bool{}
	for e := range tb.Edges() {
		id := tb.Identifiers[e.Identifier]
		if id.Kind() == ident.Tag && strings.HasPrefix(id.Key(), tag) {
			tagged[e.Account] = true
		}
		if slices.Contains([]ident.Kind{ident.Email, ident.Phone, ident.Payment, ident.Website}, id.Kind()) && id.Mark().Links() && !slices.Contains(holders[e.Identifier], e.Account) {
			holders[e.Identifier] = append(holders[e.Identifier], e.Account)
		}
	}
	for _, accounts := range holders {
		if len(accounts) > 1 && slices.ContainsFunc(accounts, func(a uint32) bool { return tagged[a] }) {
			return true
		}
	}
	return false
}

// TestVendorSystemLog reads sign-in events in a vendor's own form.
func TestVendorSystemLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	file := filepath.Join(sharedData(t, "vendor-logs"), "Okta.SystemLog.jsonl")
	var rows []map[string]any
	// Two of the lines hold no event, which is more than 1 % of so few.
	must(t, json.Unmarshal([]byte(ok(t, dir, "ingest", "--max-reject", "10%", "--tenant", "acme", file, "--format", "json")), &rows))
	if r := rows[0]; r["format"] != "okta" || r["records"] != 44.0 || r["accepted"] != 42.0 || r["rejected"] != 2.0 {
		t.Errorf("%v records, %v accepted, %v rejected as %v; want 44, 42, 2 as okta", r["records"], r["accepted"], r["rejected"], r["format"])
	}
}
