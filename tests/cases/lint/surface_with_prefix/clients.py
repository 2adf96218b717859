OpenAI(base_url=url, default_headers={"Helicone-Property-App": "a1"})
AsyncAnthropic(default_headers={"Helicone-Property-App": "a2"})
client.chat.completions.create(model="m", extra_headers={"Helicone-Property-App": "a3"})
client.with_options(default_headers={"Helicone-Property-App": "a4"}).chat()
ChatOpenAI(default_headers={"Helicone-Property-App": "a5"}).bind(extra_headers={"Helicone-Property-App": "a6"})
litellm.completion(model="m", extra_headers={"Helicone-Property-App": "a7"}, headers={"Helicone-Property-App": "a8"})
litellm.completion(model="m", metadata={"Helicone-Property-App": "a9"})
Router(model_list=[{"litellm_params": {"extra_headers": {"Helicone-Property-App": "b1"}}}])
requests.post(url, headers={"Helicone-Property-App": "b2"})
headers["Helicone-Property-App"] = "b3"
headers.update({"Helicone-Property-App": "b4"})
named = {f"Helicone-Property-{key}": value for key, value in {"app": "b5"}.items()}
HeliconeManualLogger(headers={"Helicone-Property-App": "b6"}).log_request(
    request, operation, additional_headers={"Helicone-Property-App": "b7"}
)
httpx.put(f"{api}/v1/request/{id}/property", json={"key": "app", "value": "b8"})
