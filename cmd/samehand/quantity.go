package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// allowance is how many of some things are allowed: a share of them or a number.
type allowance struct {
	text  string
	share float64 // 0 to 1; used when number is negative
	count int64
}

// parseAllowance reads "1%", "0.5%" or "20".
func parseAllowance(text string) (allowance, error) {
	a := allowance{text: text, count: -1}
	if percent, ok := strings.CutSuffix(text, "%"); ok {
		p, err := strconv.ParseFloat(percent, 64)
		if err != nil || math.IsNaN(p) || p < 0 || p > 100 {
			return a, fmt.Errorf("%q is no share; give one from 0%% to 100%%", text)
		}
		a.share = p / 100
		return a, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return a, fmt.Errorf("%q is neither a share such as 1%% nor a number such as 20", text)
	}
	a.count = n
	return a, nil
}

// exceeded reports whether n of total are more than allowed.
func (a allowance) exceeded(n, total int64) bool {
	if a.count >= 0 {
		return n > a.count
	}
	return float64(n) > a.share*float64(total)
}

// byteUnits are the units of sizes; each is 1024 of the one before.
const byteUnits = "KMGT"

// parseBytes reads a size: "1000000", "500M", "2G", "2GiB".
func parseBytes(text string) (int64, error) {
	number := strings.ToUpper(strings.TrimSpace(text))
	number = strings.TrimSuffix(strings.TrimSuffix(number, "B"), "I")
	shift := 0
	if n := len(number); n > 0 {
		if i := strings.IndexByte(byteUnits, number[n-1]); i >= 0 {
			shift, number = 10*(i+1), number[:n-1]
		}
	}
	v, err := strconv.ParseInt(number, 10, 64)
	if err != nil || v <= 0 {
		return 0, fmt.Errorf("%q is no size; write it as 1000000, 500M or 2G", text)
	}
	if v > math.MaxInt64>>shift {
		return 0, errors.New("the size is too large")
	}
	return v << shift, nil
}

// sizeText writes a size for people, in units of 1024.
func sizeText(n int64) string {
	if n < 1024 {
		return fmt.Sprintf("%d bytes", n)
	}
	f, unit := float64(n)/1024, 0
	for f >= 1024 && unit < len(byteUnits)-1 {
		f, unit = f/1024, unit+1
	}
	return fmt.Sprintf("%.1f %ciB", f, byteUnits[unit])
}
