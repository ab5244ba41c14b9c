//go:build !unix

package main

import "os"

// peakResident is 0: this system does not tell.
func peakResident(*os.ProcessState) float64 { return 0 }
