package report

import (
	"slices"
	"strconv"
	"strings"
)

// cited is what one file says of a use, in the short form that pages print: which lines, as ranges.
type cited struct {
	File   string
	SHA256 string
	Lines  string // "12, 15–19, 40"
	N      int    // how many lines
}

// citedFiles gathers the citations of a use by file. The full citations are in the JSON and CSV reports.
func citedFiles(cs []Citation) []cited {
	var out []cited
	for lo := 0; lo < len(cs); {
		hi := lo
		var lines []int64
		for ; hi < len(cs) && cs[hi].Source == cs[lo].Source; hi++ {
			lines = append(lines, cs[hi].Line)
		}
		lines = slices.Compact(lines) // sorted already
		c := cited{File: cs[lo].File, SHA256: cs[lo].SHA256, Lines: ranges(lines), N: len(lines)}
		if cs[lo].Source < 0 {
			c.File = "source not known"
		}
		out, lo = append(out, c), hi
	}
	return out
}

// ranges writes sorted numbers with runs of three and more as ranges.
func ranges(ns []int64) string {
	var parts []string
	for lo := 0; lo < len(ns); {
		hi := lo
		for hi+1 < len(ns) && ns[hi+1] == ns[hi]+1 {
			hi++
		}
		if hi-lo < 2 {
			hi = lo
			parts = append(parts, strconv.FormatInt(ns[lo], 10))
		} else {
			parts = append(parts, strconv.FormatInt(ns[lo], 10)+"–"+strconv.FormatInt(ns[hi], 10))
		}
		lo = hi + 1
	}
	return strings.Join(parts, ", ")
}

// spellings lists the ways in which a use's value was written, beside its normal form: each once, sorted, at most most of
// them, and how many more there are.
func spellings(cs []Citation, most int) (shown []string, more int) {
	for _, c := range cs {
		if c.rawShown != "" {
			shown = append(shown, c.rawShown)
		}
	}
	slices.Sort(shown)
	shown = slices.Compact(shown)
	if len(shown) > most {
		return shown[:most], len(shown) - most
	}
	return shown, 0
}
