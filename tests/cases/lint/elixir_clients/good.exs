Mix.install([{:req, "~> 0.5"}, {:httpoison, "~> 2.0"}])

req =
  Req.new(
    base_url: "https://oai.helicone.ai/v1",
    headers: [
      {"Helicone-Auth", "Bearer #{key}"},
      {"Helicone-Property-App", "chat"},
      {"Helicone-Property-Customer_Id", "cust_#{account.id}"}
    ]
  )

Req.post!(req, url: "/chat/completions", headers: %{"Helicone-Property-Environment" => "production"}, json: body)
Req.post!(url, headers: ["Helicone-Property-App": "chat", accept: "application/json"])

req
|> Req.Request.put_header("Helicone-Property-App", "chat")
|> Req.Request.put_headers([{"Helicone-Property-User_Tier", tier}])
|> Req.merge(headers: [{"Helicone-Property-Billable", if(free?, do: "false", else: "true")}])
|> Req.post!(json: body)

HTTPoison.post!(url, Jason.encode!(body), [{"Content-Type", "application/json"}, {"Helicone-Property-App", "chat"}])
HTTPoison.post(url, body, %{"Helicone-Property-App" => "chat", "Accept" => "*/*"}, recv_timeout: 60_000)

Finch.build(:post, url, [{"Helicone-Property-Environment", "staging"} | headers], body) |> Finch.request(MyApp.Finch)

defmodule MyApp.Client do
  use Tesla

  plug(Tesla.Middleware.BaseUrl, "https://oai.helicone.ai/v1")
  plug Tesla.Middleware.Headers, [{"helicone-property-app", "chat"}]

  def client(token) do
    Tesla.client([
      {Tesla.Middleware.BearerAuth, token: token},
      {Tesla.Middleware.Headers, [{"Helicone-Property-Environment", "development"}]}
    ])
  end

  def ask(conn, headers \\ [{"Helicone-Property-App", "chat"}]) do
    headers = [{"Helicone-Property-Billable", "true"} | headers]
    headers = headers ++ [{"Helicone-Property-App", "chat"}]
    headers = List.keystore(headers, "helicone-property-app", 0, {"helicone-property-app", "chat"})
    map = Map.put(map, "Helicone-Property-App", "chat")
    map = map |> Map.put_new("Helicone-Property-App", "chat") |> Map.merge(%{"Helicone-Property-User_Tier" => "pro"})
    map = %{map | "Helicone-Property-Feature_Search" => "enabled", "Helicone-Property-Billable" => "false"}
    conn |> Plug.Conn.put_req_header("helicone-property-app", "chat") |> send(headers, map)
  end
end

:httpc.request(:post, {~c"https://example.com", [{'Helicone-Property-App', 'chat'}], ~c"text/plain", body}, [], [])
OpenaiEx.new(key) |> OpenaiEx.with_additional_headers([{"Helicone-Property-App", "chat"}])
put_in(req.headers["Helicone-Property-App"], "chat")
{:"Helicone-Property-App", "chat" |> String.downcase()}
System.cmd("curl", ["-H", "Helicone-Property-App: chat", url])

config :langchain, headers: [{"Helicone-Property-App", System.get_env("APP", "chat")}]
