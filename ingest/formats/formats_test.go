package formats

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		if seen[f.Name()] {
			t.Errorf("two formats are called %q", f.Name())
		}
		seen[f.Name()] = true
		if _, err := ingest.Choose(All(), f.Name(), "", nil); err != nil {
			t.Errorf("Choose does not find %q: %v", f.Name(), err)
		}
	}
}

// unlisted are folders whose formats are not in All, and why.
var unlisted = map[string]string{
	"table": "it is made from a mapping",
}

// TestNoFormatIsForgotten reads the source of every folder beside this one: a type with a method NewDecoder is a format, and its name must be listed.
func TestNoFormatIsForgotten(t *testing.T) {
	var listed []string
	for _, f := range All() {
		listed = append(listed, f.Name())
	}
	folders, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, dir := range folders {
		if !dir.IsDir() {
			continue
		}
		names := formatNames(t, filepath.Join("..", dir.Name()))
		if unlisted[dir.Name()] != "" {
			continue
		}
		for typ, name := range names {
			found++
			if name == "" {
				t.Errorf("%s.%s: its method Name does not return a constant text, so it cannot be looked up here", dir.Name(), typ)
			} else if !slices.Contains(listed, name) {
				t.Errorf("%s: the format %q is not in All", dir.Name(), name)
			}
		}
	}
	if found != len(listed) {
		t.Errorf("%d formats in the folders, %d in All", found, len(listed))
	}
}

// formatNames returns the types in a folder, tests aside, that have a method NewDecoder, with what their method Name returns.
func formatNames(t *testing.T, dir string) map[string]string {
	names, formats, consts := map[string]string{}, map[string]string{}, map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			constants(d, consts)
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			switch typ := receiver(f.Recv.List[0].Type); f.Name.Name {
			case "NewDecoder":
				formats[typ] = ""
			case "Name":
				names[typ] = returned(f.Body)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for typ := range formats {
		formats[typ] = names[typ]
		if text, ok := consts[names[typ]]; ok {
			formats[typ] = text
		}
	}
	return formats
}

// constants adds the constant texts that a declaration makes.
func constants(d ast.Decl, to map[string]string) {
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok != token.CONST {
		return
	}
	for _, s := range g.Specs {
		v := s.(*ast.ValueSpec)
		for i, name := range v.Names {
			if i < len(v.Values) {
				if text := literal(v.Values[i]); text != "" {
					to[name.Name] = text
				}
			}
		}
	}
}

// receiver returns the name of a receiver's type.
func receiver(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// returned returns the text, or the name of the constant, that a function does nothing but return, or "".
func returned(body *ast.BlockStmt) string {
	if body == nil || len(body.List) != 1 {
		return ""
	}
	ret, ok := body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return ""
	}
	if id, ok := ret.Results[0].(*ast.Ident); ok {
		return id.Name
	}
	return literal(ret.Results[0])
}

// literal returns the text of a string literal, "" for all else.
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

// TestFixturesAreToldApart shows each format's good fixtures, and known heads, to all of them.
func TestFixturesAreToldApart(t *testing.T) {
	type sample struct {
		format, name string
		head         []byte
	}
	var samples []sample
	for _, h := range ingesttest.Heads() {
		samples = append(samples, sample{h.Format, h.Name, []byte(h.Head)})
	}
	for file, format := range map[string]string{
		"okta/testdata/good.jsonl": "okta", "okta/testdata/good.json": "okta", "okta/testdata/good-wrapped.json": "okta",
		"ofac/testdata/sdn.csv": "ofac-sdn", "ofac/testdata/add.csv": "ofac-sdn", "ofac/testdata/alt.csv": "ofac-sdn", "ofac/testdata/sdn_comments.csv": "ofac-sdn",
		"ofac/testdata/sdn.xml": "ofac-sdn-xml",
	} {
		b, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		samples = append(samples, sample{format, file, b[:min(len(b), ingest.HeadBytes)]})
	}
	for _, s := range samples {
		var got []string
		for _, f := range All() {
			if f.Match(s.name, s.head) {
				got = append(got, f.Name())
			}
		}
		want := []string{s.format}
		if s.format == "" {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is matched by %v, want %v", s.name, got, want)
		}
	}
}

// TestSharedDataIsToldApart shows real exports of other systems to the formats.
func TestSharedDataIsToldApart(t *testing.T) {
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set: real exports are not there to be told apart")
	}
	want := map[string]string{
		"Okta.SystemLog.jsonl": "okta", "sdn_2023-05-19.csv": "ofac-sdn", "add_2025-12.csv": "ofac-sdn", "alt_2025-12.csv": "ofac-sdn", "sdn_comments_2025-12.csv": "ofac-sdn",
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		head := make([]byte, ingest.HeadBytes)
		n, _ := f.Read(head)
		got := ""
		for _, f := range All() {
			if f.Match(e.Name(), head[:n]) {
				got += f.Name()
			}
		}
		if got != want[e.Name()] {
			t.Errorf("%s is matched by %q, want %q", e.Name(), got, want[e.Name()])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
