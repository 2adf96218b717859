module Helicone
  PREFIX = "Helicone-Property-"
  APP = "Helicone-Property-App".freeze
  TIER = "#{PREFIX}User_Tier".freeze
  ENVIRONMENT_HEADER = PREFIX + "Environment"
  DEFAULTS = { APP => "chat", TIER => "free" }.freeze

  class Client
    SOURCE = "worker".freeze

    def initialize(tier)
      @tier = tier
      @environment = Rails.env.production? ? "production" : "staging"
    end

    def headers
      {
        APP => SOURCE,
        TIER => @tier || "free",
        ENVIRONMENT_HEADER => @environment,
        "Helicone-Property-Billable" => (@tier ? "true" : "false"),
        "Helicone-Property-%s" % "Feature_Search" => "enabled",
        format("Helicone-Property-%s", "Customer_Id") => "cust_1"
      }
    end

    def lowered = { "HELICONE-PROPERTY-APP".downcase => "chat" }

    def tier_of(plan)
      tier = case plan
             when "trial", "hobby" then "free"
             when "team" then "pro"
             else "enterprise"
             end
      { TIER => tier }
    end

    def environment
      value = if ENV["CI"]
                "development"
              elsif ENV["STAGING"]
                "staging"
              else
                "production"
              end
      request[ENVIRONMENT_HEADER] = value
    end
  end
end

request[Helicone::APP] = Helicone::Client::SOURCE
request[Helicone::TIER] = ENV.fetch("TIER", "free")
name = "Helicone-Property-App"
request[name] = "a" "b"
