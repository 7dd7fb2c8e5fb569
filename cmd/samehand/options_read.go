package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"samehand/graph"
)

// maxOptions is the most that is read of a file of options, in bytes: the longest anybody would write has some ten thousand.
const maxOptions = 1 << 20

// maxOptionFaults is how many faults of a file of options are listed: who gives another file by mistake needs to see a few.
const maxOptionFaults = 20

// readOptions sets the settings that a file of options names. Its errors join every fault, each with the line.
func readOptions(name string, settings []graph.Setting) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxOptions+1))
	if err != nil {
		return fmt.Errorf("read the options: %w", err)
	}
	if len(text) > maxOptions {
		return fmt.Errorf("%s: longer than %d bytes, and no file of options", name, maxOptions)
	}
	faults := setOptions(text, settings)
	if n := len(faults); n > maxOptionFaults {
		faults = append(faults[:maxOptionFaults], fmt.Errorf("and %d more faults", n-maxOptionFaults))
	}
	for i, f := range faults {
		faults[i] = fmt.Errorf("%s: %w", name, f)
	}
	return errors.Join(faults...)
}

// optionsReader reads one file of options.
type optionsReader struct {
	settings []graph.Setting
	seen     map[string]int // line of each name
	faults   []error
}

// setOptions sets the settings that YAML names, and returns every fault. A setting with a fault may have any value then.
func setOptions(text []byte, settings []graph.Setting) []error {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	switch err := d.Decode(&doc); {
	case err == io.EOF:
		return []error{errors.New("there is nothing in it; see: samehand options")}
	case err != nil:
		return []error{notYAML(err)}
	}
	var second yaml.Node
	switch err := d.Decode(&second); {
	case err == nil:
		return []error{fmt.Errorf("line %d: a second document begins; put all options into one", second.Line)}
	case err != io.EOF:
		return []error{notYAML(err)}
	}
	r := &optionsReader{settings: settings, seen: map[string]int{}}
	r.level("", doc.Content[0])
	return r.faults
}

// notYAML puts what the YAML library says into our words; its line stays.
func notYAML(err error) error {
	return fmt.Errorf("not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}

func (r *optionsReader) fault(n *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("line %d: %w", n.Line, fmt.Errorf(format, args...)))
}

// level reads the keys below a part, or those at the top when part is "".
func (r *optionsReader) level(part string, n *yaml.Node) {
	if n.Kind != yaml.MappingNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		what := "the file"
		if part != "" {
			what = part
		}
		r.fault(n, "%s must be a list of NAME: VALUE; see: samehand options", what)
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str" {
			r.fault(key, "a key must be the name of an option")
			continue
		}
		name := key.Value
		if part != "" {
			name = part + "." + name
		}
		if line, ok := r.seen[name]; ok {
			r.fault(key, "%s is given a second time, after line %d", quoted(name), line)
			continue
		}
		r.seen[name] = key.Line
		r.entry(part, name, key, value)
	}
}

// entry reads one key and what it is set to.
func (r *optionsReader) entry(part, name string, key, value *yaml.Node) {
	i := slices.IndexFunc(r.settings, func(s graph.Setting) bool { return s.Name == name })
	isPart := part == "" && slices.ContainsFunc(r.settings, func(s graph.Setting) bool { return strings.HasPrefix(s.Name, name+".") })
	above, below, dotted := strings.Cut(key.Value, ".")
	switch {
	case isPart && value.ShortTag() == "!!null": // everything below it was taken out
	case isPart:
		r.level(name, value)
	case i >= 0 && dotted:
		r.fault(key, "write %s below %s:, not with a point", below, above)
	case i >= 0:
		r.value(r.settings[i], value)
	default:
		hint := "see: samehand options"
		if len(r.faults) < maxOptionFaults { // nobody reads more, and to look for names like it takes time
			hint = hintFor(name, r.settings)
		}
		r.fault(key, "there is no option %s; %s", quoted(name), hint)
	}
}

// hintFor says which names are like one that is not there.
func hintFor(name string, settings []graph.Setting) string {
	var names []string
	for _, s := range settings {
		names = append(names, s.Name)
	}
	if near := nearest(name, names); len(near) > 0 && len(name) < commentWidth {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "see: samehand options"
}

// value sets a setting. A number must be written as one, and everything else as text: YAML takes quotes for text.
func (r *optionsReader) value(s graph.Setting, n *yaml.Node) {
	tags := []string{"!!int"}
	switch {
	case s.F != nil:
		tags = []string{"!!int", "!!float"}
	case s.D != nil || s.S != nil:
		tags = []string{"!!str"}
	}
	if n.Kind != yaml.ScalarNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 || !slices.Contains(tags, n.ShortTag()) || s.Set(n.Value) != nil {
		r.fault(n, "option %s: give %s", s.Name, s.Wants())
		return
	}
	if err := s.Check(); err != nil {
		r.fault(n, "%w", err)
	}
}
