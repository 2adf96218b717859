package jobs

import (
	"context"
	"strconv"

	"example.com/ingestd/internal/llm"
	"example.com/ingestd/internal/metrics"
)

type Enricher struct {
	client *llm.Client
}

func NewEnricher(region string) *Enricher {
	return &Enricher{client: llm.New(llm.Properties{"region": region, "job": "enrich"})}
}

func (e *Enricher) Run(ctx context.Context, rows []string, source string) ([]string, error) {
	metrics.Count("rows", metrics.Properties{"job": "enrich", "source": source})
	out := make([]string, 0, len(rows))
	for i, row := range rows {
		text, err := e.client.Complete(ctx, llm.Request{
			Model:   "gpt-4o-mini",
			Prompt:  "Name the company in: " + row,
			Feature: "company-name",
			Properties: llm.Properties{
				"source_table": source,
				"row":          strconv.Itoa(i),
			},
		})
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}
