// A program that uses the module: encodes a message, and prints its bytes.
package main

import (
	"fmt"
	"log"
	"os"
	"strings"

	graft "graft.dev/encoders/go"
)

func main() {
	descriptors, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	operations := graft.MustReadOperations(strings.TrimSpace(string(descriptors)))
	mask, err := operations.Encode("acme.frames.v1.Mask", graft.Values{"input": "price", "keep": 4, "with": "•"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%x\n", mask)
}
