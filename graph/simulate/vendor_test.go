package simulate

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"samehand/graph"
)

func TestVendorExports(t *testing.T) {
	o := SceneOptions{Scenario: "mix", People: 2000, Seed: 9}
	write := func(exports string) memory {
		o.Exports = exports
		m := memory{}
		if _, err := WriteScene(o, m.create); err != nil {
			t.Fatal(err)
		}
		return m
	}
	plain, both, vendor := write(""), write(ExportsBoth), write(ExportsVendor)
	for _, name := range sheetNames {
		if !bytes.Equal(plain[name].Bytes(), both["observations/"+name].Bytes()) {
			t.Errorf("%s is not the same when exports are beside it", name)
		}
	}
	for name := range both {
		if strings.HasPrefix(name, "vendor/") && !bytes.Equal(both[name].Bytes(), vendor[name].Bytes()) {
			t.Errorf("%s is not the same without observations", name)
		}
	}
	if n := len(vendor.read(t, "observations/payroll.csv")) + len(vendor.read(t, "observations/shipments.csv")); n != 0 {
		t.Errorf("%d rows that exports carry are observations, too", n)
	}
	for _, r := range vendor.read(t, "observations/signins.csv") {
		if strings.HasPrefix(r["platform"], "okta:") {
			t.Fatal("a sign-in that a log carries is an observation, too")
		}
	}
	if !bytes.Equal(plain[TruthName].Bytes(), vendor[TruthName].Bytes()) {
		t.Error("the truth is another one")
	}
	checkVendorTables(t, plain, vendor)
	checkVendorLogs(t, plain, vendor)
}

// checkVendorTables checks that the tables say what the observations say.
func checkVendorTables(t *testing.T, plain, vendor memory) {
	t.Helper()
	said := map[[4]string]bool{}
	for _, r := range vendor.read(t, "vendor/payroll.csv") {
		for column, kind := range map[string]string{"full_name": "name", "email": "email", "mobile": "phone", "address": "address", "deposit": "payment", "document": "document", "client": "employer"} {
			if r[column] != "" {
				said[[4]string{"payroll:" + r["company"], r["employee_id"], kind, r[column]}] = true
			}
		}
	}
	for _, r := range plain.read(t, "payroll.csv") {
		if k := [4]string{r["platform"], r["account"], r["kind"], r["value"]}; !said[k] {
			t.Fatalf("the payroll lacks a %s", r["kind"])
		}
	}
	sent := len(vendor.read(t, "vendor/shipments.csv"))
	if rows := len(plain.read(t, "shipments.csv")); sent < rows/3 || sent > rows {
		t.Errorf("%d shipments for %d rows", sent, rows)
	}
}

// checkVendorLogs checks that the logs have as many sessions as the windows count.
func checkVendorLogs(t *testing.T, plain, vendor memory) {
	t.Helper()
	type line struct {
		account graph.AccountID
		ip      string
	}
	want := map[line]int{}
	for _, r := range plain.read(t, "signins.csv") {
		if strings.HasPrefix(r["platform"], "okta:") {
			n := 0
			fmt.Sscan(r["count"], &n)
			want[line{graph.AccountID{Platform: r["platform"], Native: r["account"]}, r["value"]}] += n
		}
	}
	for name := range vendor {
		tenant, ok := strings.CutPrefix(name, "vendor/okta-")
		if !ok {
			continue
		}
		prev := ""
		for _, ev := range vendor.events(t, name) {
			want[line{graph.AccountID{Platform: "okta:" + strings.TrimSuffix(tenant, ".jsonl"), Native: ev.Actor.AlternateID}, ev.Client.IP}]--
			if ev.Published < prev {
				t.Fatalf("%s is not in order", name)
			}
			prev = ev.Published
		}
	}
	for l, n := range want {
		if n != 0 {
			t.Fatalf("%s: %d sessions of a window are not in its log", l.account.Platform, n)
		}
	}
}
