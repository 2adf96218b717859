package com.acme.assistant

val headers = mapOf(
    "Helicone-Property-Env" to "production",
    "Helicone-Property-Environment" to "prod",
    "Helicone-Property-CustomerId" to "cust_1",
    "Helicone-Property-user_tier" to """premium""",
    "Helicone-Property-Unheard" to "x",
    "Helicone-Property-Quality_Score" to "2",
    "Helicone-Property-App" to "",
    /* 😀 counts once */ "Helicone-Property-env" to "dev",
)

fun set(properties: Map<String, String>, live: Boolean, name: String) {
    val all = mutableMapOf("Helicone-Property-Billable" to true)
    all["Helicone-Property-Environment"] = if (live) "prod" else "qa"
    all["Helicone-Property-User_Tier"] = when {
        live -> "gold"
        else -> "free"
    }
    all["Helicone-Property-App"] = null
    for ((key, value) in properties) {
        all["Helicone-Property-$key"] = value
        all["Helicone-Property-${key}_id"] = value
        all["Helicone-Property-" + key] = value
    }
    properties.forEach { (key, value) -> all["Helicone-Property-$key"] = value }
    val mapped = properties.mapKeys { "Helicone-Property-${it.key}" }
    val pairs = properties.map { (key, value) -> "Helicone-Property-$key" to value }
    all["Helicone-Property-featur_$name"] = "on"
    all["Helicone-Property-App"] = "caf\u00e9 \$x"
}
