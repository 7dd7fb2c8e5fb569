package main

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layer says what a package may import: of ours (folders), and of others (module paths or package paths, by prefix).
type layer struct {
	ours   []string
	others []string
}

// layers is the house: each package folder and what it may import. The standard library is free for all but what
// [stdlibRules] says. A folder that ends in /* stands for every folder directly below it that has no line of its own.
var layers = map[string]layer{
	"graph/ident": {others: []string{
		"golang.org/x/text", "golang.org/x/net", "github.com/nyaruka/phonenumbers",
		"github.com/btcsuite/btcd/btcutil", "golang.org/x/crypto",
	}},
	"graph": {ours: []string{"graph/ident"}},
	"graph/casestore": {
		ours:   []string{"graph", "graph/ident"},
		others: []string{"modernc.org/sqlite", "github.com/parquet-go/parquet-go", "golang.org/x/sys", "golang.org/x/sync", "github.com/klauspost/compress", "github.com/zeebo/xxh3"},
	},
	"graph/linkage": {ours: []string{"graph", "graph/ident"}},
	"graph/projection": {
		ours:   []string{"graph", "graph/ident", "graph/linkage"},
		others: []string{"gonum.org/v1/gonum/graph"},
	},
	"graph/community": {ours: []string{"graph/projection"}, others: []string{"gonum.org/v1/gonum"}},
	"graph/edgelist":  {ours: []string{"graph/projection"}, others: []string{"github.com/zeebo/xxh3"}},
	"graph/cluster": {
		ours:   []string{"graph", "graph/ident", "graph/linkage", "graph/projection", "graph/community", "graph/typology"},
		others: []string{"gonum.org/v1/gonum", "github.com/zeebo/xxh3"},
	},
	"graph/seeds":    {ours: []string{"graph", "graph/ident", "graph/linkage"}},
	"graph/typology": {ours: []string{"graph", "graph/ident"}},
	"graph/explain":  {ours: []string{"graph", "graph/ident", "graph/linkage"}},
	"graph/report":   {ours: []string{"graph", "graph/ident", "graph/explain"}},
	"graph/simulate": {ours: []string{"graph", "graph/ident"}},
	"graph/lists":    {ours: []string{"graph", "graph/ident"}, others: []string{"github.com/oschwald/maxminddb-golang/v2"}},
	"graph/evaluate": {ours: []string{"graph"}},
	"ingest": {
		ours:   []string{"graph", "graph/ident"},
		others: []string{"github.com/klauspost/compress", "golang.org/x/text", "golang.org/x/sync", "github.com/zeebo/xxh3"},
	},
	"ingest/formats": {ours: []string{"ingest", "ingest/*"}},
	"ingest/tabular": { // it unpacks Parquet pages itself, bounded: the library believes what a page says of its size
		ours: []string{"ingest", "graph", "graph/ident"},
		others: []string{
			"github.com/valyala/fastjson", "github.com/parquet-go/parquet-go", "github.com/xuri/excelize/v2", "golang.org/x/text",
			"github.com/klauspost/compress", "github.com/andybalholm/brotli",
		},
	},
	"ingest/*": {
		ours: []string{"ingest", "ingest/tabular", "ingest/table", "graph", "graph/ident"},
		others: []string{
			"github.com/valyala/fastjson", "github.com/parquet-go/parquet-go",
			"github.com/xuri/excelize/v2", "go.yaml.in/yaml/v3", "golang.org/x/text", "golang.org/x/sync",
		},
	},
	"queries": {},
	"cmd/samehand": {
		ours: []string{"graph", "graph/*", "ingest", "ingest/*"},
		others: []string{
			"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/vbauerster/mpb/v8", "github.com/jedib0t/go-pretty/v6",
			"github.com/mattn/go-isatty", "github.com/agnivade/levenshtein", "golang.org/x/sys", "go.yaml.in/yaml/v3",
		},
	},
}

