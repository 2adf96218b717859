defmodule MyApp.Reads do
  @moduledoc "Helicone-Property-Nope: x"
  @prefix "Helicone-Property-"
  @allowed ["Helicone-Property-Nope", "Helicone-Property-Other"]
  @words ~w(Helicone-Property-Nope Helicone-Property-Other)
  @typedoc "Helicone-Property-Nope"

  # {"Helicone-Property-Nope", "x"}
  def read(conn, headers) do
    value = headers["Helicone-Property-Nope"]
    name = ["Helicone-Property-", name]
    value = Map.get(headers, "Helicone-Property-Nope", "default")
    value = Map.fetch!(headers, "Helicone-Property-Nope")
    [value] = Plug.Conn.get_req_header(conn, "helicone-property-nope")
    {_, value} = List.keyfind(headers, "Helicone-Property-Nope", 0)
    {"Helicone-Property-Nope", value} = hd(headers)
    %{"Helicone-Property-Nope" => value} = headers
    headers = Map.delete(headers, "Helicone-Property-Nope")
    headers = Plug.Conn.delete_req_header(conn, "helicone-property-nope")
    if Map.has_key?(headers, "Helicone-Property-Nope"), do: value
    if headers["Helicone-Property-Nope"] == "x", do: value
    String.starts_with?(value, "Helicone-Property-")
    String.replace_prefix(value, "Helicone-Property-Nope", "")
    Logger.info("Helicone-Property-Nope: x")
    IO.puts("Helicone-Property-Nope")
    raise ArgumentError, "Helicone-Property-Nope"
    System.put_env("HELICONE_PROPERTY_NOPE", "x")

    case headers do
      [{"Helicone-Property-Nope", value} | _] -> value
      %{"Helicone-Property-Nope" => value} -> value
      _ -> nil
    end

    for {"Helicone-Property-" <> key, value} <- headers, do: {key, value}
    Enum.filter(headers, fn {name, _} -> name =~ "Helicone-Property-" end)
    Enum.any?(headers, fn {name, value} -> {name, value} == {"Helicone-Property-Nope", "x"} end)
  end

  defp name("Helicone-Property-" <> key), do: key
  defp name({"Helicone-Property-Nope", key}), do: key
end
