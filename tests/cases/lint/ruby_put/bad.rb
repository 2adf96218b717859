HTTParty.put("#{API}/v1/request/#{id}/property", body: { key: "env", value: "production" }.to_json)
HTTParty.put("#{API}/v1/request/#{id}/property", body: { environment: "production" }.to_json)
HTTParty.put("#{API}/v1/request/#{id}/property", body: { "key" => "billable", "value" => true }.to_json)
connection.put("/v1/request/#{id}/property", body)
connection.put("/v1/request/#{id}/property")
Excon.put("#{API}/v1/request/#{id}/property", body: '{"key": "user_tier", "value": "gold"}')
uri = URI.parse("#{API}/v1/request/#{id}/property")
request = Net::HTTP::Put.new(uri.request_uri, { "Content-Type" => "application/json" })
http.request(Net::HTTP::Put.new(uri))
payload = { key: "Environment", value: "prod" }
Typhoeus::Request.new("#{API}/v1/request/#{id}/property", method: :put, body: payload.to_json).run
HTTParty.put("#{API}/v1/request/#{id}/property", body: { key:, value: }.to_json)
system("curl -X PUT #{API}/v1/request/#{id}/property -d '{\"key\": \"app\", \"value\": \"x\"}'")
