HTTParty.put("#{API}/v1/request/#{id}/property", body: { key: "environment", value: "production" }.to_json)
HTTParty.put("#{API}/v1/request/#{id}/property", headers: auth, body: JSON.generate("key" => "app", "value" => name))
connection.put("/v1/request/#{id}/property", { key: "user_tier", value: "pro" }.to_json, "Accept" => "*/*")
Faraday.put(API + "/v1/request/" + id + "/property", '{"key": "app", "value": "chat"}')
RestClient.put "#{API}/v1/request/#{id}/property", { key: "app", value: "chat" }.to_json, content_type: :json
RestClient::Request.execute(method: :put, url: "#{API}/v1/request/#{id}/property", payload: { key: "app", value: "x" })
HTTP.auth("Bearer #{key}").put("#{API}/v1/request/#{id}/property", json: { key: :app, value: "chat" })

uri = URI("https://api.helicone.ai/v1/request/#{id}/property")
request = Net::HTTP::Put.new(uri, "Content-Type" => "application/json")
request.body = { key: "billable", value: "true" }.to_json

connection.put("/v1/request/#{id}/property") do |req|
  req.headers["Content-Type"] = "application/json"
  req.body = { key: "environment", value: "staging" }.to_json
end

HTTParty.put("#{API}/v1/request/#{id}/property", body: <<~JSON)
  {"key": "app", "value": "chat"}
JSON

HTTParty.post("#{API}/v1/request/#{id}/property", body: { key: "no_put", value: "x" }.to_json)
HTTParty.get("#{API}/v1/request/#{id}/property")
