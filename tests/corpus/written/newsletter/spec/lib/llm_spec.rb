# frozen_string_literal: true

RSpec.describe Llm do
  it "sends the environment" do
    stub = stub_request(:post, %r{oai.helicone.ai}).with { |r| r.headers["Helicone-Property-Environment"] == "test" }
    expect(stub).not_to have_been_requested
    expect(a_request(:any, //).with(headers: { "Helicone-Property-Feature" => "teaser" })).not_to have_been_made
  end
end
