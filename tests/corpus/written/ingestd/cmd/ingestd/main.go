package main

import (
	"context"
	"os"

	"example.com/ingestd/internal/jobs"
)

func main() {
	enricher := jobs.NewEnricher(os.Getenv("REGION"))
	if _, err := enricher.Run(context.Background(), os.Args[2:], os.Args[1]); err != nil {
		os.Exit(1)
	}
}
