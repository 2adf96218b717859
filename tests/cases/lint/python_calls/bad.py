headers.setdefault("Helicone-Property-AppName", "chat")
request.add_header("Helicone-Property-Environment", "test")
headers.append(("Helicone-Property-Apps", "chat"))
raw = [(b"Helicone-Property-Env", b"dev"), [b"Helicone-Property-App", b""]]
headers.add("Helicone-Property-User_Tier", "gold")
