// The command module-zip packs a Go module as a GOPROXY has it, by the rules of the go command itself.
//
//	go run . MODULE VERSION TIME OUT
//
// writes OUT/MODULE-PATH/@v/list and VERSION.info, VERSION.mod and VERSION.zip beside it.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("module-zip: ")
	if len(os.Args) != 5 {
		log.Fatal("It wants a module's folder, a version, its time as RFC 3339 has it, and a folder for the result.")
	}
	if err := pack(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		log.Fatal(err)
	}
}

func pack(folder, version, at, out string) error {
	mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil {
		return err
	}
	packed := module.Version{Path: modfile.ModulePath(mod), Version: version}
	if err := module.Check(packed.Path, packed.Version); err != nil {
		return err
	}
	written, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return err
	}
	info, err := json.Marshal(struct {
		Version string
		Time    time.Time
	}{version, written})
	if err != nil {
		return err
	}
	escaped, err := module.EscapePath(packed.Path)
	if err != nil {
		return err
	}
	proxy := filepath.Join(out, filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(proxy, 0o755); err != nil {
		return err
	}
	for name, content := range map[string][]byte{"list": []byte(version + "\n"), version + ".info": info, version + ".mod": mod} {
		if err := os.WriteFile(filepath.Join(proxy, name), content, 0o644); err != nil {
			return err
		}
	}
	return writeZip(filepath.Join(proxy, version+".zip"), packed, folder)
}

func writeZip(path string, packed module.Version, folder string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := zip.CreateFromDir(file, packed, folder); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	checked, err := zip.CheckZip(packed, path)
	if err != nil {
		return err
	}
	if err := checked.Err(); err != nil {
		return fmt.Errorf("the zip breaks the rules for modules: %w", err)
	}
	return nil
}
