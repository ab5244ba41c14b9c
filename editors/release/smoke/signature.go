package main

import (
	"bytes"
	"crypto/sha256"
	"debug/macho"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
)

// Numbers of Apple's code signatures, from xnu's osfmk/kern/cs_blobs.h; big-endian.
const (
	loadSignature  = 0x1d
	magicSuper     = 0xfade0cc0
	magicDirectory = 0xfade0c02
	hashSHA256     = 2
)

// verifySignature checks the hash of every page that a program's signature holds, as macOS does
// when it loads the page, and returns how many there are; none when the program is not signed.
// Who signed is not looked at: the programs are signed ad hoc, by nobody.
func verifySignature(file string, f *macho.File) (pages int, err error) {
	var at, size uint32
	for _, l := range f.Loads {
		if raw := l.Raw(); f.ByteOrder.Uint32(raw) == loadSignature {
			at, size = f.ByteOrder.Uint32(raw[8:]), f.ByteOrder.Uint32(raw[12:])
		}
	}
	if size == 0 {
		return 0, nil
	}
	program, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	if uint64(at)+uint64(size) > uint64(len(program)) {
		return 0, errors.New("the signature ends behind the file")
	}
	return verifyPages(program, program[at:at+size])
}

func verifyPages(program, signature []byte) (pages int, err error) {
	word := func(b []byte, i uint32) uint32 { return binary.BigEndian.Uint32(b[i:]) }
	defer func() {
		if recover() != nil {
			err = errors.New("the signature is cut short")
		}
	}()
	signature = slices.Clip(signature) // so that a slice that ends behind it panics
	if word(signature, 0) != magicSuper {
		return 0, errors.New("the signature is none")
	}
	for i := range word(signature, 8) {
		d := signature[word(signature, 16+8*i):]
		if word(d, 0) != magicDirectory {
			continue
		}
		hashes, count, limit, hash, page := word(d, 16), word(d, 28), word(d, 32), d[37], 1<<d[39]
		if hash != hashSHA256 {
			return 0, fmt.Errorf("the signature has hashes of kind %d; %d is looked at", hash, hashSHA256)
		}
		code := program[:limit]
		for i := range int(count) {
			sum := sha256.Sum256(code[i*page : min((i+1)*page, len(code))])
			if !bytes.Equal(sum[:], d[int(hashes)+i*sha256.Size:][:sha256.Size]) {
				return 0, fmt.Errorf("page %d is not the one that was signed", i)
			}
		}
		if int(count)*page < len(code) {
			return 0, errors.New("the signature leaves pages out")
		}
		return int(count), nil
	}
	return 0, errors.New("the signature has no hashes of pages")
}
