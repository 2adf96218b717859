package assistant

import (
	"net/http"

	"github.com/acme/llm"
)

var defaults = map[string]string{
	"Helicone-Auth":                 "Bearer " + key,
	"Helicone-Property-Environment": "production",
	`Helicone-Property-Customer_Id`: `cust_1`, // raw strings
	"helicone-property-user_tier":   tier,
}

func headers(live bool, name string) http.Header {
	common := http.Header{
		"Helicone-Property-App":         {"chat"},
		"Helicone-Property-Environment": []string{"staging"},
	}
	common["Helicone-Property-Billable"] = []string{"true"}
	defaults["Helicone-Property-App"] = name
	defaults["Helicone-Property-"+"App"] = "chat"
	return common
}

func client() *llm.Client {
	return llm.New(&llm.Config{
		BaseURL: "https://oai.helicone.ai/v1",
		Headers: map[string]string{"Helicone-Property-App": "chat"},
		Pairs:   [][2]string{{"Helicone-Property-App", "chat"}, {"Accept", "text/plain"}},
		More:    []llm.Header{{Name: "Helicone-Property-App", Value: "chat"}, {Key: "Helicone-Property-App", Value: name}},
	})
}
