requests.put(urljoin(BASE, f"/v1/request/{request_id}/property"), json={"key": "app", "value": "joined"})
