package ingest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"samehand/ingest"
)

func TestView(t *testing.T) {
	const text = "a,b\n1,2\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, text)
	z.Close()
	for name, data := range map[string]string{"plain.csv": text, "marked.csv": "\ufeff" + text, "packed.csv.gz": packed.String()} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := ingest.OpenFile(context.Background(), path, nil, ingest.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		err = f.View(context.Background(), "acme", func(r io.Reader, in ingest.Input) error {
			got, err := io.ReadAll(r)
			if string(got) != text || in.Tenant != "acme" || filepath.Ext(in.Name) != ".csv" {
				t.Errorf("%s: text %q, tenant %q, name %q", name, got, in.Tenant, in.Name)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		mine := errors.New("mine")
		if err := f.View(context.Background(), "", func(io.Reader, ingest.Input) error { return mine }); !errors.Is(err, mine) {
			t.Errorf("%s: %v, want what look returned", name, err)
		}
	}
}
