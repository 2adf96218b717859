Req.new(headers: [{"Helicone-Property-Env", "production"}, {"Helicone-Property-Environment", "prod"}])
Req.post!(url, headers: %{"Helicone-Property-Customer-Id" => "cust_1", "Helicone-Property-Unheard" => "x"})
Req.post!(url, headers: ["Helicone-Property-User_Tier": "gold"])
req |> Req.Request.put_header("Helicone-Property-User_Tier", "premium") |> put_header("Helicone-Property-App", "")
HTTPoison.post!(url, body, [{"Helicone-Property-Billable", true}, {"Helicone-Property-Feature_Search", nil}])
plug Tesla.Middleware.Headers, [{"Helicone-Property-Environment", :test}, {"Helicone-Property-Quality_Score", 0.5}]
Map.put(headers, "Helicone-Property-AppName", "chat")
{"😀", {"Helicone-Property-env", "dev"}}
%{"Helicone-Property-App" => "mobile", "helicone-property-app" => "web"}
System.cmd("curl", ["-H", "Helicone-Property-Env: dev"])
