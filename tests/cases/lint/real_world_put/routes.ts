router.put("/v1/request/:id/property", handler);
app.put("/v1/request/:requestId/property", async (request, response) => response.json({ data: null }));