// testOnly lists packages that only tests may import; they may import the contract they test, and what tests may.
var testOnly = []string{"graph/storetest", "graph/graphtest", "ingest/ingesttest"}

// testOthers may be imported by tests beside what their package may import.
var testOthers = []string{
	"github.com/google/go-cmp", "pgregory.net/rapid", "go.uber.org/goleak", "github.com/rogpeppe/go-internal",
	"github.com/chromedp/chromedp", "github.com/chromedp/cdproto", "github.com/santhosh-tekuri/jsonschema/v6",
	"golang.org/x/net", "golang.org/x/text", "gonum.org/v1/gonum", "github.com/klauspost/compress", "github.com/xuri/excelize/v2",
	"github.com/parquet-go/parquet-go", "go.yaml.in/yaml/v3", "modernc.org/sqlite", "github.com/maxmind/mmdbwriter",
}

// stdlibRules lists packages of the standard library that are kept to a few folders.
var stdlibRules = map[string][]string{
	"os/exec":       {},                   // nothing is ever run
	"net":           {"graph/neo4jstore"}, // nothing is ever called (net/netip and net/url are free)
	"net/http":      {},
	"plugin":        {},
	"unsafe":        {"ingest", "graph/casestore"},
	"database/sql":  {"graph/casestore"},
	"math/rand":     {}, // math/rand/v2 with a seed that is an argument
	"html/template": {"graph/report"},
	"text/template": {},
}

// topFolders are the only folders at the top, beside what git ignores.
var topFolders = []string{"cmd", "graph", "ingest", "queries", "testdata", ".ci", ".git"}

// ignoredFolders are what a build, a test, a demo or the commands in the README leave behind; .gitignore lists them too.
var ignoredFolders = []string{"bin", ".cache", "samehand.case", "samehand-demo", "mine.case", "world", "world.case"}

const module = "samehand"

// root is the top of the project, seen from this folder.
const projectRoot = "../.."

// source is a parsed import list of a Go file.
type source struct {
	folder, name string // folder from the top, with slashes
	test         bool
	imports      []string
}

// readSources walks the project and parses the imports of every Go file in it but those at the very top.
func readSources(t *testing.T) []source {
	t.Helper()
	var list []source
	for _, top := range []string{"cmd", "graph", "ingest", "queries"} {
		for _, file := range goFiles(t, top) {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(projectRoot, file), nil, parser.ImportsOnly)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			s := source{folder: path.Dir(file), name: path.Base(file), test: strings.HasSuffix(file, "_test.go")}
			for _, i := range f.Imports {
				p, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				s.imports = append(s.imports, p)
			}
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		t.Fatal("no Go files found; is the test run in its folder?")
	}
	return list
}

