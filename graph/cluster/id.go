package cluster

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"samehand/graph"
)

// digest hashes texts so that no two different lists of texts run into one: each goes in with its length before it.
func digest(texts ...string) [32]byte {
	h := sha256.New()
	for _, s := range texts {
		h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	return [32]byte(h.Sum(nil))
}

// accountsDigest is the digest of sorted accounts.
func accountsDigest(accounts []graph.AccountID) [32]byte {
	var texts []string
	for _, a := range accounts {
		texts = append(texts, a.Platform, a.Native)
	}
	return digest(texts...)
}

// shorten returns a letter and the first 8 hex digits of each digest; of those that would be equal, as many more as it takes.
func shorten(letter string, ds [][32]byte) []string {
	const start = 8
	out, todo := make([]string, len(ds)), make([]int, len(ds))
	for i := range todo {
		todo[i] = i
	}
	for digits := start; len(todo) > 0; digits += 4 {
		n := map[string]int{}
		for _, i := range todo {
			out[i] = letter + hex.EncodeToString(ds[i][:])[:min(digits, 64)]
			n[out[i]]++
		}
		todo = slices.DeleteFunc(todo, func(i int) bool { return n[out[i]] == 1 || digits >= 64 })
	}
	return out
}

// runID names a run by its sources and options.
func runID(sources []string, options map[string]string) string {
	texts := []string{"sources"}
	texts = append(texts, sources...)
	texts = append(texts, "options")
	for _, k := range slices.Sorted(maps.Keys(options)) {
		texts = append(texts, k, options[k])
	}
	d := digest(texts...)
	return "r" + hex.EncodeToString(d[:6])
}
