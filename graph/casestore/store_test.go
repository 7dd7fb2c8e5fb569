package casestore_test

import (
	"path/filepath"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) graph.Store { return open(t, filepath.Join(t.TempDir(), "case")) })
}

// open opens the case, makes it when there is none, and closes it when the test ends.
func open(t testing.TB, dir string) *casestore.Store {
	t.Helper()
	s, err := casestore.Open(t.Context(), dir, casestore.Options{Create: true})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}
