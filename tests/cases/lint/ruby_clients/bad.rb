client.add_headers("Helicone-Property-Env" => "production")
client.add_headers("Helicone-Property-Environment" => "prod", "Helicone-Property-environment" => "dev")
OpenAI::Client.new(extra_headers: { "Helicone-Property-Customer-Id" => "cust_1", 'Helicone-Property-Unheard' => 'x' })
request["Helicone-Property-User_Tier"] = "premium"
request["Helicone-Property-Billable"] = true
request["Helicone-Property-Quality_Score"] = 0.5
headers "Helicone-Property-App" => ""
req.headers.merge!("Helicone-Property-AppName": "chat")
{ "😀" => 1, "Helicone-Property-env" => :dev }
request.add_field 'Helicone-Property-Environment', 'test'
system("curl", "-H", "Helicone-Property-Env: prod", url)
%x(curl --header=Helicone-Property-Env:dev https://example.com)
headers["Helicone-Property-" << name] = value
