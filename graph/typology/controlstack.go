package typology

import (
	"fmt"
	"slices"

	"samehand/graph/ident"
)

// controlStack is T11: machines of several persons are under one remote control.
func controlStack() Typology {
	return Typology{
		ID: "T11", Name: "remote control of several machines",
		Question:   "Is one remote-control tool on the machines of several people, or are several tools on those of one home?",
		Needs:      []Need{RemoteTools, Names},
		Settings:   []string{"typology.tool-persons", "typology.tools", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"support by the employer or a contractor", "developer who uses such tools", "repair shop"},
		Limits:     "tools are seen only where a file gives their identifiers as handles of the tool; lists of installed programs are not read",
		find:       findControlStacks,
	}
}

// findControlStacks looks at shared tools, and at people of one line who have several.
func findControlStacks(s *scene) []hit {
	var hits []hit
	var all []use
	for id, us := range s.values {
		if !isRemoteTool(id) {
			continue
		}
		all = append(all, us...)
		if h, ok := s.sharedTool(us); ok {
			hits = append(hits, h)
		}
	}
	for _, v := range s.group.Values {
		if s.kind(v.Identifier) == ident.IP && (v.Class == classOwn || v.Class == "") {
			if h, ok := s.toolbox(v, all); ok {
				hits = append(hits, h)
			}
		}
	}
	return hits
}

// sharedTool judges one tool of several persons: of one employer it is support's.
func (s *scene) sharedTool(us []use) (hit, bool) {
	ps, as := persons(us), accounts(us)
	n := len(s.named(ps))
	if n < 2 || !s.plain(us[0].identifier) || len(s.employersOf(as)) <= 1 || s.household(ps) {
		return hit{}, false
	}
	strength := medium
	if n >= s.options.ToolPersons {
		strength = high
	}
	return hit{
		strength: strength, size: n, accounts: as, identifiers: []uint32{us[0].identifier},
		reason: fmt.Sprintf("one remote-control tool is on the machines of %s of %s", count(n, "person"), count(len(s.employersOf(as)), "employer")),
	}, true
}

// toolbox judges the tools of the persons who have one line as their base: one developer may have several, three
// neighbours who all do are seldom.
func (s *scene) toolbox(line Value, all []use) (hit, bool) {
	var ps, as, ids []uint32
	for _, h := range line.Holders {
		if !h.Base {
			continue
		}
		var tools []string
		var mine []use
		for _, u := range all {
			if t := toolOf(s.Table.Identifiers[u.identifier]); u.person == h.Person {
				mine = append(mine, u)
				if !slices.Contains(tools, t) {
					tools = append(tools, t)
				}
			}
		}
		if len(tools) < s.options.Tools {
			continue
		}
		ps, as = append(ps, h.Person), append(as, accounts(mine)...)
		ids = append(ids, distinct(mine, func(u use) uint32 { return u.identifier })...)
	}
	n := len(s.named(ps))
	if n < s.options.ToolPersons || len(s.employersOf(as)) <= 1 || s.household(ps) {
		return hit{}, false
	}
	return hit{
		strength: medium, size: n, accounts: as, identifiers: append(ids, line.Identifier),
		reason: fmt.Sprintf("the machines of %s of one line have %d or more remote-control tools each", count(n, "person"), s.options.Tools),
	}, true
}
