"""A server declares the address, and so does not call it."""


@app.put("/v1/request/{request_id}/property")
def put_property(request_id: str, body: Property) -> None: ...


app.router.add_route("PUT", "/v1/request/<request_id>/property", put_property)
