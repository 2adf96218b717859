# frozen_string_literal: true

require "openai"
require "net/http"
require "json"

module Llm
  PREFIX = "Helicone-Property-"

  class << self
    # Llm.complete("…", feature: "teaser", properties: { audience: "b2b" })
    def complete(prompt, feature: nil, model: "gpt-4o-mini", properties: {})
      client(feature: feature, properties: properties).chat(
        parameters: { model: model, messages: [{ role: "user", content: prompt }] }
      ).dig("choices", 0, "message", "content")
    end

    def tag(request_id, key, value)
      uri = URI("https://api.helicone.ai/v1/request/#{request_id}/property")
      request = Net::HTTP::Put.new(uri, "Authorization" => "Bearer #{ENV.fetch('HELICONE_API_KEY')}")
      request.body = { key: key, value: value.to_s }.to_json
      Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
    end

    private

    def client(feature:, properties:)
      OpenAI::Client.new(uri_base: "https://oai.helicone.ai/v1") do |f|
        f.headers["Helicone-Auth"] = "Bearer #{ENV.fetch('HELICONE_API_KEY')}"
        f.headers["Helicone-Property-Environment"] = Rails.env
        f.headers["Helicone-Property-Feature"] = feature if feature
        properties.each do |name, value|
          f.headers["#{PREFIX}#{name}"] = value.to_s
        end
      end
    end
  end
end
