package report

import (
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	dir := os.Getenv("DUMP")
	if dir == "" {
		t.Skip("no DUMP")
	}
	for _, e := range Encoders() {
		f, _ := os.Create(dir + "/report" + e.Ext())
		if err := e.Encode(f, model(t)); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}
