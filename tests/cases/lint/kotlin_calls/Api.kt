package com.acme.assistant

interface Api {
    @Headers("Content-Type: application/json", "Helicone-Property-App: chat", "Helicone-Property-Env: production")
    @POST("v1/chat/completions")
    suspend fun chat(@Body request: ChatRequest, @Header("Helicone-Property-User_Tier") tier: String): ChatResponse

    @Headers("Helicone-Property-Environment: prod")
    @PUT("v1/request/{id}/property")
    suspend fun write(@Path("id") id: String, @Body update: PropertyUpdate)
}

fun interface Source { fun read(): String }

class Names { companion object { const val APP = "Helicone-Property-AppName" }
    fun set(builder: Builder) = builder.header(APP, "x")
}
