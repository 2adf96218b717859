package com.acme.assistant

suspend fun write(client: HttpClient, base: String, id: String, name: String) {
    client.put("$base/v1/request/$id/property") {
        contentType(ContentType.Application.Json)
        setBody(mapOf("key" to "environment", "value" to "production"))
    }
    client.put("$base/v1/request/$id/property") {
        setBody("""{"key": "app", "value": "chat"}""")
    }
    val url = "$base/v1/request/$id/property"
    val body = """{"key": "user_tier", "value": "free"}""".toRequestBody(JSON)
    Request.Builder().url(url).put(body).build()
    Request.Builder()
        .url("$base/v1/request/$id/property")
        .addHeader("Authorization", "Bearer $key")
        .method("PUT", "{\"key\": \"app\", \"value\": \"chat\"}".toRequestBody(JSON))
        .build()
    HttpRequest.newBuilder()
        .uri(URI.create(base + "/v1/request/" + id + "/property"))
        .PUT(HttpRequest.BodyPublishers.ofString("""{"key": "billable", "value": "true"}"""))
        .build()
    client.request("$base/v1/request/$id/property") {
        method = HttpMethod.Put
        setBody(PropertyUpdate(key = "app", value = name))
    }
    client.put("$base/v1/request/$id/property") { setBody(PropertyUpdate(key = "app", value = "chat")) }
    client.get("$base/v1/request/$id/property")
    client.post("$base/v1/request/$id/property") { setBody(mapOf("key" to "not_a_put", "value" to "x")) }
}
