defmodule MyApp.Headers do
  @moduledoc """
  Sends `{"Helicone-Property-Nope", "x"}`.
  """

  @prefix "Helicone-Property-"
  @app "Helicone-Property-App"
  @tier @prefix <> "User_Tier"
  @environment "#{@prefix}Environment"
  @source "worker"
  @defaults %{@app => @source, @tier => "free"}

  def headers(plan, live?) do
    environment = if live?, do: "production", else: "staging"

    tier =
      case plan do
        plan when plan in ["trial", "hobby"] -> "free"
        "team" -> "pro"
        _ -> "enterprise"
      end

    billable =
      cond do
        plan == "trial" -> "false"
        true -> "true"
      end

    debug =
      if live? do
        "disabled"
      else
        "enabled"
      end

    [
      {@environment, environment},
      {@tier, tier},
      {@prefix <> "Billable", billable},
      {"#{@prefix}feature_debug", debug},
      {@app, to_string(:chat)},
      {~s(Helicone-Property-App), ~S(chat)},
      {"Helicone-Property-" <> "Customer_Id", "cust_" <> plan}
    ]
  end

  def put(conn, plan) do
    name = "Helicone-Property-User_Tier"
    put_header(conn, name, plan || "free")
    conn |> put_header(@app, @source)
  end
end
