package cluster_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/cluster"
)

// TestSettingsSayWhy makes sure that every number of the options is a setting, once, and that each says why.
func TestSettingsSayWhy(t *testing.T) {
	o := cluster.Defaults()
	at := map[any]string{}
	for _, s := range o.Settings() {
		p := pointer(s)
		if other, ok := at[p]; ok {
			t.Errorf("%s and %s are one option", s.Name, other)
		}
		at[p] = s.Name
		if s.Group == "" || len(s.Why) < 20 || strings.HasSuffix(s.Why, ".") || (s.F != nil || s.N != nil) && (s.Unit == "" || s.Lo >= s.Hi) {
			t.Errorf("%+v", s)
		}
	}
	v := reflect.ValueOf(&o).Elem()
	for i := range v.NumField() {
		switch p := v.Field(i).Addr().Interface().(type) {
		case *float64, *int, *time.Duration:
			if at[p] == "" {
				t.Errorf("%s is no setting: give it a line with its reason in settings.go", v.Type().Field(i).Name)
			}
		}
	}
	if err := o.Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	if err := (cluster.Options{}).Validate(); err == nil {
		t.Error("the zero options pass")
	}
}

// pointer returns where a setting points.
func pointer(s graph.Setting) any {
	switch {
	case s.F != nil:
		return s.F
	case s.N != nil:
		return s.N
	case s.U != nil:
		return s.U
	case s.S != nil:
		return s.S
	}
	return s.D
}
