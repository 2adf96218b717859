package com.acme.assistant

private const val PREFIX = "Helicone-Property-"

object Names {
    const val ENV = "Helicone-Property-Env"
    const val UNHEARD = PREFIX + "Unheard"
}

enum class Key(val header: String) {
    APP_NAME("Helicone-Property-AppName"),
    TIER("Helicone-Property-User_Tier");

    fun put(builder: Builder, value: String) = builder.header(header, value)
}

class Assistant {
    companion object {
        const val SHORT = "prod"
    }

    fun headers(builder: Builder, key: String, value: String) {
        builder.header(Names.ENV, "production")
        builder.header(Names.UNHEARD, value)
        builder.header(Key.APP_NAME.header, "chat")
        builder.header(Key.TIER.header, "gold")
        builder.header("${PREFIX}Environment", SHORT)
        builder.header("$PREFIX$key", value)
        val name = "$PREFIX$key"
        builder.header(name, value)
        val headers = mapOf(Names.ENV to "production", "${PREFIX}Environment" to Assistant.SHORT)
    }

    fun shadowed(builder: Builder, SHORT: String) = builder.header("Helicone-Property-Environment", SHORT)
}
