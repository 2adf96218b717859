await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: JSON.stringify({ key: "env", value: "prod" }) });
await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: JSON.stringify({ Environment: "production" }) });
await axios.put(`${api}/v1/request/${id}/property`, { key: "billable", value: true });
await axios.put(`${api}/v1/request/${id}/property`, { key, value });
await axios.put(`${api}/v1/request/${id}/property`, payload);
await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: `{"key": "user_tier", "value": "gold"}` });
await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: JSON.stringify({ [name]: "x" }) });
await fetch(`${api}/v1/request/${id}/property`, { method: "PUT", body: JSON.stringify({ ...entry }) });
