package assistant

const (
	prefix    = "Helicone-Property-"
	HeaderEnv = prefix + "Env"
	Unheard   = "Helicone-Property-Unheard"
	ShortEnv  = "prod"
)

func set(req *http.Request, key, value string) {
	req.Header.Set(HeaderEnv, "production")
	req.Header.Set(Unheard, value)
	req.Header.Set("Helicone-Property-Environment", ShortEnv)
	environment := "prod"
	if value != "" {
		environment = "qa"
	}
	headers := map[string]string{"Helicone-Property-Environment": environment, Unheard: "x", prefix + key: value}
	name := prefix
	name += key
	req.Header.Set(name, value)
	tier := "gold"
	tier += value
	req.Header.Set("Helicone-Property-User_Tier", tier)
}

func shadowed(req *http.Request, ShortEnv string) {
	req.Header.Set("Helicone-Property-Environment", ShortEnv)
}
