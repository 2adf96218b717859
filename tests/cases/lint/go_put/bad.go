package assistant

func write(base, id, key, value string) error {
	url := base + "/v1/request/" + id + "/property"
	http.NewRequest("PUT", url, strings.NewReader(`{"key": "env", "value": "production"}`))
	http.NewRequest("PUT", url, strings.NewReader(`{"environment": "production"}`))
	http.NewRequest("PUT", url, strings.NewReader(fmt.Sprintf(`{"key": "%s", "value": "%s"}`, key, value)))
	http.NewRequest("PUT", url, strings.NewReader(fmt.Sprintf(`{"key": %q, "value": %q}`, key, value)))
	body, _ := json.Marshal(map[string]any{"key": "billable", "value": true})
	http.NewRequest(http.MethodPut, url, bytes.NewBuffer(body))
	wrong, _ := json.Marshal(map[string]string{"environment": "production"})
	http.NewRequest(http.MethodPut, url, bytes.NewBuffer(wrong))
	update := Update{Key: key, Value: value}
	data, _ := json.Marshal(update)
	http.NewRequestWithContext(ctx, http.MethodPut, url, bytes.NewReader(data))
	http.NewRequest(http.MethodPut, url, given)
	var buffer bytes.Buffer
	json.NewEncoder(&buffer).Encode(Update{Key: "app", Value: "x"})
	http.NewRequest(http.MethodPut, url, &buffer)
	resty.New().R().SetBody(Update{Key: "unheard", Value: value}).Put(url)
	c.do(http.MethodPut, "/v1/request/"+id+"/property", Update{Key: "user_tier", Value: "gold"})
}
