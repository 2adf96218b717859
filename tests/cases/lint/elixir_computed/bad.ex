defmodule MyApp.Properties do
  @prefix "Helicone-Property-"
  @env "Helicone-Property-Env"
  @gold "gold"

  def to_headers(properties) do
    for {key, value} <- properties, into: [], do: {"Helicone-Property-#{key}", to_string(value)}
  end

  def from_map(properties) do
    Enum.map(properties, fn {key, value} -> {@prefix <> to_string(key), value} end)
  end

  def into_map(properties) do
    Enum.into(properties, %{}, fn {key, value} ->
      key = Macro.camelize(key)
      {"Helicone-Property-" <> key, value}
    end)
  end

  def put_all(req, properties) do
    Enum.reduce(properties, req, fn {key, value}, req ->
      Req.Request.put_header(req, "Helicone-Property-#{key}", value)
    end)
  end

  def name(key), do: @prefix <> key

  def names(keys), do: Enum.map(keys, &"Helicone-Property-#{&1}")

  def fixed, do: [{@env, "production"}, {@prefix <> "User_Tier", @gold}, {@prefix <> "feature_#{flag()}", "on"}]
end
