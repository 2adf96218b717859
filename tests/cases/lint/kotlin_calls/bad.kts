header("Helicone-Property-AppName", "chat")
builder.addHeader("Helicone-Property-Environment", "test")
headers { append("Helicone-Property-Env", "dev") }
builder.header("Helicone-Property-User_Tier", tier ?: "gold")
properties.forEach { (key, value) -> builder.addHeader("Helicone-Property-$key", value) }
properties.forEach { builder.addHeader("Helicone-Property-${it.key}", it.value) }
request?.let { it.setHeader("Helicone-Property-Env", "production") }

fun headerOf(name: String) = "Helicone-Property-$name"

fun headerFor(name: String): String {
    return "Helicone-Property-" + name
}

fun String.asHeader(): String = "Helicone-Property-%s".format(this)
