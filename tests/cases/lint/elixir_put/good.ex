defmodule MyApp.Property do
  def write(id, name) do
    Req.put!("https://api.helicone.ai/v1/request/#{id}/property", json: %{key: "environment", value: "production"})
    Req.put!(client, url: "/v1/request/#{id}/property", json: %{"key" => "app", "value" => name})
    Req.request!(client, method: :put, url: "/v1/request/#{id}/property", json: %{key: "user_tier", value: "pro"})
    HTTPoison.put(@api <> "/v1/request/" <> id <> "/property", Jason.encode!(%{key: "billable", value: "true"}), headers)
    HTTPoison.put!("/v1/request/#{id}/property", ~s({"key": "app", "value": "#{name}"}), [{"Accept", "*/*"}])
    HTTPoison.request(:put, "/v1/request/#{id}/property", Poison.encode!(%{key: :app, value: "chat"}), headers)
    client |> Tesla.put("/v1/request/#{id}/property", %{key: "app", value: "chat"})
    "/v1/request/#{id}/property" |> HTTPoison.put(%{key: "app", value: "chat"} |> Jason.encode!(), headers)

    body = Jason.encode!(%{"key" => "environment", "value" => "staging"})
    url = "#{@api}/v1/request/#{id}/property"

    :put
    |> Finch.build(url, [{"Content-Type", "application/json"}], body)
    |> Finch.request(MyApp.Finch)

    Req.put!(Req.new(url: "/v1/request/#{id}/property"), json: %{key: "app", value: "chat"})
    %HTTPoison.Request{method: :put, url: "/v1/request/#{id}/property", body: ~s({"key": "app", "value": "chat"})}

    Req.post!("/v1/request/#{id}/property", json: %{key: "no_put", value: "x"})
    Req.get!("/v1/request/#{id}/property")
  end
end
