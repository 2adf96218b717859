curl https://oai.helicone.ai/v1/chat/completions -H "Helicone-RateLimit-Policy: 100;w=60;s=application" -d @body
curl https://oai.helicone.ai/v1/chat/completions -H "Helicone-RateLimit-Policy: 100;w=60;s=user" -d @body
