# frozen_string_literal: true

class TeaserWriter
  def initialize(issue)
    @issue = issue
  end

  def call
    Llm.complete(
      "Write a teaser for: #{@issue.title}",
      feature: "teaser",
      properties: {
        audience: @issue.audience,
        "issue_number" => @issue.number,
        locale: I18n.locale
      }
    )
  end

  def subject_lines(count = 3)
    properties = { audience: @issue.audience }
    properties[:variant] = "ab" if count > 1
    Llm.complete("#{count} subject lines for #{@issue.title}", feature: "subject", properties: properties).lines
  end
end
