defmodule MyApp.ClientTest do
  use ExUnit.Case

  test "sends Helicone-Property-Nope" do
    assert {"Helicone-Property-Nope", "x"} in headers
    assert headers["Helicone-Property-Nope"] == "x"
    assert headers == [{"Helicone-Property-Nope", "x"}]
    assert %{"Helicone-Property-Nope" => "x"} = headers
    assert Plug.Conn.get_req_header(conn, "helicone-property-nope") == ["x"]
    assert_receive {:headers, [{"Helicone-Property-Nope", "x"}]}
    refute Enum.member?(headers, {"Helicone-Property-Nope", "x"})
    refute {"Helicone-Property-Nope", "x"} in headers
    expected = [{"Helicone-Property-Nope", "x"}]

    Bypass.expect_once(bypass, fn conn ->
      assert {"helicone-property-nope", "x"} in conn.req_headers
      Plug.Conn.resp(conn, 200, "{}")
    end)
  end
end
