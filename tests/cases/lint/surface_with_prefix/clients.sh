curl https://oai.helicone.ai/v1/chat/completions -H "Helicone-Property-App: a1" -d @body
