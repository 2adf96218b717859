PREFIX = "Helicone-Property-"

def helicone_headers(properties)
  properties.each_with_object({}) do |(key, value), headers|
    headers["Helicone-Property-#{key}"] = value.to_s
  end
end

def to_headers(properties)
  properties.map { |key, value| ["Helicone-Property-#{key.to_s.tr('_', '-')}", value] }.to_h
end

def to_h(properties) = properties.transform_keys { |key| "#{PREFIX}#{key}" }

def property_header(name)
  return "Helicone-Property-#{name}"
end

class Base
  ENV_HEADER = "Helicone-Property-Env".freeze
  TIER = "gold"

  def headers = { ENV_HEADER => "production", "#{PREFIX}User_Tier" => TIER, PREFIX + "feature_#{flag}" => "on" }

  def environment
    { "Helicone-Property-Environment" => local? ? "dev" : "production" }
  end

  def app
    { "Helicone-Property-App" => @app }
  end

  def initialize
    @app = ""
  end
end
