package edgelist

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"

	"samehand/graph/projection"
)

// Write writes a graph so that [Read] reads the same again: CSV with the columns source, target and weight, each edge
// once, by its smaller node and then the other, and a line with one name for each node without an edge or a loop. It
// fails when there are not as many names as nodes, and when w does.
func Write(w io.Writer, g *projection.Graph, names Names) error {
	if g.Len() != names.Len() {
		return fmt.Errorf("write the edges: %d names of %d nodes", names.Len(), g.Len())
	}
	out := bufio.NewWriterSize(w, 1<<16)
	var line, name []byte
	edge := func(a, b uint32, weight float32) {
		line = append(names.appendCSV(line[:0], a, &name), ',')
		line = append(names.appendCSV(line, b, &name), ',')
		line = append(strconv.AppendFloat(line, float64(weight), 'g', -1, 32), '\n')
		out.Write(line) //nolint:errcheck // Flush returns it
	}
	out.WriteString("source,target,weight\n") //nolint:errcheck // as above
	for v := range uint32(g.Len()) {
		if loop := g.Loop(v); loop > 0 {
			edge(v, v, loop)
		} else if len(g.Arcs(v)) == 0 {
			out.Write(append(names.appendCSV(line[:0], v, &name), '\n')) //nolint:errcheck // as above
		}
		for _, a := range g.Arcs(v) {
			if a.To > v {
				edge(v, a.To, a.Weight)
			}
		}
	}
	return out.Flush()
}

// WriteLabels writes the label of each node: CSV with the columns node and community, in the order of the nodes. Guard,
// if it is not nil, changes names before they are written, as against spreadsheets that take them for formulas; names
// that are numbers are not given to it. It fails when there are not as many labels as names, and when w does.
func WriteLabels(w io.Writer, names Names, labels []uint32, guard func(string) string) error {
	if len(labels) != names.Len() {
		return fmt.Errorf("write the labels: %d labels of %d nodes", len(labels), names.Len())
	}
	out := bufio.NewWriterSize(w, 1<<16)
	var line, name []byte
	out.WriteString("node,community\n") //nolint:errcheck // Flush returns it
	for v, label := range labels {
		if guard == nil || names.Numeric() {
			line = names.appendCSV(line[:0], uint32(v), &name)
		} else {
			line = appendField(line[:0], []byte(guard(names.Name(uint32(v)))))
		}
		line = append(strconv.AppendUint(append(line, ','), uint64(label), 10), '\n')
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// appendCSV appends the name of a node as a field of CSV.
func (n Names) appendCSV(to []byte, node uint32, scratch *[]byte) []byte {
	if n.Numeric() {
		return n.Append(to, node)
	}
	*scratch = n.Append((*scratch)[:0], node)
	return appendField(to, *scratch)
}

// appendField appends a field of CSV, in quotes when it would not be read as it is without.
func appendField(to, field []byte) []byte {
	if len(field) > 0 && !bytes.ContainsAny(field, ",;\" \t\r\n") && field[0] != '#' && field[0] != '%' {
		return append(to, field...)
	}
	to = append(to, '"')
	for _, c := range field {
		if c == '"' {
			to = append(to, '"')
		}
		to = append(to, c)
	}
	return append(to, '"')
}
