package projection

// Limit sets how many arcs may be built, so that the limit can be tested without as many.
func (b *Builder) Limit(arcs uint64) { b.limit = arcs }

// InParallel is inParallel.
var InParallel = inParallel
