package assistant

var headers = map[string]string{
	"Helicone-Property-Env":           "production",
	"Helicone-Property-Environment":   "prod",
	"Helicone-Property-CustomerId":    "cust_1",
	"Helicone-Property-user_tier":     `premium`,
	"Helicone-Property-Unheard":       "x",
	"Helicone-Property-Quality_Score": "2",
	"Helicone-Property-App":           "",
	/* 😀 counts once */ "Helicone-Property-env": "dev",
}

var values = map[string]any{"Helicone-Property-Billable": true, "Helicone-Property-Quality_Score": 0.5}

func set(h http.Header) {
	h["Helicone-Property-Environment"] = []string{"test"}
	for key, value := range properties {
		h["Helicone-Property-"+key] = []string{value}
	}
	more := http.Header{"Helicone-Property-Env": {"dev"}, "Helicone-Property-Apps": []string{"chat"}}
	pairs := [][]string{{"Helicone-Property-AppName", "chat"}}
}
