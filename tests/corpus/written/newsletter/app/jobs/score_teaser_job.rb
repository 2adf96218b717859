# frozen_string_literal: true

class ScoreTeaserJob < ApplicationJob
  queue_as :low

  def perform(request_id, issue)
    rate = issue.opens.fdiv(issue.deliveries)
    Llm.tag(request_id, "open_rate", rate.round(3))
    Llm.tag request_id, :reviewed, true
    issue.tag("scored", "open_rate", rate)
    Mailer.complete("done", feature: "report", properties: { audience: "editors" })
  end
end
