defmodule ForumHelper.LLM do
  @moduledoc "The only module that talks to a model."

  @base "https://oai.helicone.ai/v1"
  @prefix "Helicone-Property-"

  def chat(messages, opts \\ []) do
    properties = Keyword.get(opts, :properties, %{})

    headers =
      [
        {"Helicone-Auth", "Bearer #{System.fetch_env!("HELICONE_API_KEY")}"},
        {"Helicone-Property-App", "forum-helper"}
      ] ++ Enum.map(properties, fn {name, value} -> {@prefix <> to_string(name), to_string(value)} end)

    Req.post!(@base <> "/chat/completions",
      headers: headers,
      json: %{model: Keyword.get(opts, :model, "gpt-4o-mini"), messages: messages}
    ).body["choices"]
  end

  def put_property(request_id, key, value) do
    Req.put!("https://api.helicone.ai/v1/request/#{request_id}/property",
      auth: {:bearer, System.fetch_env!("HELICONE_API_KEY")},
      json: %{key: key, value: to_string(value)}
    )
  end
end
