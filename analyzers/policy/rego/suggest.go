package rego

// nearest is the candidate that a misspelt name most likely stands for; "" for none.
func nearest(name string, candidates []string) string {
	best, limit := "", max(1, len(name)/3)+1
	for _, c := range candidates {
		if d := distance(name, c, limit); d < limit {
			best, limit = c, d
		}
	}
	if best != "" {
		return best
	}
	// A shortened word: prod for production, msgs for messages is left to distance.
	for _, c := range candidates {
		if len(name) >= 3 && len(c) > len(name) && c[:len(name)] == name {
			if best != "" {
				return "" // two of them
			}
			best = c
		}
	}
	return best
}

// distance is how many characters are inserted, deleted, replaced or swapped with their
// neighbour to make b of a; limit when it is limit or more.
func distance(a, b string, limit int) int {
	if abs(len(a)-len(b)) >= limit || len(a) > 100 {
		return limit
	}
	var before []int
	last, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, make([]int, len(b)+1)
	}
	return min(last[len(b)], limit)
}

func abs(n int) int { return max(n, -n) }
