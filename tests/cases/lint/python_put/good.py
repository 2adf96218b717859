httpx.put(f"{api}/v1/request/{request_id}/property", json={"key": "environment", "value": "production"})
requests.put(url=f"{API}/v1/request/{i}/property", data=json.dumps({"key": "app", "value": name}))
requests.request("PUT", api + "/v1/request/" + i + "/property", json={"key": "app", "value": "chat"})
session.request(method="put", url="%s/v1/request/%s/property" % (api, i), json={"value": "free", "key": "user_tier"})
urllib.request.Request(
    "{}/v1/request/{}/property".format(api, i), data=json.dumps({"key": "app", "value": "x"}).encode(), method="PUT"
)
ADDRESS = "https://api.helicone.ai/v1/request/{}/property"
BODY = {"key": "billable", "value": "true"}
httpx.put(ADDRESS.format(i), json=BODY)


async def write(session):
    async with session.put(f"{API}/v1/request/{i}/property", json={"key": "app", "value": "chat"}) as answer:
        await answer.json()
    client.put(f"/v1/request/{i}/property", content='{"key": "environment", "value": "staging"}')
    httpx.post(f"{API}/v1/request/{i}/property", json={"key": "not_a_put", "value": "x"})
    httpx.put(f"{API}/v1/property/{i}/search", json={"key": "another_call"})
    httpx.get(f"{API}/v1/request/{i}/property")
