package assistant

func send(req *http.Request, properties map[string]string, name string) {
	req.Header.Set("Helicone-Property-AppName", "chat")
	req.Header.Set("Helicone-Property-Environment", "test")
	req.Header.Add("Helicone-Property-Env", "dev")
	option.WithHeader("Helicone-Property-User_Tier", "gold")
	for k, v := range properties {
		req.Header.Set("Helicone-Property-"+k, v)
		req.Header.Set(fmt.Sprintf("Helicone-Property-%s", k), v)
		opts = append(opts, option.WithHeader(fmt.Sprintf("Helicone-Property-%v", k), v))
	}
	req.Header.Set(fmt.Sprintf("Helicone-Property-%s-%d", "app", 3), name)
	req.Header.Set(fmt.Sprintf("Helicone-Property-featur_%s", name), "on")
	req.Header.Set("Helicone-Property-App", "caf\u00e9 \U0001F600")
	exec.Command("curl", "-H", "Helicone-Property-Env: prod", endpoint)
	exec.Command("sh", "-c", `curl -H "Helicone-Property-Env: dev" -H 'Helicone-Property-App: chat' `+endpoint)
	exec.Command("sh", "-c", fmt.Sprintf("curl -H 'Helicone-Property-Apps: %s' %s", name, endpoint))
	fmt.Println("try: curl -H 'Helicone-Property-Nope: x'")
}

func headerOf(name string) string { return "Helicone-Property-" + name }

func headerFor(name string) (string, error) {
	return fmt.Sprintf("Helicone-Property-%s", name), nil
}
