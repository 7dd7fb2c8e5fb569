package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/community"
	"samehand/graph/evaluate"
	"samehand/graph/ident"
	"samehand/graph/projection"
)

const (
	// baselinePersons is from how many persons a cluster of a baseline counts as flagged, as ours need three names.
	baselinePersons = 3
	// baselineCap is how many accounts may share a value for it to link in the capped baseline, unless --cap says
	// otherwise: the usual first thing to try against hubs.
	baselineCap = 10
	// pairsCap is how many accounts may share a value that is expanded into pairs: a pair of every two of 200 are 19,900.
	pairsCap = 200
	// louvainNodes is how many accounts may hang together for Louvain to take seconds; see [community.Defaults].
	louvainNodes = 10_000
)

// baseline is a plain way to find groups of accounts, for comparison. It weighs nothing.
type baseline struct {
	name, meaning string
	find          func(ctx context.Context, shares []share, accounts int) (community.Partition, error)
}

// baselines lists the plain ways; capped is how many accounts may share a value in the second.
func baselines(capped int) []baseline {
	return []baseline{
		{"components", "whatever hangs together over shared values", func(ctx context.Context, s []share, n int) (community.Partition, error) {
			return chained(ctx, s, n, n)
		}},
		{"capped", fmt.Sprintf("the same over values of at most %d accounts", capped), func(ctx context.Context, s []share, n int) (community.Partition, error) {
			return chained(ctx, s, n, capped)
		}},
		{"louvain", fmt.Sprintf("communities by modularity of accounts tied by as much as they have values of at most %d accounts in common (beyond %d accounts by Leiden's method, which looks for the same)", pairsCap, louvainNodes), paired},
	}
}

// share says that an account has a value.
type share struct{ value, account uint32 }

// rawShares lists who has which value, by value, then account: every value but names, employers, tags and what stands for
// no value. Nothing else is known of it: not what sort of value it is, how it is used, nor when.
func rawShares(t *graph.Table) []share {
	var out []share
	for _, r := range t.Rows {
		id, rel := t.Identifiers[r.Identifier], t.Relations[r.Relation]
		switch id.Kind() {
		case ident.Name, ident.Employer, ident.Tag:
			continue
		}
		if id.Mark().Links() && rel != graph.Recruiter && rel != graph.EmployedBy {
			out = append(out, share{r.Identifier, r.Account})
		}
	}
	slices.SortFunc(out, func(a, b share) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.account, b.account))
	})
	return slices.Compact(out)
}

// holders calls each with the accounts of every value that has two or more, and at most limit.
func holders(shares []share, limit int, each func([]share) error) error {
	for len(shares) > 0 {
		n := 1
		for n < len(shares) && shares[n].value == shares[0].value {
			n++
		}
		if n > 1 && n <= limit {
			if err := each(shares[:n]); err != nil {
				return err
			}
		}
		shares = shares[n:]
	}
	return nil
}

// chained puts together what hangs together over values of at most limit accounts.
func chained(ctx context.Context, shares []share, accounts, limit int) (community.Partition, error) {
	b := projection.NewBuilder()
	err := holders(shares, limit, func(of []share) error {
		for i, s := range of[1:] {
			if err := b.Add(of[i].account, s.account, 1); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return community.Partition{}, err
	}
	return divide(ctx, b, accounts, community.Components{}, community.Defaults())
}

// paired looks for communities of accounts, two of which are tied by as much as they have values in common: by Louvain's
// method while no more than louvainNodes hang together, and by Leiden's, which looks for the same, beyond.
func paired(ctx context.Context, shares []share, accounts int) (community.Partition, error) {
	b := projection.NewBuilder()
	err := holders(shares, pairsCap, func(of []share) error {
		for i, s := range of {
			for _, r := range of[:i] {
				if err := b.Add(r.account, s.account, 1); err != nil {
					return err
				}
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return community.Partition{}, err
	}
	o := community.Defaults()
	o.Objective, o.Seed = community.Modularity, 1
	if accounts > louvainNodes {
		return divide(ctx, b, accounts, community.Leiden{}, o)
	}
	return divide(ctx, b, accounts, community.Louvain{}, o)
}

func divide(ctx context.Context, b *projection.Builder, accounts int, m community.Method, o community.Options) (community.Partition, error) {
	g, err := b.Build(ctx, accounts, projection.BuildOptions{})
	if err != nil {
		return community.Partition{}, err
	}
	return m.Partition(ctx, g, o)
}

// clusters makes clusters of the groups of two accounts or more that a baseline finds.
func (b baseline) clusters(ctx context.Context, t *graph.Table, shares []share) ([]graph.Cluster, error) {
	p, err := b.find(ctx, shares, len(t.Accounts))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.name, err)
	}
	var out []graph.Cluster
	for _, members := range p.Members() {
		if len(members) < 2 {
			continue
		}
		c := graph.Cluster{ID: fmt.Sprintf("%s-%d", b.name, len(out)+1)}
		for _, a := range members {
			c.Members = append(c.Members, graph.Member{Account: t.Accounts[a]})
		}
		out = append(out, c)
	}
	return out, nil
}

// score scores what a baseline finds in a table.
func (b baseline) score(ctx context.Context, truth *evaluate.Truth, t *graph.Table, shares []share) (evaluate.RingScores, error) {
	clusters, err := b.clusters(ctx, t, shares)
	if err != nil {
		return evaluate.RingScores{}, err
	}
	evaluate.FlagAll(truth, clusters, baselinePersons)
	return evaluate.Rings(truth, clusters, t.Accounts), nil
}
