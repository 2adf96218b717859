def create(helicone_meta=None):
    return send(helicone_meta=helicone_meta, custom_properties={"application": "chat"})
openai.ChatCompletion.create(model="m", helicone_meta=Meta(user_id="anna"))