// goFiles lists the Go files below a folder of the project, as paths from the top with slashes, testdata left out.
func goFiles(t *testing.T, top string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(projectRoot, top), func(p string, d os.DirEntry, err error) error {
		switch {
		case os.IsNotExist(err):
			return nil // a folder of the plan that is not there yet
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(p, ".go"):
			rel, err := filepath.Rel(projectRoot, p)
			if err != nil {
				return err
			}
			files = append(files, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// layerOf returns the line of the table for a folder.
func layerOf(folder string) (layer, bool) {
	if l, ok := layers[folder]; ok {
		return l, true
	}
	l, ok := layers[path.Dir(folder)+"/*"]
	return l, ok
}

// allows reports whether a list of folders (with /*) holds folder.
func allows(list []string, folder string) bool {
	return slices.ContainsFunc(list, func(l string) bool {
		base, below := strings.CutSuffix(l, "/*")
		return l == folder || below && path.Dir(folder) == base
	})
}

// underAny reports whether p is one of the prefixes or below one.
func underAny(prefixes []string, p string) bool {
	return slices.ContainsFunc(prefixes, func(f string) bool { return p == f || strings.HasPrefix(p, f+"/") })
}

func TestLayers(t *testing.T) {
	for _, s := range readSources(t) {
		l, known := layerOf(s.folder)
		helper := slices.Contains(testOnly, s.folder)
		if !known && !helper {
			t.Errorf("%s is not in the table of layers: say in layers_test.go what it may import, and why it is there", s.folder)
			continue
		}
		for _, imp := range s.imports {
			if fault := importFault(s, l, s.test || helper, imp); fault != "" {
				t.Errorf("%s/%s imports %s: %s", s.folder, s.name, imp, fault)
			}
		}
	}
}

// importFault says what is wrong with an import, "" when nothing is.
func importFault(s source, l layer, test bool, imp string) string {
	folder, ours := strings.CutPrefix(imp, module+"/")
	switch {
	case ours && test && !strings.HasPrefix(folder, "cmd/"):
		return "" // a test may build its world from anything below the command line
	case ours && slices.Contains(testOnly, folder):
		return "it is for tests only"
	case ours && folder != s.folder && !allows(l.ours, folder):
		return "the arrow points the wrong way; it may import " + strings.Join(l.ours, ", ")
	case ours:
		return ""
	case strings.Contains(strings.Split(imp, "/")[0], "."):
		if underAny(l.others, imp) || test && underAny(testOthers, imp) {
			return ""
		}
		return "this module is not one that the folder may use; it may use " + strings.Join(l.others, ", ")
	}
	if folders, ruled := stdlibRules[imp]; ruled && !test && !slices.Contains(folders, s.folder) {
		return "the standard library's " + imp + " is kept to " + strings.Join(folders, ", ")
	}
	return ""
}

// TestImportFault holds the rule itself to examples, so that a slip in it does not make TestLayers pass everything.
func TestImportFault(t *testing.T) {
	for _, c := range []struct {
		folder, imp string
		test, bad   bool
	}{
		{folder: "graph", imp: "samehand/graph/ident"},
		{folder: "graph", imp: "samehand/graph/casestore", bad: true},
		{folder: "graph/ident", imp: "samehand/graph", bad: true},
		{folder: "graph/typology", imp: "gonum.org/v1/gonum/graph", bad: true},
		{folder: "ingest/okta", imp: "samehand/graph/casestore", bad: true},
		{folder: "ingest/okta", imp: "samehand/ingest/ofac", bad: true},
		{folder: "ingest/okta", imp: "samehand/ingest"},
		{folder: "ingest/okta", imp: "samehand/ingest/ingesttest", bad: true},
		{folder: "ingest/okta", imp: "samehand/ingest/ingesttest", test: true},
		{folder: "ingest/formats", imp: "samehand/ingest/okta"},
		{folder: "ingest/okta", imp: "github.com/valyala/fastjson"},
		{folder: "graph/report", imp: "github.com/valyala/fastjson", bad: true},
		{folder: "graph/report", imp: "samehand/cmd/samehand", test: true, bad: true},
		{folder: "cmd/samehand", imp: "samehand/graph/casestore"},
		{folder: "cmd/samehand", imp: "os/exec", bad: true},
		{folder: "cmd/samehand", imp: "os/exec", test: true},
		{folder: "graph/linkage", imp: "database/sql", bad: true},
		{folder: "graph/linkage", imp: "net/netip"},
	} {
		l, known := layerOf(c.folder)
		if !known {
			t.Fatalf("%s is not in the table", c.folder)
		}
		fault := importFault(source{folder: c.folder}, l, c.test, c.imp)
		if (fault != "") != c.bad {
			t.Errorf("%s importing %s (test %v): fault %q", c.folder, c.imp, c.test, fault)
		}
	}
}

func TestTopFolders(t *testing.T) {
	entries, err := os.ReadDir(projectRoot)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(topFolders, e.Name()) && !slices.Contains(ignoredFolders, e.Name()) {
			t.Errorf("folder %s at the top; the top has only %s", e.Name(), strings.Join(topFolders, ", "))
		}
	}
}
