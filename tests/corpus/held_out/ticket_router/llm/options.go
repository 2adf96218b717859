package llm

import "net/http"

const (
	KeyQueue = "queue"
	KeyTeam  = "team"
)

type Option func(http.Header)

func WithProperty(key, value string) Option {
	return func(h http.Header) { h.Add("Helicone-Property-"+key, value) }
}

func WithProperties(properties map[string]string) Option {
	return func(h http.Header) {
		for k, v := range properties {
			WithProperty(k, v)(h)
		}
	}
}

// WithTenant keeps the tenants apart.
func WithTenant(tenant string) Option {
	return WithProperty("tenant", tenant)
}
