package casestore

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"samehand/graph"
)

// TestSortAccounts compares the sort by prefix with a plain sort.
func TestSortAccounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		common := rapid.StringN(0, 12, -1).Draw(t, "common")
		accounts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) graph.AccountID {
			return graph.AccountID{
				Platform: rapid.SampledFrom([]string{"a", "ab", "b"}).Draw(t, "platform"),
				Native:   common + rapid.OneOf(rapid.String(), rapid.StringMatching(`[ab\x00]{0,12}`)).Draw(t, "native"),
			}
		})).Draw(t, "accounts")
		want := slices.Clone(accounts)
		slices.SortStableFunc(want, graph.AccountID.Compare)
		order := sortAccounts(accounts, nil)
		if len(order) != len(want) {
			t.Fatalf("%d numbers for %d accounts", len(order), len(want))
		}
		for i, n := range order {
			if accounts[n] != want[i] {
				t.Fatalf("place %d has %q, want %q", i, accounts[n], want[i])
			}
			if i > 0 && accounts[order[i-1]] == accounts[n] && order[i-1] >= n {
				t.Fatalf("equal accounts %d and %d are not in the order of their numbers", order[i-1], n)
			}
		}
	})
}

// TestInterner compares the table with a map, whatever the hashes are.
func TestInterner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type pair struct {
			tag  uint16
			text string
		}
		bits := rapid.SampledFrom([]uint32{0, 3, 0xfffffff0, 0xffffffff}).Draw(t, "bits of the hash that count")
		in, numbers := newInterner(0), map[pair]uint32{}
		for _, p := range rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pair {
			return pair{rapid.Uint16Max(2).Draw(t, "tag"), rapid.StringN(0, 3, -1).Draw(t, "text")}
		}), 0, 300).Draw(t, "pairs") {
			want, old := numbers[p]
			if !old {
				want = uint32(len(numbers))
				numbers[p] = want
			}
			got, err := in.add(hashText(p.tag, []byte(p.text))&bits, p.tag, []byte(p.text))
			if err != nil || got != want {
				t.Fatalf("number %d, %v; want %d", got, err, want)
			}
		}
		for p, n := range numbers {
			if in.texts[n] != p.text || in.tags[n] != p.tag {
				t.Fatalf("number %d changed", n)
			}
		}
	})
}

// TestInternerGrows adds more than fits, with texts longer than a block.
func TestInternerGrows(t *testing.T) {
	in := newInterner(0)
	for round := range 2 {
		for i := range 5000 {
			text := []byte(strings.Repeat("x", i%7*(i%13)) + string(rune('a'+i%26)) + strings.Repeat("y", i/26))
			if i == 4000 {
				text = []byte(strings.Repeat("z", 2*blockBytes))
			}
			n, err := in.add(hashText(1, text), 1, text)
			if err != nil || n != uint32(i) || in.texts[n] != string(text) {
				t.Fatalf("round %d: text %d has number %d, %v", round, i, n, err)
			}
		}
	}
}

func TestFileStem(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{"source-1", "Source-1", "SOURCE-1", "con", "nul.x", "", "../../etc", "a/b/c/d", "-rf-rf", strings.Repeat("a", 300), "e3b0c44298fc1c149afbf4c8996fb924"} {
		stem := fileStem(id)
		if other, ok := seen[strings.ToLower(stem)]; ok {
			t.Errorf("%q and %q have one stem", id, other)
		}
		seen[strings.ToLower(stem)] = id
		if !segmentFile.MatchString(stem+"-1.parquet") || !pendingFile.MatchString(stem+".pending") || !rejectsFile.MatchString(stem+".csv") {
			t.Errorf("%q: files with stem %q would not be swept", id, stem)
		}
	}
	if fileStem("source-1") != "source-1" {
		t.Error("a plain ID is not kept")
	}
}

// TestTooManyRelations gives the loader more relations than a row can tell apart, as many sources together may have.
func TestTooManyRelations(t *testing.T) {
	l := loader{relations: map[string]uint16{}}
	for i := range maxRelations {
		if n, err := l.relation(strconv.Itoa(i)); err != nil || int(n) != i {
			t.Fatalf("relation %d has number %d, %v", i, n, err)
		}
	}
	if _, err := l.relation("one more"); err == nil {
		t.Error("one more had a number")
	}
	if n, err := l.relation("7"); err != nil || n != 7 {
		t.Errorf("a relation that is known has number %d, %v", n, err)
	}
}

// TestLockOnFullDisk locks a file that cannot be written, and gives it back.
func TestLockOnFullDisk(t *testing.T) {
	const full = "/dev/full"
	if f, err := os.OpenFile(full, os.O_RDWR, 0); err != nil {
		t.Skipf("no %s here: %v", full, err)
	} else {
		f.Close()
	}
	l, err := acquireLock(full, time.Now())
	if err != nil {
		t.Fatalf("the lock needs room: %v", err)
	}
	if _, err := acquireLock(full, time.Now()); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("a second time: %v, want ErrLocked", err)
	}
	if err := l.release(); err != nil {
		t.Error(err)
	}
}

// TestNoRoom fills a database up to a bound, as a full disk does.
func TestNoRoom(t *testing.T) {
	db, err := openWriter(t.Context(), filepath.Join(t.TempDir(), dbName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // the bound holds for one connection
	if _, err := db.Exec("PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("CREATE TABLE big AS SELECT zeroblob(1000000)")
	if !noRoom(err) || !strings.Contains(dbError("x", "y", err).Error(), "free 1 MB") {
		t.Errorf("%v is not taken for a full disk", err)
	}
	if noRoom(errors.New("something else")) || noRoom(nil) {
		t.Error("another error is taken for a full disk")
	}
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "  =1": "'  =1", "\n=1": "'\n=1",
		"\t=1": `\t=1`, "\r=1": `\r=1`, "＝1": "'＝1", "|x": "'|x", "a\x00b": `a\x00b`, "\x1b[0m": `\x1b[0m`, "\u202ex": `\u202ex`, "\xff": "\uFFFD", "two\nlines": "two\nlines",
	} {
		if got := cell(in); got != want {
			t.Errorf("cell(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzCell(f *testing.F) {
	f.Add("=1+1")
	f.Add("\x1b]0;x\a")
	f.Fuzz(func(t *testing.T, in string) {
		got := cell(cut(in, maxRaw))
		if !utf8.ValidString(got) || strings.IndexFunc(got, isControl) >= 0 {
			t.Error("control characters or bad UTF-8 are left")
		}
		if got != "" && strings.ContainsRune("=+-@\t\r", firstRune(strings.TrimLeft(got, " \n"))) {
			t.Error("it could begin a formula")
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "abc"}, {"aé", 2, "a"}, {"🦊", 3, ""}, {"", 0, ""}} {
		if got := cut(c.in, c.n); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}
