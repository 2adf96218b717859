client.chat.completions.create(model="m", extra_body={"helicone": {"properties": {"app": "chat"}}})
options["extra_body"] = {"helicone": {"properties": dict(app="chat")}}
