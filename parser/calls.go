package parser

import "iter"

// callIndex has the calls of a file by a hash of their names.
type callIndex struct {
	first [256]int32 // the first call of a hash, as its index plus 1
	next  []int32    // the one of the same hash behind each
}

// CallsNamed are the calls of something of a name, in order of position.
func (f *File) CallsNamed(name string) iter.Seq[*Call] {
	return func(yield func(*Call) bool) {
		x := f.named.Load()
		if x == nil {
			x = newCallIndex(f.Calls)
			f.named.Store(x)
		}
		for i := x.first[nameHash(name)]; i > 0; i = x.next[i-1] {
			if c := &f.Calls[i-1]; c.Name == name && !yield(c) {
				return
			}
		}
	}
}

func newCallIndex(calls []Call) *callIndex {
	x := &callIndex{next: make([]int32, len(calls))}
	for i := len(calls) - 1; i >= 0; i-- {
		h := nameHash(calls[i].Name)
		x.next[i], x.first[h] = x.first[h], int32(i+1)
	}
	return x
}

// nameHash differs between most names that differ.
func nameHash(name string) uint8 {
	n := len(name)
	if n == 0 {
		return 0
	}
	h := uint32(n)
	for _, c := range [4]byte{name[0], name[n/3], name[2*n/3], name[n-1]} {
		h = (h ^ uint32(c)) * 0x01000193
	}
	return uint8(h ^ h>>15)
}
