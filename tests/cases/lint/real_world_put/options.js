const options = {
  method: "PUT",
  headers: { Authorization: key },
  body: '{"key":"app","value":"web"}',
};

fetch("https://api.helicone.ai/v1/request/{requestId}/property", options).then((answer) => answer.json());
await client.PUT("/v1/request/{requestId}/property", { params: { path: { requestId } }, body: { key: "app", value } });
const paths = { "/v1/request/{requestId}/property": { put: {} } };
