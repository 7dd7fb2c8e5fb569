package ident

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
)

// Every example of every kind is read as it says, and what it is read as reads as itself.
func TestSpecsGood(t *testing.T) {
	for _, spec := range Specs() {
		for _, ex := range spec.Good {
			t.Run(spec.Kind.String()+"/"+ex.Raw, func(t *testing.T) {
				id, err := Parser{}.Parse(spec.Kind, ex.Raw, ex.Scope)
				if err != nil {
					t.Fatalf("Parse: %v", err)
				}
				want := ID{kind: ex.Kind, mark: ex.Mark, key: ex.Key}
				if want.kind == 0 {
					want.kind = spec.Kind
				}
				if id != want {
					t.Errorf("got %s %q %q, want %s %q %q", id.kind, id.key, id.mark, want.kind, want.key, want.mark)
				}
				checkID(t, Parser{}, id)
			})
		}
	}
}

// Every bad example is an *Error of its kind that does not show the value.
func TestSpecsBad(t *testing.T) {
	for _, spec := range Specs() {
		for _, raw := range spec.Bad {
			t.Run(spec.Kind.String()+"/"+raw, func(t *testing.T) {
				id, err := Parse(spec.Kind, raw)
				if err == nil {
					t.Fatalf("was read as %s %q %q", id.kind, id.key, id.mark)
				}
				checkError(t, spec.Kind, raw, err)
			})
		}
	}
}

// checkID fails when id breaks what every identifier promises: it is valid, its key is not empty and reads as id again, in whatever scope.
func checkID(t testing.TB, p Parser, id ID) {
	t.Helper()
	if !id.Valid() || id.key == "" || len(id.key) > maxBytes {
		t.Fatalf("%s %q is not a valid identifier", id.kind, id.key)
	}
	for _, scope := range []string{"", "github", "okta:acme"} {
		again, err := p.Parse(id.kind, id.key, scope)
		if err != nil {
			t.Fatalf("key %q of kind %s cannot be read again: %v", id.key, id.kind, err)
		}
		if again != id {
			t.Fatalf("%s %q %q reads again as %s %q %q", id.kind, id.key, id.mark, again.kind, again.key, again.mark)
		}
	}
	if back, err := Restore(id.kind, id.mark, id.key); err != nil || back != id {
		t.Fatalf("Restore of %s %q: %v", id.kind, id.key, err)
	}
	if s := fmt.Sprintf("%v %+v %#v %s", id, id, id, slog.AnyValue(id).Resolve()); len(id.key) > 12 && strings.Contains(s, id.key) {
		t.Fatalf("%s shows its value when printed", id.kind)
	}
}

// checkError fails unless err is one that Parse may return, and does not show the value.
func checkError(t testing.TB, k Kind, raw string, err error) {
	t.Helper()
	var e *Error
	if !errors.Is(err, ErrEmpty) && !errors.As(err, &e) {
		t.Fatalf("error is a %T", err)
	}
	if e != nil && e.Kind != k {
		t.Fatalf("error of kind %s, want %s", e.Kind, k)
	}
	// Short values may be words of the reason by chance.
	if len(raw) > 12 && strings.Contains(err.Error(), raw) {
		t.Fatalf("the error shows the value: %v", err)
	}
}

// No kind was forgotten: each has a name, a number, a function, a description with examples, and a fuzz target.
func TestEveryKindIsThere(t *testing.T) {
	specs := Specs()
	kinds := Kinds()
	if len(specs) != len(kinds) || len(kindTable) != len(kindNames) {
		t.Fatalf("%d kinds, %d descriptions, table of %d", len(kinds), len(specs), len(kindTable))
	}
	tests := testFunctions(t)
	for i, k := range kinds {
		s := specs[i]
		if s.Kind != k || s.About == "" || len(s.Good) < 2 || len(s.Bad) == 0 {
			t.Errorf("%s: its row in Specs is missing or thin", k)
		}
		if kindTable[k] == nil {
			t.Errorf("%s has no function in kindTable", k)
		}
		name := strings.ToUpper(k.String()[:1]) + k.String()[1:]
		if k == IP {
			name = "IP"
		}
		for _, f := range []string{"Fuzz" + name, "BenchmarkParse" + name} {
			if !tests[f] {
				t.Errorf("%s has no %s", k, f)
			}
		}
		if _, err := os.Stat(k.String() + ".go"); err != nil {
			t.Errorf("%s has no file of its own: %v", k, err)
		}
	}
}

