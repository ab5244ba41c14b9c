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

// flat_fill writes the tree in preorder and returns its number of nodes, which may exceed
// cap: then out holds the first cap nodes with their `next` unfinished, and the caller
// calls again with room. The walk keeps its own place in the array instead of recursing,
// so that no nesting is too deep for it.
static uint32_t flat_fill(const TSTree *tree, flat_node *out, uint32_t cap) {
	TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	uint32_t n = 0;
	int32_t parent = -1;
	for (;;) {
		TSNode node = ts_tree_cursor_current_node(&cursor);
		int32_t self = (int32_t)n;
		if (n < cap) {
			flat_node *f = &out[n];
			f->start = ts_node_start_byte(node);
			f->end = ts_node_end_byte(node);
			f->parent = parent;
			f->next = -1;
			f->symbol = ts_node_symbol(node);
			f->field = (uint8_t)ts_tree_cursor_current_field_id(&cursor);
			f->flags = (uint8_t)((ts_node_is_named(node) ? 1 : 0) | (ts_node_is_missing(node) ? 2 : 0) | (ts_node_is_extra(node) ? 4 : 0));
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
		n++;
		if (ts_tree_cursor_goto_first_child(&cursor)) { parent = self; continue; }
		out[self].next = (int32_t)n;
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

// Fill writes tree's nodes into buf, which grows where it is too small, and returns them.
func Fill(tree *sitter.Tree, buf []Node) []Node {
	c := *(*unsafe.Pointer)(unsafe.Pointer(tree.BaseTree))
	for {
		buf = buf[:cap(buf)]
		if len(buf) == 0 {
			buf = make([]Node, 1024)
		}
		n := int(C.flat_fill((*C.TSTree)(c), (*C.flat_node)(unsafe.Pointer(&buf[0])), C.uint32_t(len(buf))))
		if n <= len(buf) {
			return buf[:n]
		}
		buf = make([]Node, n)
	}
}
