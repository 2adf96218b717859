RSpec.describe "Helicone-Property-Nope" do
  it "sends Helicone-Property-Nope" do
    expect(request["Helicone-Property-Nope"]).to eq("x")
    expect(headers).to include("Helicone-Property-Nope" => "x")
    expect(headers).to eq({ "Helicone-Property-Nope" => "x" })
    expect(client).to receive(:post).with(url, headers: { "Helicone-Property-Nope" => "x" })
    expect(client).to have_received(:chat).with(hash_including("Helicone-Property-Nope" => "x"))
    expect(a_request(:post, url).with(headers: { "Helicone-Property-Nope" => "x" })).to have_been_made
    stub_request(:post, url).with(headers: { "Helicone-Property-Nope" => "x" }).to_return(status: 200)
    expected = { "Helicone-Property-Nope" => "x" }
  end
end

class ClientTest < Minitest::Test
  def test_headers
    assert_equal "x", headers["Helicone-Property-Nope"]
    assert_equal({ "Helicone-Property-Nope" => "x" }, headers)
    assert_includes headers, "Helicone-Property-Nope"
    refute_includes headers, "Helicone-Property-Nope", "x"
    assert_requested :post, url, headers: { "Helicone-Property-Nope" => "x" }
    _(headers).must_include "Helicone-Property-Nope", "x"
  end
end
