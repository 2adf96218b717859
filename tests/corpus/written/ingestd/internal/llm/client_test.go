package llm

import (
	"net/http"
	"testing"
)

func TestUnderscoresBecomeHyphens(t *testing.T) {
	header := http.Header{}
	setProperties(header, nil)
	if got := header.Get("Helicone-Property-Source-Table"); got != "" {
		t.Fatalf("got %q", got)
	}
}
