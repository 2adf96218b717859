await fetch(`${api}/v1/request/${id}/property`, {
  method: "PUT",
  headers,
  body: JSON.stringify({ key: "environment", value: "production" }),
});
await fetch(api + "/v1/request/" + id + "/property", { method: 'put', body: JSON.stringify({ "key": "app", "value": name }) });
await axios.put(`${api}/v1/request/${id}/property`, { key: "app", value: "chat" }, { headers });
await axios({ url: `${api}/v1/request/${id}/property`, method: "PUT", data: { key: "app", value: "chat" } });
await axios.request({ method: "PUT", url: `/v1/request/${id}/property`, data: { key: "app", value: "chat" } });
await got.put(`${api}/v1/request/${id}/property`, { json: { key: "user_tier", value: "pro" } });
await ky(`${api}/v1/request/${id}/property`, { method: "put", json: { key: "user_tier", value: "pro" } });
const options = { method: "PUT", body: JSON.stringify({ key: "billable", value: String(true) }) };
await fetch(`${api}/v1/request/${id}/property`, options);
const url = `${api}/v1/request/${id}/property`;
const body = { key: "app", value: "chat" };
await fetch(url, { method: "PUT", body: JSON.stringify(body) });
await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: '{"key": "app", "value": "chat"}' });
await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: `{"key": "app", "value": "${name}"}` });
await fetch(`${api}/v1/request/${id}/property`);
await fetch(`${api}/v1/request/${id}/property`, { method: "POST", body: JSON.stringify({ key: "no_put" }) });
await fetch(`/v1/property/${id}/search`, { method: "PUT", body: JSON.stringify({ key: "another" }) });