// testFunctions returns the names of the functions in the tests of this folder.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				names[fn.Name.Name] = true
			}
		}
	}
	return names
}

// What stands for "no value" in any kind is a placeholder with a stable key.
func TestNoValues(t *testing.T) {
	for _, k := range Kinds() {
		for raw, key := range map[string]string{
			"N/A": "n/a", " none ": "none", "UNKNOWN": "unknown", "-": "-", "---": "-", "NULL": "null", "test": "test", "XXX": "xxx", "xxxxxxx": "xxx", "?": "-", "–": "-",
			"Not Applicable": "not applicable", "\u200bn/a": "n/a",
		} {
			id, err := Parser{}.Parse(k, raw, "github")
			if err != nil || id != (ID{k, Placeholder, key}) {
				t.Errorf("%s %q: got %s %q %q, %v; want placeholder %q", k, raw, id.kind, id.key, id.mark, err, key)
				continue
			}
			checkID(t, Parser{}, id)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, k := range Kinds() {
		for _, raw := range []string{"", " ", "\t\n", "\u00a0", "\u200b", "\ufeff \u2066"} {
			if _, err := Parse(k, raw); !errors.Is(err, ErrEmpty) {
				t.Errorf("%s %q: %v, want ErrEmpty", k, raw, err)
			}
		}
	}
}

func TestNotText(t *testing.T) {
	for _, k := range Kinds() {
		for _, raw := range []string{"a\x00b@acme.com", "\x1b[31mred", "a\xffb", "\x7f", "\u0085a\u009bb", strings.Repeat("a", maxBytes+1), "user:" + strings.Repeat("ﷺ", maxBytes/3-9)} {
			id, err := Parse(k, raw)
			if err == nil {
				t.Errorf("%s: a text that is none was read as %q", k, id.key)
				continue
			}
			checkError(t, k, raw, err)
		}
	}
}

func TestKindOutOfRange(t *testing.T) {
	for _, k := range []Kind{0, Tag + 1, 255} {
		if _, err := Parse(k, "x1"); err == nil {
			t.Errorf("Parse of kind %d succeeded", k)
		}
		if _, err := Restore(k, Ordinary, "x"); err == nil {
			t.Errorf("Restore of kind %d succeeded", k)
		}
	}
	if _, err := Restore(Email, Shared+1, "x"); err == nil {
		t.Error("Restore of an unknown mark succeeded")
	}
}

// Invisible characters do not make two values of one, and full-width letters are letters.
func TestInvisible(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		raw    string
		wanted string
	}{
		{Email, "ja\u200bne@ac\u00adme.com\u202e", "jane@acme.com"},
		{Name, "\u202aJane\u202c Ro\u2060e", "jane roe"},
		{Payment, "ｘＢＴ　1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"},
		{Phone, "\u202a+1\u00a0(212)\u00a0664‑7665\u202c", "+12126647665"},
		{IP, "\ufeff8.8.4.4", "8.8.4.4"},
		{Employer, "Ａｃｍｅ\u3000Ltd", "acme"},
	} {
		id, err := Parse(c.kind, c.raw)
		if err != nil || id.key != c.wanted {
			t.Errorf("%s %q: %q, %v; want %q", c.kind, c.raw, id.key, err, c.wanted)
		}
	}
}

// A Parser may be used by several goroutines (run with -race).
func TestConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, spec := range Specs() {
				for _, ex := range spec.Good {
					if id, err := (Parser{}).Parse(spec.Kind, ex.Raw, ex.Scope); err != nil || id.key != ex.Key {
						t.Errorf("%s %q: %q, %v", spec.Kind, ex.Raw, id.key, err)
					}
				}
			}
		})
	}
	wg.Wait()
}
