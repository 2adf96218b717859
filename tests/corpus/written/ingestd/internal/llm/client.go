// Package llm is the only package that talks to a model.
package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
)

const propertyPrefix = "Helicone-Property-"

// Properties are sent with a request and can be filtered by later.
type Properties map[string]string

type Request struct {
	Model      string
	Prompt     string
	Feature    string
	Properties Properties
}

type Client struct {
	http     *http.Client
	base     string
	defaults Properties
}

func New(defaults Properties) *Client {
	return &Client{http: http.DefaultClient, base: "https://oai.helicone.ai/v1", defaults: defaults}
}

func setProperties(header http.Header, properties Properties) {
	for name, value := range properties {
		header.Set(propertyPrefix+strings.ReplaceAll(name, "_", "-"), value)
	}
}

func (c *Client) Complete(ctx context.Context, r Request) (string, error) {
	body, err := json.Marshal(map[string]any{
		"model":    r.Model,
		"messages": []map[string]string{{"role": "user", "content": r.Prompt}},
	})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Helicone-Auth", "Bearer "+os.Getenv("HELICONE_API_KEY"))
	req.Header.Set("Helicone-Property-Service", "ingestd")
	if r.Feature != "" {
		req.Header.Set("Helicone-Property-Feature", r.Feature)
	}
	setProperties(req.Header, c.defaults)
	setProperties(req.Header, r.Properties)

	res, err := c.http.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	if res.Header.Get("Helicone-Property-Feature") != "" {
		return "", fmt.Errorf("the gateway echoed our headers")
	}
	var answer struct {
		Choices []struct {
			Message struct{ Content string }
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return "", err
	}
	return answer.Choices[0].Message.Content, nil
}
