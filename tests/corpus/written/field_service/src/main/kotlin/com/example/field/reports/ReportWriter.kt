package com.example.field.reports

import com.example.field.llm.LlmClient
import com.example.field.llm.LlmOptions
import com.example.field.tracking.Tracker

class ReportWriter(private val llm: LlmClient, private val tracker: Tracker) {

    suspend fun write(order: WorkOrder): String {
        tracker.complete("report", mapOf("trade" to order.trade, "Step" to "started"))
        return llm.complete(
            "Write the report for ${order.notes}",
            LlmOptions(
                feature = "report",
                properties = mapOf(
                    "trade" to order.trade,
                    "photos" to order.photos.size.toString(),
                ),
            ),
        )
    }

    suspend fun shorten(report: String): String {
        val properties = mutableMapOf("step" to "shorten")
        properties["length"] = report.length.toString()
        return llm.complete("Shorten: $report", LlmOptions(model = "gpt-4o", properties = properties))
    }

    suspend fun accepted(requestId: String, by: String) {
        llm.addProperty(requestId, "accepted_by", by)
        llm.addProperty(requestId = requestId, key = "accepted", value = "true")
        tracker.addProperty(requestId, "accepted", "true")
    }
}

data class WorkOrder(val trade: String, val notes: String, val photos: List<String>)
