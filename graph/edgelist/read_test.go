package edgelist_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/edgelist"
)

// read reads a text that can be read to its end.
func read(t interface {
	Helper()
	Fatal(...any)
}, text string, o edgelist.Options) *edgelist.List {
	t.Helper()
	l, err := edgelist.Read(context.Background(), strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// show writes a list as a test can compare it: the names, the edges by name, and what was counted.
func show(l *edgelist.List) string {
	var b strings.Builder
	for v := range uint32(l.Graph.Len()) {
		fmt.Fprintf(&b, "[%s]", l.Names.Name(v))
	}
	for v := range uint32(l.Graph.Len()) {
		if w := l.Graph.Loop(v); w > 0 {
			fmt.Fprintf(&b, " %d-%d:%v", v, v, w)
		}
		for _, a := range l.Graph.Arcs(v) {
			if a.To > v {
				fmt.Fprintf(&b, " %d-%d:%v", v, a.To, a.Weight)
			}
		}
	}
	for _, r := range l.Rejects {
		fmt.Fprintf(&b, " !%d %s", r.Line, r.Reason)
	}
	return b.String()
}

func TestRead(t *testing.T) {
	long := strings.Repeat("x", 1025)
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"comments and empty lines", "# a b\n\n  % c d\n \t \r\n", ""},
		{"numbers", "10 2\n2 3 .5\n", "[2][3][10] 0-1:0.5 0-2:1"},
		{"no end of the last line", "1 2", "[1][2] 0-1:1"},
		{"Windows", "1 2\r\n2 3 4\r\n", "[1][2][3] 0-1:1 1-2:4"},
		{"blanks", "  1   2  3 \n4 \t  5\n", "[1][2][4][5] 0-1:3 2-3:1"},
		{"tabs and blanks that make one edge only", "1   2 \t 3 \t\n4 5\n", "[1][2][4][5] 0-1:3 2-3:1"},
		{"tabs with blanks around", " 1 \t 2 \t3\n4\t5\n", "[1][2][4][5] 0-1:3 2-3:1"},
		{"comma", "a, b ,2\nc,a\n", "[a][b][c] 0-1:2 0-2:1"},
		{"semicolon", "a;b;1e1\n", "[a][b] 0-1:10"},
		{"tab keeps blanks in names", "A B\tC\t2\n", "[A B][C] 0-1:2"},
		{"quotes", "\"Smith, J\",\"5\"\" pipe\",2\n\" x \",\"#\"\n", "[ x ][#][5\" pipe][Smith, J] 0-1:1 2-3:2"},
		{"quotes with blanks between", "\"a b\" c 2\nc \"a b\"\n", "[a b][c] 0-1:3"},
		{"header", "source,target,weight\na,b,2\n", "[a][b] 0-1:2"},
		{"header in quotes, after a comment", "# by hand\n\"From\";\"TO\"\r\na;b\r\n", "[a][b] 0-1:1"},
		{"header with blanks", "src dst w\n1 2 3\n", "[1][2] 0-1:3"},
		{"no header but names", "source,target,2\n", "[source][target] 0-1:2"},
		{"header in the first line only", "a,b\nsource,target\n", "[a][b][source][target] 0-1:1 2-3:1"},
		{"parallel, loops", "1 2\n2 1 2\n3 3 4\n3 3\n", "[1][2][3] 0-1:3 2-2:5"},
		{"weight 0 makes nodes", "5 6 0\n7 8 0.0\n8 8 -0\n", "[5][6][7][8]"},
		{"one name", "7\n\n9\n1 2\n", "[1][2][7][9] 0-1:1"},
		{"one name before a comma", "7\nx\n1,2\n", "[1][2][7][x] 0-1:1"},
		{"one name in quotes", "a,b\n\"c d\"\n", "[a][b][c d] 0-1:1"},
		{"numbers are names where one is no number", "10 9\n9 a\n10 007\n", "[007][10][9][a] 0-1:1 1-2:1 2-3:1"},
		{"not a number of ours", "4294967296 1\n-1 +1\n", "[+1][-1][1][4294967296] 0-1:1 2-3:1"},
		{"a bad name makes no names of numbers", "\x17\n10 2\n\x17 y\n2 3\n", "[2][3][10] 0-1:1 0-2:1 !1 a name has a control character in it !3 a name has a control character in it"},
		{"the largest number", "4294967295 0\n", "[0][4294967295] 0-1:1"},
		{"weights", "a b 1e-3\na c +2.50\na d 123456789012345678\na e 1e-400\n", "[a][b][c][d][e] 0-1:0.001 0-2:2.5 0-3:1.2345679e+17 0-4:1e-45"},
		{"emoji, formulas, markup", "=1+1,<b>\n🤝,ü\n", "[<b>][=1+1][ü][🤝] 0-1:1 2-3:1"},
		{"a tab in a name", "\"a\tb\",c\n", "[a\tb][c] 0-1:1"},

		{"too many fields", "1 2 3 4\n", " !1 there are more than three fields; a line is two names and a weight"},
		{"bad weights", "# x\n1 2 x\n1 2 NaN\n1 2 -1\n1 2 inf\n1 2 1e39\n1 2 0x1p2\n1 2 1_0\n1 2 1.2.3\n1 2 .\n", " !2 the weight is not a number !3 the weight is not a number !4 the weight is negative !5 the weight is not a number" +
			" !6 the weight is larger than a 32-bit float holds (3.4e38) !7 the weight is not a number !8 the weight is not a number !9 the weight is not a number !10 the weight is not a number"},
		{"empty fields", "a,b,\n,b\na,,1\n\"\",b\na,\n", " !1 the weight is empty !2 a name is empty !3 a name is empty !4 a name is empty !5 a name is empty"},
		{"quotes that are not right", "\"a,b\n\"a\"b,c\n", " !1 a quote is not closed on its line !2 there is text after a closing quote"},
		{"long name", long[1:] + ",a\n" + long + ",b\n", "[a][" + long[1:] + "] 0-1:1 !2 a name is longer than 1024 bytes"},
		{"controls", "a,\x1b[31m\na,\x00\na,\u009b1m\na,b\rc\na,\x7f\n", " !1 a name has a control character in it !2 there is a NUL byte in it; is this a text file? !3 a name has a control character in it !4 a name has a control character in it !5 a name has a control character in it"},
		{"NUL", "\x00\n1 2\x00\n", " !1 there is a NUL byte in it; is this a text file? !2 there is a NUL byte in it; is this a text file?"},
		{"not UTF-8", "M\xfcller,b\n", " !1 a name is not UTF-8; convert the file"},
		{"another separator", "1 2\n3,4\n", "[1][2] 0-1:1 !2 there is one field, with what may be another separator in it; put it in quotes if it is one name"},
		{"blanks where commas are", "1,2\n3 4\n", "[1][2] 0-1:1 !2 there is one field, with what may be another separator in it; put it in quotes if it is one name"},
		{"a bad line makes no node", "1 2\nnew 1 -1\n", "[1][2] 0-1:1 !2 the weight is negative"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, threads := range []int{1, 3} {
				l := read(t, test.text, edgelist.Options{Threads: threads})
				if diff := cmp.Diff(test.want, show(l)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if l.Lines != l.Edges+l.Loops+l.Unweighted+l.Alone+l.Rejected {
					t.Errorf("the counts do not add up: %+v", l)
				}
			}
		})
	}
}
