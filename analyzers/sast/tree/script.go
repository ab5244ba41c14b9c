package tree

// script lowers a JavaScript or TypeScript file.
func (b *builder) script() {
	id := b.open(Module, Elem, 0)
	b.close(id)
}
