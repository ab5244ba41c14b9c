// Command bench measures what qodacode claims about its speed and memory. It drives the real
// binary as an editor and a shell would, over stdio, with files on disk, and prints a table.
//
//	go run ./bench                          # all of it, on generated agent code
//	go run ./bench --files 'src/**/*.py'    # on real files
//	go run ./bench --only type --edits 2000 --detail
//
// It measures nothing that it has not checked: each answer has to be about the version that
// was just typed and to hold the finding that must be there, at its place.
//
//	code.go, code/     generated files, like those that people write
//	block.go           the places in a file where the typist types, and what must follow
//	client.go          LSP from the editor's side; server.go: a server's process
//	document.go        an open document as the editor has it
//	start.go type.go ask.go memory.go check.go rules.go    what is measured
//	stats.go report.go                            what is printed
package main
