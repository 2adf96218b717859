package router

import (
	"context"

	"github.com/example/ticket-router/audit"
	"github.com/example/ticket-router/llm"
)

func Route(ctx context.Context, text, tenant string) (string, error) {
	audit.Write(audit.WithProperty("queue", "inbox"), audit.WithProperty("tenant", tenant))
	queue, err := llm.Ask(ctx, "Which queue? "+text,
		llm.WithTenant(tenant),
		llm.WithProperty(llm.KeyQueue, "inbox"),
		llm.WithProperties(map[string]string{
			llm.KeyTeam: "support",
			"step":      "route",
		}),
	)
	if err != nil {
		return "", err
	}
	_, err = llm.Ask(ctx, "Why? "+text, llm.WithTenant("internal"), llm.WithProperty("step", "explain"))
	return queue, err
}
