headers = {f"Helicone-Property-feature_{name}": "enabled"}
headers["Helicone-Property-feature_" + name] = state
