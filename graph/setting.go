package graph

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is one option by name: what a run stores, and what a file of options or a command line can set. Exactly one of
// F, N, D, U and S is not nil; it points at the option itself.
type Setting struct {
	Name  string // "part.name", in lower case with hyphens; or a name alone
	Group string // what it is listed under: a few words, the same for neighbours
	Why   string // what it is and why it has its default: a sentence or two without an end stop
	Unit  string // what it counts, such as "points", "share" or "holders"; "" for texts and times

	Lo, Hi float64  // of F, N and D: the range that makes sense, both ends included; durations in hours
	OneOf  []string // of S: the texts that it may be

	F *float64
	N *int
	D *time.Duration
	U *uint64 // every number makes sense
	S *string
}

// String returns the value as [Setting.Set] reads it.
func (s Setting) String() string {
	switch {
	case s.F != nil:
		return strconv.FormatFloat(*s.F, 'g', -1, 64)
	case s.N != nil:
		return strconv.Itoa(*s.N)
	case s.D != nil:
		return s.D.String()
	case s.U != nil:
		return strconv.FormatUint(*s.U, 10)
	case s.S != nil:
		return *s.S
	}
	return ""
}

// Set reads the value from text: a number, a duration such as "48h", or a text. It does not check the range; see
// [Setting.Check]. After an error the value is as it was.
func (s Setting) Set(text string) error {
	ok := false
	switch {
	case s.F != nil:
		ok = keep(s.F, text, parseFloat)
	case s.N != nil:
		ok = keep(s.N, text, strconv.Atoi)
	case s.D != nil:
		ok = keep(s.D, text, time.ParseDuration)
	case s.U != nil:
		ok = keep(s.U, text, parseUint)
	case s.S != nil:
		ok = true
		*s.S = text
	}
	if !ok {
		return fmt.Errorf("option %s is %q; give %s", s.Name, text, s.Wants())
	}
	return nil
}

// Wants says in words what a value of the setting is.
func (s Setting) Wants() string {
	switch {
	case s.F != nil:
		return "a number such as 0.5"
	case s.D != nil:
		return "a time such as 48h"
	case s.S != nil:
		return "one of " + s.choices()
	}
	return "a whole number"
}

// Range says in words between what the value must be.
func (s Setting) Range() string {
	switch {
	case s.D != nil:
		return plain(s.Lo) + "h to " + plain(s.Hi) + "h"
	case s.U != nil:
		return "any whole number"
	case s.S != nil:
		return s.choices()
	}
	return plain(s.Lo) + " to " + plain(s.Hi)
}

// choices lists what a text may be.
func (s Setting) choices() string {
	list := slices.Clone(s.OneOf)
	for i, c := range list {
		if c == "" {
			list[i] = `""`
		}
	}
	return strings.Join(list, ", ")
}

// plain writes a number without an exponent.
func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// keep parses text into *p, and reports whether that could be done.
func keep[T any](p *T, text string, parse func(string) (T, error)) bool {
	v, err := parse(text)
	if err == nil {
		*p = v
	}
	return err == nil
}

func parseFloat(text string) (float64, error) { return strconv.ParseFloat(text, 64) }

func parseUint(text string) (uint64, error) { return strconv.ParseUint(text, 10, 64) }

// Check returns what is wrong with the value, or nil.
func (s Setting) Check() error {
	var v float64
	unit := ""
	switch {
	case s.F != nil:
		v = *s.F
	case s.N != nil:
		v = float64(*s.N)
	case s.D != nil:
		v, unit = s.D.Hours(), " hours"
	case s.S != nil && !slices.Contains(s.OneOf, *s.S):
		return fmt.Errorf("option %s is %q; give %s", s.Name, *s.S, s.Wants())
	default:
		return nil
	}
	if v >= s.Lo && v <= s.Hi { // also false for NaN
		return nil
	}
	return fmt.Errorf("option %s is %s, must be between %g and %g%s", s.Name, s, s.Lo, s.Hi, unit)
}

// CheckSettings names every setting that is out of its range; nil when there is none.
func CheckSettings(ss []Setting) error {
	var faults []error
	for _, s := range ss {
		if err := s.Check(); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}
