package lists_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/maxmind/mmdbwriter/mmdbtype"

	"samehand/graph/ident"
	"samehand/graph/lists"
)

// BenchmarkClass asks lists about a line that they do not have, as most are.
func BenchmarkClass(b *testing.B) {
	var text strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&text, "20.%d.%d.%d\n", i>>16, i>>8&255, i&255)
	}
	for name, spec := range map[string]lists.Spec{
		"text": write(b, lists.Anonymiser, text.String()),
		"mmdb": mmdb(b, 6, entry{"20.0.0.0/8", mmdbtype.Map{"is_anonymous_vpn": mmdbtype.Bool(false), "is_hosting_provider": mmdbtype.Bool(false)}}),
	} {
		b.Run(name, func(b *testing.B) {
			l, id := open(b, spec), parse(b, ident.IP, "20.99.3.4")
			for b.Loop() {
				if _, _, ok := l.Class(id); ok {
					b.Fatal("it has a class")
				}
			}
		})
	}
}
