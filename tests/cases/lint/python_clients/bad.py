client.chat.completions.create(model="m", extra_headers={"Helicone-Property-Application": "chat"})
litellm.completion(model="m", metadata={"Helicone-Property-Env": "production"})
