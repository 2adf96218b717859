package assistant

func send(ctx context.Context, req *http.Request, tier, name string) error {
	req.Header.Set("Helicone-Property-App", "chat")
	req.Header.Add("Helicone-Property-Environment", "staging")
	req.Header.Set(http.CanonicalHeaderKey("helicone-property-app"), "chat")
	req.Header.Set("Helicone-Property-User_Tier", string(tier))
	req.Header.Set("Helicone-Property-Customer_Id", fmt.Sprintf("cust_%s", name))
	req.Header.Set(fmt.Sprintf("Helicone-Property-%s", "app"), "chat")
	req.Header.Set(fmt.Sprintf("Helicone-Property-feature_%s", name), "enabled")
	req.Header.Set("Helicone-Property-User_Tier", cmp.Or(tier, "free"))
	client := openai.NewClient(
		option.WithBaseURL("https://oai.helicone.ai/v1"),
		option.WithHeader("Helicone-Property-App", "chat"),
	)
	_, err := resty.New().R().
		SetHeader("Helicone-Property-App", "chat").
		SetHeaders(map[string]string{"Helicone-Property-Environment": "production"}).
		Post(endpoint)
	cmd := exec.Command("curl", "-H", "Helicone-Property-App: chat", endpoint)
	return err
}
