# frozen_string_literal: true

require "faraday"
require "httparty"
require "net/http"
require "openai"

client = OpenAI::Client.new(access_token: ENV.fetch("OPENAI_API_KEY"), uri_base: "https://oai.helicone.ai/v1")
client.add_headers("Helicone-Auth" => "Bearer #{key}", "Helicone-Property-App" => "chat")
client.add_headers("Helicone-Property-Environment": "production", "Helicone-Property-User_Tier" => tier)

OpenAI::Client.new(
  access_token: token,
  extra_headers: {
    "Helicone-Auth" => "Bearer #{key}",
    "Helicone-Property-Environment" => "staging", # of this deployment
    'Helicone-Property-App' => 'chat',
    "Helicone-Property-Customer_Id" => "cust_#{account.id}"
  }
)

OpenAI.configure do |config|
  config.extra_headers = { "Helicone-Property-App" => "worker" }
end

connection = Faraday.new(url: "https://oai.helicone.ai", headers: { "Helicone-Property-App" => "chat" }) do |builder|
  builder.headers["Helicone-Property-Environment"] = "development"
  builder.request :json
end
connection.post("/v1/chat/completions") do |req|
  req.headers["Helicone-Property-User_Tier"] = "pro"
  req.headers.update("Helicone-Property-Feature_Search" => :enabled)
end

request = Net::HTTP::Post.new(uri, "Content-Type" => "application/json", "Helicone-Property-App" => "chat")
request["Helicone-Property-App"] = "chat"
request["helicone-property-billable"] ||= "true"
request.add_field("Helicone-Property-App", "chat")
request.initialize_http_header({ "Helicone-Property-App" => "chat" })

HTTParty.post(url, body: body.to_json, headers: headers.merge("Helicone-Property-App" => "chat"))
HTTP.headers("Helicone-Property-App" => "chat").post(url, json: body)
RestClient.post url, payload, { :"Helicone-Property-App" => "chat", content_type: :json }

class SupportClient
  include HTTParty
  headers "Helicone-Property-App" => "support", "Accept" => "application/json"
end

headers.store("Helicone-Property-App", "chat")
pairs = [["Helicone-Property-App", "chat"], ["Accept", "text/plain"]]
system("curl", "-H", "Helicone-Property-App: chat", url)
`curl -s -H "Helicone-Property-App: chat" #{url}`
system("curl -H \"Helicone-Property-Environment: staging\" -H 'Helicone-Property-User_Tier: #{tier}' #{url}")
