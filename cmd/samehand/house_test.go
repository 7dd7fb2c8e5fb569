package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maxFuncLines is how long a function may be. Longer ones that are mostly a table need a line in longFuncs.
const maxFuncLines = 60

// longFuncs lists functions that may be longer, each with its reason: "folder.Func" or "folder.Type.Func".
var longFuncs = map[string]string{}

// forbiddenNames are file and folder names that say nothing of what is inside.
var forbiddenNames = []string{"util", "utils", "common", "helper", "helpers", "misc", "base"}

// parsed is a Go file of the project with its syntax.
type parsed struct {
	folder, name string
	test         bool
	fset         *token.FileSet
	file         *ast.File
}

func parseAll(t *testing.T) []parsed {
	t.Helper()
	var list []parsed
	for _, top := range []string{"cmd", "graph", "ingest", "queries"} {
		for _, name := range goFiles(t, top) {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(projectRoot, name), nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			list = append(list, parsed{path.Dir(name), path.Base(name), strings.HasSuffix(name, "_test.go"), fset, f})
		}
	}
	return list
}

func TestPackageComments(t *testing.T) {
	comments := map[string]int{}
	for _, p := range parseAll(t) {
		if p.test {
			continue
		}
		comments[p.folder] += 0
		if p.file.Doc != nil && strings.TrimSpace(p.file.Doc.Text()) != "" {
			comments[p.folder]++
		}
	}
	for folder, n := range comments {
		if n != 1 {
			t.Errorf("%s has %d package comments; it needs exactly one", folder, n)
		}
	}
}

func TestExportedNamesDocumented(t *testing.T) {
	for _, p := range parseAll(t) {
		if p.test {
			continue
		}
		for _, d := range p.file.Decls {
			for _, n := range undocumented(d) {
				t.Errorf("%s/%s: %s has no doc comment", p.folder, p.name, n)
			}
		}
	}
}

// undocumented lists the exported names of a declaration that have no comment: before it, at its group, or at the end of its line.
// Error, Unwrap, String, Len and Less and their like say by their interface what they do.
func undocumented(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc != nil || !d.Name.IsExported() || !exportedReceiver(d) || slices.Contains(wellKnownMethods, d.Name.Name) && d.Recv != nil {
			return nil
		}
		return []string{funcName(d)}
	case *ast.GenDecl:
		var names []string
		for _, s := range d.Specs {
			names = append(names, undocumentedSpec(s, d.Doc != nil)...)
		}
		return names
	}
	return nil
}

var wellKnownMethods = []string{"Error", "Unwrap", "String", "Len", "Less", "Swap", "Read", "Write", "Close"}

func undocumentedSpec(s ast.Spec, group bool) []string {
	switch s := s.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && !group {
			return []string{s.Name.Name}
		}
	case *ast.ValueSpec:
		var names []string
		for _, n := range s.Names {
			if n.IsExported() && s.Doc == nil && s.Comment == nil && !group {
				names = append(names, n.Name)
			}
		}
		return names
	}
	return nil
}

func exportedReceiver(d *ast.FuncDecl) bool {
	return d.Recv == nil || ast.IsExported(receiverName(d))
}

// receiverName returns the name of a method's type, "" for a function.
func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

func funcName(d *ast.FuncDecl) string {
	if r := receiverName(d); r != "" {
		return r + "." + d.Name.Name
	}
	return d.Name.Name
}

func TestNoInit(t *testing.T) {
	for _, p := range parseAll(t) {
		for _, d := range p.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s/%s has an init function; lists are explicit here", p.folder, p.name)
			}
		}
	}
}

func TestFunctionLength(t *testing.T) {
	for _, p := range parseAll(t) {
		for _, d := range p.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			lines := p.fset.Position(f.Body.End()).Line - p.fset.Position(f.Pos()).Line + 1
			name := p.folder + "." + funcName(f)
			if lines > maxFuncLines+tableLines(p.fset, f) && longFuncs[name] == "" {
				t.Errorf("%s has %d lines; %d is the most", name, lines, maxFuncLines)
			}
		}
	}
}

// tableLines returns how many lines of a function are the elements of its composite literals: tables do not make it hard to follow.
func tableLines(fset *token.FileSet, f *ast.FuncDecl) int {
	n := 0
	ast.Inspect(f.Body, func(node ast.Node) bool {
		lit, ok := node.(*ast.CompositeLit)
		if !ok {
			return true
		}
		n += fset.Position(lit.Rbrace).Line - fset.Position(lit.Lbrace).Line
		return false
	})
	return n
}

func TestNames(t *testing.T) {
	for _, p := range parseAll(t) {
		base := strings.TrimSuffix(strings.TrimSuffix(p.name, ".go"), "_test")
		if slices.Contains(forbiddenNames, base) || slices.Contains(forbiddenNames, path.Base(p.folder)) {
			t.Errorf("%s/%s: the name says nothing of what is inside", p.folder, p.name)
		}
	}
}

// mentions are texts that no committed file may hold. They are put together here so that this file does not hold them.
func mentions() *regexp.Regexp {
	return regexp.MustCompile(strings.Join([]string{
		`proxy\.go` + `lang\.org`, `sum\.go` + `lang\.org`, `go` + `proxy\.(io|cn)`, `registry\.np` + `mjs\.org`, `py` + `pi\.org`,
		`files\.python` + `hosted`, `crates` + `\.io`, `deb\.deb` + `ian\.org`, `archive\.ubu` + `ntu\.com`,
		`/wo` + `rk/(main|shared)`, `/ho` + `me/[a-z]`, `/ro` + `ot/`, `/Us` + `ers/[a-z]`, `r-se` + `ed-[0-9a-f]`,
	}, "|"))
}

// TestNoMachineMentioned holds that nothing committed names a package registry's host or a place on a developer's machine.
func TestNoMachineMentioned(t *testing.T) {
	bad := mentions()
	err := filepath.WalkDir(projectRoot, func(p string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(projectRoot, p)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if rel == ".git" || slices.Contains(ignoredFolders, rel) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || rel == module || strings.HasSuffix(rel, ".test") {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if at := bad.FindIndex(text); at != nil {
			line := 1 + strings.Count(string(text[:at[0]]), "\n")
			t.Errorf("%s:%d names a registry's host or a place on somebody's machine", rel, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMentions holds the pattern to examples.
func TestMentions(t *testing.T) {
	for text, want := range map[string]bool{
		"fetch from https://proxy.go" + "lang.org": true,
		"see /wo" + "rk/main/x":                    true,
		"at work/main":                             false,
		"golang.org/x/text":                        false,
		"https://example.com/home/":                false,
	} {
		if got := mentions().MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestMainIsOneLine holds the entry to what its comment says.
func TestMainIsOneLine(t *testing.T) {
	for _, p := range parseAll(t) {
		if p.folder != "cmd/samehand" || p.name != "main.go" {
			continue
		}
		for _, d := range p.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && (f.Name.Name != "main" || len(f.Body.List) != 1) {
				t.Errorf("main.go holds %s with %d statements; main is one line", f.Name.Name, len(f.Body.List))
			}
		}
	}
}
