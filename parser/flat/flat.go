// Package flat copies a tree-sitter tree into a Go slice in one C call.
//
// It declares the few functions of tree-sitter's public cursor interface that it needs and
// links against the copy that smacker/go-tree-sitter compiles, as that module's own
// grammar packages do.
package flat

/*
#include <stdint.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
static void flat_release(void) { malloc_trim(0); }
#else
static void flat_release(void) {}
#endif

typedef struct TSTree TSTree;
typedef struct { uint32_t context[4]; const void *id; const TSTree *tree; } TSNode;
typedef struct { const void *tree; const void *id; uint32_t context[3]; } TSTreeCursor;

TSNode ts_tree_root_node(const TSTree *);
TSTreeCursor ts_tree_cursor_new(TSNode);
void ts_tree_cursor_delete(TSTreeCursor *);
TSNode ts_tree_cursor_current_node(const TSTreeCursor *);
uint16_t ts_tree_cursor_current_field_id(const TSTreeCursor *);
bool ts_tree_cursor_goto_first_child(TSTreeCursor *);
bool ts_tree_cursor_goto_next_sibling(TSTreeCursor *);
bool ts_tree_cursor_goto_parent(TSTreeCursor *);
uint32_t ts_node_start_byte(TSNode);
uint32_t ts_node_end_byte(TSNode);
uint16_t ts_node_symbol(TSNode);
bool ts_node_is_named(TSNode);
bool ts_node_is_missing(TSNode);
bool ts_node_is_extra(TSNode);

typedef struct {
	uint32_t start, end;
	int32_t parent, next;
	uint16_t symbol;
	uint8_t field, flags;
} flat_node;

typedef struct { uint32_t row, column; } TSPoint;
typedef struct { TSPoint start_point, end_point; uint32_t start_byte, end_byte; } TSRange;
TSRange *ts_tree_get_changed_ranges(const TSTree *, const TSTree *, uint32_t *);

// flat_old is the array of the tree before an edit, and what the edit left as it was: all
// that ends before `from` or, moved by `delta`, begins behind `to`, both in the new text.
typedef struct {
	const flat_node *nodes;
	uint32_t n, from, to;
	int64_t delta;
} flat_old;

// flat_widen takes what the parser changed beyond the edit into the changed range.
static void flat_widen(flat_old *old, const TSTree *before, const TSTree *after) {
	uint32_t n = 0;
	TSRange *ranges = ts_tree_get_changed_ranges(before, after, &n);
	for (uint32_t i = 0; i < n; i++) {
		if (ranges[i].start_byte < old->from) old->from = ranges[i].start_byte;
		if (ranges[i].end_byte > old->to) old->to = ranges[i].end_byte;
	}
	free(ranges);
}

// flat_find is the outermost old node at that place with that symbol, or -1.
static int64_t flat_find(const flat_old *old, uint32_t start, uint32_t end, uint16_t symbol) {
	uint32_t low = 0, high = old->n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (old->nodes[middle].start < start) low = middle + 1; else high = middle;
	}
	for (; low < old->n && old->nodes[low].start == start; low++) {
		if (old->nodes[low].end == end && old->nodes[low].symbol == symbol) return low;
	}
	return -1;
}

// flat_copy appends the unchanged node, with all below it, and returns how many it were, or 0.
static uint32_t flat_copy(const flat_old *old, TSNode node, flat_node *out, uint32_t n, uint32_t cap, int32_t parent, uint8_t field) {
	uint32_t start = ts_node_start_byte(node), end = ts_node_end_byte(node);
	int64_t delta;
	if (end < old->from) delta = 0;
	else if (start > old->to) delta = old->delta;
	else return 0;
	if (start == end) return 0;
	int64_t at = flat_find(old, (uint32_t)(start - delta), (uint32_t)(end - delta), ts_node_symbol(node));
	if (at < 0) return 0;
	uint32_t count = (uint32_t)old->nodes[at].next - (uint32_t)at;
	if (n + count > cap) return 0;
	int32_t shift = (int32_t)n - (int32_t)at;
	for (uint32_t i = 0; i < count; i++) {
		flat_node f = old->nodes[at + i];
		f.start += delta;
		f.end += delta;
		f.parent += shift;
		f.next += shift;
		out[n + i] = f;
	}
	out[n].parent = parent;
	out[n].field = field;
	return count;
}

// flat_fill writes the tree in preorder and returns its number of nodes, which may exceed
// cap: then out holds the first cap nodes with their `next` unfinished, and the caller
// calls again with room. The walk keeps its own place in the array instead of recursing,
// so that no nesting is too deep for it. What is unchanged is copied from old.
static uint32_t flat_fill(const TSTree *tree, flat_node *out, uint32_t cap, const flat_old *old) {
	TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	uint32_t n = 0;
	int32_t parent = -1;
	for (;;) {
		TSNode node = ts_tree_cursor_current_node(&cursor);
		int32_t self = (int32_t)n;
		uint32_t copied = 0;
		if (n < cap) {
			uint8_t field = (uint8_t)ts_tree_cursor_current_field_id(&cursor);
			if (old->n > 0) copied = flat_copy(old, node, out, n, cap, parent, field);
			if (copied == 0) {
				flat_node *f = &out[n];
				f->start = ts_node_start_byte(node);
				f->end = ts_node_end_byte(node);
				f->parent = parent;
				f->next = -1;
				f->symbol = ts_node_symbol(node);
				f->field = field;
				f->flags = (uint8_t)((ts_node_is_named(node) ? 1 : 0) | (ts_node_is_missing(node) ? 2 : 0) | (ts_node_is_extra(node) ? 4 : 0));
			}
		} else {
			// Out of room: count on without writing. Parents are not needed for counting.
			n++;
			if (ts_tree_cursor_goto_first_child(&cursor)) continue;
			for (;;) {
				if (ts_tree_cursor_goto_next_sibling(&cursor)) break;
				if (!ts_tree_cursor_goto_parent(&cursor)) { ts_tree_cursor_delete(&cursor); return n; }
			}
			continue;
		}
		if (copied > 0) {
			n += copied;
		} else {
			n++;
			if (ts_tree_cursor_goto_first_child(&cursor)) { parent = self; continue; }
			out[self].next = (int32_t)n;
		}
		for (;;) {
			if (ts_tree_cursor_goto_next_sibling(&cursor)) break;
			if (!ts_tree_cursor_goto_parent(&cursor)) { ts_tree_cursor_delete(&cursor); return n; }
			out[parent].next = (int32_t)n;
			parent = out[parent].parent;
		}
	}
}
*/
import "C"

