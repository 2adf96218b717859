package assistant

// req.Header.Set("Helicone-Property-Nope", "x")

/* map[string]string{"Helicone-Property-Nope": "x"} */

const propertyPrefix = "Helicone-Property-"

var allowed = []string{"Helicone-Property-Nope", "Helicone-Property-Other", "Authorization"}

var known = map[string]struct{}{"Helicone-Property-Nope": {}}

type Config struct {
	App string `header:"Helicone-Property-Nope"`
}

func read(r *http.Request, h map[string]string) {
	value := r.Header.Get("Helicone-Property-Nope")
	value = h["Helicone-Property-Nope"]
	if v, ok := h["Helicone-Property-Nope"]; ok {
		use(v)
	}
	if r.Header.Get("Helicone-Property-Nope") == "x" {
		return
	}
	delete(h, "Helicone-Property-Nope")
	r.Header.Del("Helicone-Property-Nope")
	for k := range r.Header {
		if strings.HasPrefix(k, "Helicone-Property-") {
			continue
		}
		if strings.EqualFold(k, "Helicone-Property-Nope") || k == "Helicone-Property-Nope" {
			continue
		}
		name := strings.TrimPrefix(k, propertyPrefix)
		switch k {
		case "Helicone-Property-Nope":
			use(name)
		}
	}
	log.Printf("sending Helicone-Property-Nope: %s", value)
	slog.Info("Helicone-Property-Nope", "value", value)
	fmt.Errorf("Helicone-Property-Nope: %w", err)
	os.Setenv("HELICONE_PROPERTY_NOPE", "x")
	pattern := regexp.MustCompile("Helicone-Property-(.*)")
	corsHeaders := strings.Join([]string{"Helicone-Property-Nope", "Accept"}, ", ")
}
