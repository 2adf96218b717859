x = [[[h["Helicone-Property-Env"] = "x"
