package com.acme.assistant

class ClientTest {
    @Test
    fun headers() {
        val expected = mapOf("Helicone-Property-Nope" to "x")
        val expectedHeaders = mapOf("Helicone-Property-Nope" to "x")
        assertEquals("x", recorded.getHeader("Helicone-Property-Nope"))
        assertEquals(mapOf("Helicone-Property-Nope" to "x"), headers)
        assertThat(headers).containsEntry("Helicone-Property-Nope", "x")
        assertTrue(headers.containsKey("Helicone-Property-Nope"))
        headers shouldBe mapOf("Helicone-Property-Nope" to "x")
        headers shouldContain ("Helicone-Property-Nope" to "x")
        headers["Helicone-Property-Nope"] shouldBe "x"
        headers.shouldContainExactly(mapOf("Helicone-Property-Nope" to "x"))
        stubFor(post("/v1").withHeader("Helicone-Property-Nope", equalTo("x")))
    }
}
