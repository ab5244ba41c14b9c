package main

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"os"
	"os/exec"
	"runtime"
)

// platform is what a target of the release runs on.
type platform struct {
	system, processor string // as Go names them
	static            bool   // loads no library at all
	elf               elf.Machine
	macho             macho.Cpu
	pe                uint16
	// check fails when a program needs something that a machine of the platform may lack. It
	// returns, in words, what the program needs.
	check func(file string, p platform) (string, error)
}

var platforms = map[string]platform{
	"linux-x64":    {system: "linux", processor: "amd64", elf: elf.EM_X86_64, check: checkELF},
	"linux-arm64":  {system: "linux", processor: "arm64", elf: elf.EM_AARCH64, check: checkELF},
	"alpine-x64":   {system: "linux", processor: "amd64", elf: elf.EM_X86_64, static: true, check: checkELF},
	"alpine-arm64": {system: "linux", processor: "arm64", elf: elf.EM_AARCH64, static: true, check: checkELF},
	"darwin-x64":   {system: "darwin", processor: "amd64", macho: macho.CpuAmd64, check: checkMachO},
	"darwin-arm64": {system: "darwin", processor: "arm64", macho: macho.CpuArm64, check: checkMachO},
	"win32-x64":    {system: "windows", processor: "amd64", pe: pe.IMAGE_FILE_MACHINE_AMD64, check: checkPE},
}

// command is what starts a program of the platform as a language server on this machine, and
// what runs it, in words; nil when nothing here can, with the reason.
func (p platform) command(file string) (start *exec.Cmd, by string) {
	if p.system == runtime.GOOS && p.processor == runtime.GOARCH {
		return exec.Command(file, "lsp"), "by itself"
	}
	if runtime.GOOS != "linux" {
		return nil, "a program for " + p.system + "/" + p.processor
	}
	switch {
	case p.system == "linux" && p.processor == "arm64":
		qemu, err := exec.LookPath("qemu-aarch64-static")
		if err != nil {
			return nil, "no qemu-aarch64-static; install qemu-user-static"
		}
		if p.static {
			return exec.Command(qemu, file, "lsp"), "through qemu"
		}
		const libraries = "/usr/aarch64-linux-gnu"
		if _, err := os.Stat(libraries); err != nil {
			return nil, "no " + libraries + "; install libc6-arm64-cross"
		}
		return exec.Command(qemu, "-L", libraries, file, "lsp"), "through qemu"
	case p.system == "windows":
		for _, name := range []string{"wine64", "wine", "/usr/lib/wine/wine64"} {
			if wine, err := exec.LookPath(name); err == nil && hasRandom(wine) {
				return exec.Command(wine, file, "lsp"), "through wine"
			}
		}
		return nil, "no wine that has bcryptprimitives.dll; install wine64 9 or later"
	}
	return nil, "a program for " + p.system + "/" + p.processor
}

// hasRandom tells whether a wine has the library that Go takes random numbers from; wine 8,
// which is Debian 12's, lacks it.
func hasRandom(wine string) bool {
	out, err := exec.Command(wine, "cmd", "/c", "dir", `C:\windows\system32\bcryptprimitives.dll`).Output()
	return err == nil && bytes.Contains(out, []byte("bcryptprimitives.dll"))
}
