openai.ChatCompletion.create(model="m", helicone_meta=Meta(custom_properties={"app": "chat"}, user_id="anna"))