import (
	"runtime"
	"unsafe"

	sitter "github.com/smacker/go-tree-sitter"
)

// Node is one node of a tree, in preorder. Its children follow it; Next is the index behind
// its last descendant, so a node without children has Next == its own index + 1.
type Node struct {
	Start, End uint32 // bytes
	Parent     int32  // -1 for the root
	Next       int32
	Symbol     uint16 // of the grammar; 65535 is an error
	Field      uint8  // of the grammar; 0 is none
	Flags      uint8
}

// Flags of a node.
const (
	Named   = 1 << iota
	Missing // inserted by error recovery; empty
	Extra   // may stand anywhere: a comment
)

// The Go and C layouts are the same; a difference would not compile.
var _ = [1]struct{}{}[unsafe.Sizeof(Node{})-unsafe.Sizeof(C.flat_node{})]

// Old is the tree before an edit, with its nodes, so that what did not change is copied.
type Old struct {
	Tree     *sitter.Tree // after Edit
	Nodes    []Node       // of Tree before Edit
	From, To uint32       // what was edited, in the new text
	Delta    int          // by how much the rest has moved
}

// Fill writes tree's nodes into buf, which grows where it is too small, and returns them.
// old may be nil.
func Fill(tree *sitter.Tree, old *Old, buf []Node) []Node {
	c := pointer(tree)
	var before C.flat_old
	var pin runtime.Pinner
	defer pin.Unpin()
	if old != nil && len(old.Nodes) > 0 {
		pin.Pin(&old.Nodes[0])
		before = C.flat_old{(*C.flat_node)(unsafe.Pointer(&old.Nodes[0])), C.uint32_t(len(old.Nodes)), C.uint32_t(old.From), C.uint32_t(old.To), C.int64_t(old.Delta)}
		C.flat_widen(&before, pointer(old.Tree), c)
	}
	for {
		buf = buf[:cap(buf)]
		if len(buf) == 0 {
			buf = make([]Node, 1024)
		}
		n := int(C.flat_fill(c, (*C.flat_node)(unsafe.Pointer(&buf[0])), C.uint32_t(len(buf)), &before))
		if n <= len(buf) {
			return buf[:n]
		}
		buf = make([]Node, n)
	}
}

func pointer(tree *sitter.Tree) *C.TSTree {
	return (*C.TSTree)(*(*unsafe.Pointer)(unsafe.Pointer(tree.BaseTree)))
}

// Release gives memory of closed trees back to the system, where its C library can do that.
func Release() { C.flat_release() }
