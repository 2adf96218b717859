package com.acme.assistant

suspend fun write(client: HttpClient, base: String, id: String, key: String, value: String) {
    val url = "$base/v1/request/$id/property"
    client.put(url) { setBody(mapOf("key" to "env", "value" to "production")) }
    client.put(url) { setBody(mapOf("environment" to "production")) }
    client.put(url) { setBody(mapOf("key" to key, "value" to value)) }
    client.put(url) { setBody("""{"key": "$key", "value": "$value"}""") }
    client.put(url) { setBody("""{"key": "user_tier", "value": "gold"}""") }
    client.put(url) { setBody(given) }
    client.put(url)
    Request.Builder().url(url).put("""{"key": "unheard", "value": "$value"}""".toRequestBody(json)).build()
    client.put(url) { setBody(PropertyUpdate(key = "unheard", value = value)) }
    client.put(url) { setBody(PropertyUpdate(key, value)) }
    client.put(url) { setBody(mapOf("key" to "billable", "value" to true)) }
}
