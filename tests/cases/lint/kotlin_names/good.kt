package com.acme.assistant

const val PREFIX = "Helicone-Property-"
private const val APP_HEADER = "${PREFIX}App"

object Headers {
    const val ENVIRONMENT = "Helicone-Property-Environment"
    val TIER: String = "Helicone-Property-User_Tier"
}

enum class Key(val header: String) {
    APP("Helicone-Property-App"),
    BILLABLE("Helicone-Property-Billable"),
}

enum class Tier(val value: String) { FREE("free"), PRO("pro") }

class Assistant(private val builder: Builder) {
    private val app = "chat"

    fun headers(live: Boolean) {
        builder.addHeader(APP_HEADER, app)
        builder.addHeader(Headers.ENVIRONMENT, if (live) "production" else "staging")
        builder.addHeader(Headers.TIER, Tier.PRO.value)
        builder.addHeader(Key.APP.header, this.app)
        builder.addHeader(Key.BILLABLE.header, Assistant.BILLABLE)
        builder.addHeader("$PREFIX${"App"}", "chat")
        builder.addHeader("${PREFIX}Environment", DEFAULT_ENVIRONMENT)
        var environment = "staging"
        if (live) {
            environment = "production"
        }
        builder.addHeader("${PREFIX}Environment", environment)
        val (first, second) = names()
        builder.addHeader(APP_HEADER, first)
        names().forEach { app -> builder.addHeader(APP_HEADER, app) }
    }

    companion object {
        private const val DEFAULT_ENVIRONMENT = "staging"
        const val BILLABLE = "true"
    }
}
