package com.acme.assistant

suspend fun send(client: HttpClient, name: String, tier: String?) {
    client.post("https://oai.helicone.ai/v1/chat/completions") {
        header("Helicone-Property-App", "chat")
        headers {
            append("Helicone-Property-Environment", "staging")
            append("Helicone-Property-User_Tier", tier ?: "free")
        }
        headers.append("Helicone-Property-App", name)
    }
    val request = Request.Builder()
        .url(endpoint)
        .addHeader("Helicone-Property-App", "chat")
        .header("Helicone-Property-Environment", "production")
        .build()
    val java = HttpRequest.newBuilder().uri(URI.create(endpoint)).setHeader("Helicone-Property-App", "chat").build()
    connection.setRequestProperty("Helicone-Property-App", "chat")
    OpenAIOkHttpClient.builder().putHeader("Helicone-Property-App", "chat").build()
    chain.proceed(chain.request().newBuilder().addHeader(name = "Helicone-Property-App", value = "chat").build())
    defaultRequest { header("Helicone-Property-Customer_Id", "cust_%s".format(name)) }
    header(String.format("Helicone-Property-%s", "App"), "chat")
    header("Helicone-Property-App".lowercase(), name.toString())
    ProcessBuilder("curl", "-H", "Helicone-Property-App: chat", endpoint).start()
}
