package assistant

const headerPrefix = "Helicone-Property-"

const (
	HeaderEnvironment        = headerPrefix + "Environment"
	HeaderApp         string = "Helicone-Property-App"
)

var appName, tierName = "chat", "free"

type client struct{ environment string }

func (c *client) headers(req *http.Request, name string) {
	environment := "staging"
	if c.live {
		environment = "production"
	}
	req.Header.Set(HeaderEnvironment, environment)
	req.Header.Set(HeaderApp, appName)
	req.Header.Set(headerPrefix+"App", "chat")
	first, second := "Helicone-Property-App", "Helicone-Property-User_Tier"
	req.Header.Set(second, "free")
	req.Header.Set(first, name)
	app, ok := os.LookupEnv("APP")
	req.Header.Set(HeaderApp, app)
	var tier string
	switch c.plan {
	case 1:
		tier = "pro"
	default:
		tier = "free"
	}
	req.Header.Set("Helicone-Property-User_Tier", tier)
	req.Header.Set(HeaderApp, func(appName string) string { return appName }("x"))
	for _, appName := range names {
		req.Header.Set(HeaderApp, appName)
	}
}
