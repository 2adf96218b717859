package com.acme.assistant

import com.openai.client.okhttp.OpenAIOkHttpClient

private val headers = mapOf(
    "Helicone-Auth" to "Bearer $key",
    "Helicone-Property-Environment" to "production",
    """Helicone-Property-Customer_Id""" to """cust_1""",
    "helicone-property-user_tier" to tier,
)

class Assistant(private val name: String) {
    private val common: Map<String, String> = mutableMapOf("Helicone-Property-App" to "chat")

    fun headers(live: Boolean, plan: Int): Map<String, String> {
        val all = common + mapOf("Helicone-Property-Environment" to if (live) "production" else "staging")
        val more = hashMapOf<String, String>()
        more["Helicone-Property-App"] = name
        more["Helicone-Property-" + "App"] = "chat"
        more += "Helicone-Property-Billable" to "true"
        more["Helicone-Property-User_Tier"] = when (plan) {
            1 -> "pro"
            2 -> { "enterprise" }
            else -> "free"
        }
        more["Helicone-Property-App"] = name ?: "chat"
        more["Helicone-Property-feature_$name"] = "enabled"
        more["Helicone-Property-Customer_Id"] = "cust_${name.lowercase()}"
        val typed: Map<String, String> = buildMap {
            put("Helicone-Property-App", "chat")
        }
        return all + more
    }
}

fun client() = complete(
    model = "gpt-4o",
    extraHeaders = mapOf("Helicone-Property-App" to "chat"),
    pairs = listOf("Helicone-Property-App" to "chat", Pair("Helicone-Property-App", "chat")),
)
