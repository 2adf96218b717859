from openai import AsyncAzureOpenAI, OpenAI

client = OpenAI(
    base_url="https://oai.helicone.ai/v1",
    default_headers={
        "Helicone-Auth": f"Bearer {key}",
        "Helicone-Property-Environment": "production",
        "Helicone-Property-Customer_Id": "cust_1",
        'Helicone-Property-App': 'chat',
        "helicone-property-user_tier": tier,
        "HELICONE-PROPERTY-FEATURE_SEARCH": "enabled",
    },
)
nested = {"headers": {"Helicone-Property-App": """chat"""}, "n": [{"Helicone-Property-App": "a"}]}
merged = {**common, "Helicone-Property-Billable": "true"}
made = dict([("Helicone-Property-App", "chat")])
