package com.example.field.llm

import io.ktor.client.HttpClient
import io.ktor.client.request.header
import io.ktor.client.request.headers
import io.ktor.client.request.post
import io.ktor.client.request.put
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsText

data class LlmOptions(
    val model: String = "gpt-4o-mini",
    val feature: String? = null,
    val properties: Map<String, String> = emptyMap(),
)

class LlmClient(private val http: HttpClient, private val heliconeKey: String) {

    suspend fun complete(prompt: String, options: LlmOptions = LlmOptions()): String =
        http.post("https://oai.helicone.ai/v1/chat/completions") {
            headers {
                append("Helicone-Auth", "Bearer $heliconeKey")
                append("Helicone-Property-App", "field-service")
                options.feature?.let { append("Helicone-Property-Feature", it) }
                options.properties.forEach { (name, value) -> append("Helicone-Property-$name", value) }
            }
            setBody(mapOf("model" to options.model, "messages" to listOf(mapOf("role" to "user", "content" to prompt))))
        }.bodyAsText()

    suspend fun addProperty(requestId: String, key: String, value: String) {
        http.put("https://api.helicone.ai/v1/request/$requestId/property") {
            header("Authorization", "Bearer $heliconeKey")
            setBody(mapOf("key" to key, "value" to value))
        }
    }
}
