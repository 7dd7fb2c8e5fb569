package table

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"samehand/graph/ident"
	"samehand/ingest/tabular"
)

// maxMapping bounds a mapping, in bytes.
const maxMapping = 1 << 20

// ParseMapping reads a mapping. Its errors join every fault that was found; each is an [*Error] with the line.
func ParseMapping(data []byte) (Mapping, error) {
	if len(data) > maxMapping {
		return Mapping{}, &Error{Path: "file", Reason: fmt.Sprintf("longer than %d bytes", maxMapping)}
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return Mapping{}, yamlError(err)
	}
	var m Mapping
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&m); err == io.EOF {
		return Mapping{}, &Error{Path: "file", Reason: "there is nothing in it"}
	} else if err != nil {
		return Mapping{}, yamlError(err)
	}
	if err := d.Decode(new(yaml.Node)); err != io.EOF {
		return Mapping{}, &Error{Path: "file", Reason: "holds more than one document"}
	}
	m.lines = map[string]int{}
	noteLines(m.lines, "", &root)
	if err := m.Validate(); err != nil {
		return Mapping{}, err
	}
	return m, nil
}

// noteLines writes down the line of every part of the document, by path.
func noteLines(lines map[string]int, path string, n *yaml.Node) {
	lines[path] = n.Line
	switch n.Kind {
	case yaml.DocumentNode:
		noteLines(lines, path, n.Content[0])
	case yaml.SequenceNode:
		for i, c := range n.Content {
			noteLines(lines, fmt.Sprintf("%s[%d]", path, i), c)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if path != "" {
				key = path + "." + key
			}
			noteLines(lines, key, n.Content[i+1])
		}
	}
}

// yamlLine finds the line in the errors of the YAML library, which say "line 3: ...".
var yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)

// yamlField is what the library says of a key that is not known.
var yamlField = regexp.MustCompile(`^field (.*) not found in type table\.(\w+)$`)

// yamlError turns the library's errors into ours.
func yamlError(err error) error {
	var te *yaml.TypeError
	texts := []string{err.Error()}
	if errors.As(err, &te) {
		texts = te.Errors
	}
	var errs []error
	for _, s := range texts {
		e := &Error{Path: "YAML", Reason: strings.TrimPrefix(s, "yaml: ")}
		if p := yamlLine.FindStringSubmatch(s); p != nil {
			e.Line, _ = strconv.Atoi(p[1])
			e.Reason = p[2]
		}
		if p := yamlField.FindStringSubmatch(e.Reason); p != nil {
			e.Path, e.Reason = strconv.Quote(p[1]), "not a key that is known here"
		}
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

// UnmarshalYAML reads a list of names, or one name.
func (l *List) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*l = List{n.Value}
		return nil
	}
	var ss []string
	if err := n.Decode(&ss); err != nil {
		return fmt.Errorf("line %d: want a column name or a list of them", n.Line)
	}
	*l = ss
	return nil
}

// Validate returns all faults of the mapping, joined, or nil.
func (m *Mapping) Validate() error {
	var errs []error
	bad := func(path, reason string) { errs = append(errs, m.fault(path, reason)) }
	if m.Version != Version {
		bad("version", fmt.Sprintf("want %d", Version))
	}
	if m.Header < 0 {
		bad("header", "want a line number from 1")
	}
	if m.Separator != "" && (len(m.Separator) != 1 || strings.ContainsAny(m.Separator, "\"\r\n\x00") || m.Separator[0] >= 0x80) {
		bad("separator", "want one character, and neither a quote nor a line break")
	}
	if strings.TrimSpace(m.Platform) == "" && m.PlatformColumn == "" {
		bad("platform", "want a platform, or platform_column")
	}
	if len(m.Account) == 0 {
		bad("account", "want the column that names the account")
	}
	if len(m.Values) == 0 {
		bad("values", "want at least one value: without it no row says anything")
	}
	for i, s := range m.Skip {
		if len(s.Values) == 0 {
			bad(fmt.Sprintf("skip[%d]", i), "want values")
		}
	}
	m.validateMoments("", m.First, m.Last, bad)
	for i, v := range m.Values {
		m.validateValue(fmt.Sprintf("values[%d]", i), v, bad)
	}
	for _, u := range m.uses() {
		if strings.TrimSpace(u.name) == "" {
			bad(u.path, "want the name of a column")
		}
	}
	return errors.Join(errs...)
}

func (m *Mapping) validateValue(path string, v Value, bad func(path, reason string)) {
	if len(v.Columns) == 0 {
		bad(path+".columns", "want the column that holds the value")
	}
	if _, err := ident.ParseKind(v.Kind); err != nil {
		bad(path+".kind", err.Error())
	}
	if _, reason := tabular.ParseRelation(v.Relation); reason != "" {
		bad(path+".relation", reason)
	}
	if v.Zeros < 0 || v.Zeros > 64 {
		bad(path+".zeros", "want a width from 1 to 64")
	}
	m.validateMoments(path+".", v.First, v.Last, bad)
}

func (m *Mapping) validateMoments(path string, first, last *Moment, bad func(path, reason string)) {
	for _, c := range []struct {
		name string
		m    *Moment
	}{{"first_seen", first}, {"last_seen", last}} {
		if c.m == nil {
			continue
		}
		if _, err := layoutOf(cmp.Or(c.m.Layout, "rfc3339")); err != nil {
			bad(path+c.name+".layout", err.Error())
		}
	}
}
