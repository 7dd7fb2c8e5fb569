package storetest

import (
	"reflect"
	"testing"
	"time"

	"samehand/graph/ident"
)

// TestRun0 makes sure that every field of a run is set, also of what it is made of: a store that forgets one fails then.
func TestRun0(t *testing.T) {
	r := Run0("run-1", day(1))
	for _, name := range unset(reflect.ValueOf(r), "Run") {
		t.Errorf("%s is not set in the first of its list: set it in Run0", name)
	}
	r.Alarms, r.Clusters[0].Sites[0].Persons = nil, 0
	if got := unset(reflect.ValueOf(r), "Run"); len(got) != 2 {
		t.Errorf("the check finds %v, want two", got)
	}
}

// unset lists the fields of v that are zero, looking into structs and the first element of each list.
func unset(v reflect.Value, name string) []string {
	switch {
	case v.IsZero():
		return []string{name}
	case v.Type() == reflect.TypeFor[time.Time](), v.Type() == reflect.TypeFor[ident.ID]():
		return nil
	case v.Kind() == reflect.Slice:
		return unset(v.Index(0), name+"[0]")
	case v.Kind() != reflect.Struct:
		return nil
	}
	var names []string
	for i := range v.NumField() {
		names = append(names, unset(v.Field(i), name+"."+v.Type().Field(i).Name)...)
	}
	return names
}
