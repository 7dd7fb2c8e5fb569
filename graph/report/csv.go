package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"samehand/graph/explain"
)

// CSV is the encoder for spreadsheets: one row for every line of every file that says a member of a cluster has a value
// that is shared in it, counting values first.
//
// A cell that a spreadsheet might take for a formula (see [explain.Formula]) is
// written with an apostrophe before it, as is customary. The guarded column names the columns of the row in which that was
// done: there, and only there, take the first character off. So +14155550123 is read as text, not as a sum, and nothing
// is lost. Numbers that we write ourselves are never negative and never guarded. Tabs and line ends do not occur: they are shown by number as in every format. Very long values are cut as the model shows them; the JSON report has them in full.
type CSV struct{}

// Name returns "csv".
func (CSV) Name() string { return "csv" }

// About says what the format is for.
func (CSV) About() string {
	return "for spreadsheets: one row a cited line; a ' before a cell guards it from being read as a formula, see column guarded"
}

// Ext returns ".csv".
func (CSV) Ext() string { return ".csv" }

// csvColumns are the columns of the CSV report.
var csvColumns = []string{
	"cluster", "flagged", "counts", "kind", "value", "written_as", "family", "class", "points", "holders", "holders_in_cluster",
	"reason", "platform", "account", "person", "account_flagged", "account_role", "account_site", "account_stability", "relation", "first_seen", "last_seen", "taken_as_held_until", "count", "file", "line", "sha256", "guarded",
}

// Encode writes a header and the rows.
func (CSV) Encode(w io.Writer, m Model) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvColumns); err != nil {
		return err
	}
	for _, c := range m.Clusters {
		of := map[accountID]Member{}
		for _, m := range c.Members {
			of[accountKey(m.Account)] = m
		}
		for _, e := range c.Evidence {
			if err := writeEvidence(out, c, e, of, true); err != nil {
				return err
			}
		}
		for _, e := range c.Discounted {
			if err := writeEvidence(out, c, e, of, false); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// writeEvidence writes a row for each citation. What is said of a member (flagged, role, site) is not what is said of the cluster.
func writeEvidence(out *csv.Writer, c Cluster, e Evidence, of map[accountID]Member, counts bool) error {
	for _, u := range e.Uses {
		m := of[accountKey(u.Account)]
		for _, cite := range u.Citations {
			row := []string{
				c.ID, yes(c.Flagged), yes(counts), e.Value.Kind, e.Value.Shown, cite.rawShown, e.Family.Name, e.Class,
				strconv.FormatFloat(e.Points, 'f', -1, 64), strconv.Itoa(e.Holders), strconv.Itoa(e.Inside), e.Reason, u.Account.platform, u.Account.native, u.Person,
				yes(m.Flagged), m.Role, m.Site, stabilityText(m.Stability), u.Relation, cite.First, cite.Last, u.HeldUntil, strconv.FormatUint(uint64(cite.Count), 10), cite.File, strconv.FormatInt(cite.Line, 10), cite.SHA256, "",
			}
			guard(row)
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// stabilityText writes a stability; "" when it was not looked at.
func stabilityText(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// guard puts an apostrophe before every cell of the row that might be read as a formula, and names their columns in the last cell.
func guard(row []string) {
	var guarded []string
	for i, cell := range row {
		if explain.Formula(cell) {
			row[i] = "'" + cell
			guarded = append(guarded, csvColumns[i])
		}
	}
	row[len(row)-1] = strings.Join(guarded, " ")
}
