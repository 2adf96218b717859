package com.example.field.tracking

class Tracker {
    private val log = mutableListOf<String>()

    fun complete(name: String, properties: Map<String, String>) {
        log += "$name " + properties.entries.joinToString { "prop:${it.key}=${it.value}" }
    }

    fun addProperty(id: String, key: String, value: String) {
        log += "$id $key=$value"
    }
}
