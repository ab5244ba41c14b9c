package main

import (
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// glibc is the newest version of glibc, 2.x, that a program for Linux may need: that of 2012.
const glibc = 17

func checkELF(file string, p platform) (string, error) {
	f, err := elf.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if f.Machine != p.elf {
		return "", fmt.Errorf("is for %v", f.Machine)
	}
	if f.Section(".debug_info") != nil || f.Section(".symtab") != nil {
		return "", errors.New("is not stripped")
	}
	libraries, err := f.ImportedLibraries()
	if err != nil {
		return "", err
	}
	if p.static {
		if len(libraries) > 0 || slices.ContainsFunc(f.Progs, func(s *elf.Prog) bool { return s.Type == elf.PT_INTERP }) {
			return "", fmt.Errorf("is not static: loads %v", libraries)
		}
		return "static", nil
	}
	if i := slices.IndexFunc(libraries, func(l string) bool { return !isGlibc(l) }); i >= 0 {
		return "", fmt.Errorf("loads %s", libraries[i])
	}
	symbols, err := f.ImportedSymbols()
	if err != nil {
		return "", err
	}
	newest := 0
	for _, s := range symbols {
		version, ok := strings.CutPrefix(s.Version, "GLIBC_2.")
		if !ok {
			continue
		}
		minor, err := strconv.Atoi(strings.Split(version, ".")[0])
		if err != nil || minor > glibc {
			return "", fmt.Errorf("needs %s of glibc 2.%s; 2.%d must do", s.Name, version, glibc)
		}
		newest = max(newest, minor)
	}
	return fmt.Sprintf("needs glibc 2.%d", newest), nil
}

func isGlibc(library string) bool {
	name, _, _ := strings.Cut(library, ".so")
	return slices.Contains([]string{"libc", "libpthread", "libdl", "libm", "librt", "libresolv", "ld-linux-x86-64", "ld-linux-aarch64"}, name)
}

func checkPE(file string, p platform) (string, error) {
	f, err := pe.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if f.Machine != p.pe {
		return "", fmt.Errorf("is for machine %#x", f.Machine)
	}
	symbols, err := f.ImportedSymbols() // NAME:LIBRARY
	if err != nil {
		return "", err
	}
	for _, s := range symbols {
		_, library, _ := strings.Cut(s, ":")
		if !isWindows(strings.ToLower(library)) {
			return "", fmt.Errorf("loads %s, which is no part of Windows", library)
		}
	}
	return "needs Windows only", nil
}

func isWindows(library string) bool {
	return strings.HasPrefix(library, "api-ms-win-crt-") || slices.Contains([]string{"advapi32.dll", "kernel32.dll", "ntdll.dll", "msvcrt.dll", "ucrtbase.dll", "user32.dll", "ws2_32.dll"}, library)
}

// macOS is the oldest version of macOS that Go's programs run on.
const macOS = 12

func checkMachO(file string, p platform) (string, error) {
	f, err := macho.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if f.Cpu != p.macho {
		return "", fmt.Errorf("is for %v", f.Cpu)
	}
	libraries, err := f.ImportedLibraries()
	if err != nil {
		return "", err
	}
	for _, l := range libraries {
		if !strings.HasPrefix(l, "/usr/lib/") && !strings.HasPrefix(l, "/System/Library/Frameworks/") {
			return "", fmt.Errorf("loads %s, which is no part of macOS", l)
		}
	}
	oldest, err := oldestMacOS(f)
	if err != nil {
		return "", err
	}
	if oldest > macOS {
		return "", fmt.Errorf("needs macOS %d; %d must do", oldest, macOS)
	}
	pages, err := verifySignature(file, f)
	if err != nil {
		return "", err
	}
	signature := fmt.Sprintf("signature of %d pages is right", pages)
	if pages == 0 {
		if p.processor == "arm64" {
			return "", errors.New("is not signed; macOS starts no such program on arm64")
		}
		signature = "not signed"
	}
	return fmt.Sprintf("needs macOS %d, %s", oldest, signature), nil
}

// oldestMacOS is the major version of macOS that a program says it needs.
func oldestMacOS(f *macho.File) (int, error) {
	const versionMin, buildVersion = 0x24, 0x32
	for _, l := range f.Loads {
		raw := l.Raw()
		switch f.ByteOrder.Uint32(raw) {
		case versionMin:
			return int(f.ByteOrder.Uint32(raw[8:]) >> 16), nil
		case buildVersion:
			return int(f.ByteOrder.Uint32(raw[12:]) >> 16), nil
		}
	}
	return 0, errors.New("does not say which macOS it needs")
}
