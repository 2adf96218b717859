package assistant

type propertyUpdate struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func write(ctx context.Context, base, id, name string) error {
	url := fmt.Sprintf("%s/v1/request/%s/property", base, id)
	body, err := json.Marshal(map[string]string{"key": "environment", "value": "production"})
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, bytes.NewReader(body))

	payload, err := json.Marshal(propertyUpdate{Key: "app", Value: name})
	req, err = http.NewRequest("PUT", base+"/v1/request/"+id+"/property", bytes.NewBuffer(payload))

	http.NewRequest(http.MethodPut, url, strings.NewReader(`{"key": "user_tier", "value": "free"}`))
	http.NewRequest("PUT", url, bytes.NewBufferString("{\"key\": \"app\", \"value\": \"chat\"}"))

	update := &propertyUpdate{
		Key:   "billable",
		Value: "true",
	}
	resty.New().R().SetBody(update).Put(url)
	resty.New().R().
		SetHeader("Content-Type", "application/json").
		SetBody(map[string]any{"key": "app", "value": "chat"}).
		Put(fmt.Sprintf("%s/v1/request/%s/property", base, id))
	http.Post(url, "application/json", strings.NewReader(`{"key": "not_a_put", "value": "x"}`))
	http.Get(url)
	return err
}
