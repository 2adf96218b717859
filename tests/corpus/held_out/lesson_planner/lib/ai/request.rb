# frozen_string_literal: true

require "faraday"

module Ai
  class Request
    def initialize(purpose:, **properties)
      @properties = { "purpose" => purpose }.merge(properties.transform_keys(&:to_s))
    end

    def with(key, value)
      @properties[key.to_s] = value
      self
    end

    def call(prompt)
      Faraday.post("https://oai.helicone.ai/v1/chat/completions", body(prompt), headers).body
    end

    private

    def headers
      @properties.to_h { |key, value| ["Helicone-Property-#{key.tr('_', '-')}", value.to_s] }
                 .merge("Helicone-Auth" => "Bearer #{ENV['HELICONE_API_KEY']}")
    end

    def body(prompt)
      { model: "gpt-4o-mini", messages: [{ role: "user", content: prompt }] }.to_json
    end
  end
end
