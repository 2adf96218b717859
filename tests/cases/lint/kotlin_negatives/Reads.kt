package com.acme.assistant

// builder.header("Helicone-Property-Nope", "x")

/** Sends `mapOf("Helicone-Property-Nope" to "x")`. */
const val PREFIX = "Helicone-Property-"

val allowed = listOf("Helicone-Property-Nope", "Helicone-Property-Other")
val known = setOf("Helicone-Property-Nope", "Accept")

fun read(request: Request, headers: Map<String, String>): String? {
    val value = request.header("Helicone-Property-Nope")
    val other = headers["Helicone-Property-Nope"] ?: headers.getValue("Helicone-Property-Nope")
    if ("Helicone-Property-Nope" in headers || headers.containsKey("Helicone-Property-Nope")) return value
    if (headers["Helicone-Property-Nope"] == "x") return other
    for (name in headers.keys) {
        if (name.startsWith("Helicone-Property-") || name.equals("Helicone-Property-Nope", ignoreCase = true)) continue
        println("Helicone-Property-Nope: " + name.removePrefix("Helicone-Property-"))
        when (name) {
            "Helicone-Property-Nope" -> continue
        }
    }
    logger.info("Helicone-Property-Nope {}", value)
    headers.minus("Helicone-Property-Nope")
    builder.removeHeader("Helicone-Property-Nope")
    val pattern = Regex("Helicone-Property-(.*)")
    val token = System.getenv("HELICONE_PROPERTY_NOPE")
    throw IllegalStateException("Helicone-Property-Nope is missing")
}
