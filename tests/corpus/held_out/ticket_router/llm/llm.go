package llm

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

func Ask(ctx context.Context, prompt string, options ...Option) (string, error) {
	body, _ := json.Marshal(map[string]any{"model": "gpt-4o-mini", "prompt": prompt})
	req, err := http.NewRequestWithContext(ctx, "POST", "https://oai.helicone.ai/v1/completions", strings.NewReader(string(body)))
	if err != nil {
		return "", err
	}
	for _, option := range options {
		option(req.Header)
	}
	req.Header["Helicone-Property-Service"] = []string{"ticket-router"}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var out struct{ Choices []struct{ Text string } }
	err = json.NewDecoder(res.Body).Decode(&out)
	return out.Choices[0].Text, err
}
