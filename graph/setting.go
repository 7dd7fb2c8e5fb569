package graph

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Setting is one option by name: what a run stores, and what a file of options or a command line can set. Exactly one of
// F, N and D is not nil; it points at the option itself.
type Setting struct {
	Name   string  // "group.name", in lower case with hyphens
	Why    string  // what it is and why it has its default: a sentence or two without an end stop
	Lo, Hi float64 // the range that makes sense, both ends included; durations in hours
	F      *float64
	N      *int
	D      *time.Duration
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
	}
	return ""
}

// Set reads the value from text: a number, or a duration such as "48h". It does not check the range. After an error the
// value is as it was.
func (s Setting) Set(text string) error {
	ok, want := false, ""
	switch {
	case s.F != nil:
		ok, want = keep(s.F, text, parseFloat), "a number such as 0.5"
	case s.N != nil:
		ok, want = keep(s.N, text, strconv.Atoi), "a whole number"
	case s.D != nil:
		ok, want = keep(s.D, text, time.ParseDuration), "a time such as 48h"
	}
	if !ok {
		return fmt.Errorf("option %s is %q; give %s", s.Name, text, want)
	}
	return nil
}

// keep parses text into *p, and reports whether that could be done.
func keep[T any](p *T, text string, parse func(string) (T, error)) bool {
	v, err := parse(text)
	if err == nil {
		*p = v
	}
	return err == nil
}

func parseFloat(text string) (float64, error) { return strconv.ParseFloat(text, 64) }

// fault returns what is wrong with the value, or nil.
func (s Setting) fault() error {
	var v float64
	switch {
	case s.F != nil:
		v = *s.F
	case s.N != nil:
		v = float64(*s.N)
	case s.D != nil:
		v = s.D.Hours()
	}
	if v >= s.Lo && v <= s.Hi { // also false for NaN
		return nil
	}
	unit := ""
	if s.D != nil {
		unit = " hours"
	}
	return fmt.Errorf("option %s is %s, must be between %g and %g%s", s.Name, s, s.Lo, s.Hi, unit)
}

// CheckSettings names every setting that is out of its range; nil when there is none.
func CheckSettings(ss []Setting) error {
	var faults []error
	for _, s := range ss {
		if err := s.fault(); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}
