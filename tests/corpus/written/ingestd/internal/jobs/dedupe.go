package jobs

import (
	"context"

	ai "example.com/ingestd/internal/llm"
)

func Dedupe(ctx context.Context, client *ai.Client, a, b string, dryRun bool) (bool, error) {
	properties := ai.Properties{"job": "dedupe"}
	if dryRun {
		properties["dry_run"] = "true"
	}
	answer, err := client.Complete(ctx, ai.Request{Model: "gpt-4o", Prompt: "Same? " + a + " / " + b, Properties: properties})
	return answer == "yes", err
}
