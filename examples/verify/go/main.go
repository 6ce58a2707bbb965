package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// main prints {name: code} for each vector of the file named on the command line.
func main() {
	data, err := os.ReadFile(os.Args[1])
	var file struct {
		Vectors []struct {
			Name, File string
			Asked
		}
	}
	if err == nil {
		err = json.Unmarshal(data, &file)
	}
	codes := map[string]string{}
	for _, vector := range file.Vectors {
		_, refused := Verify(vector.File, vector.Asked)
		codes[vector.Name] = CodeOf(refused)
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(codes)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
