headers = {f"Helicone-Property-{key}": value for key, value in properties.items()}
headers["Helicone-Property-" + key] = "x"
headers[f"Helicone-Property-{team}_environment"] = "x"
headers["Helicone-Property-feature_%s" % name] = "on"
headers[f"Helicone-Property-featur_{name}"] = "on"
headers[f"Helicone-Property-user_{name}"] = "on"
for key, value in properties.items():
    headers["Helicone-Property-{}".format(key)] = value


def header_of(name):
    return f"Helicone-Property-{name}"


PREFIX = "Helicone-Property-"
headers.update({PREFIX + key: str(value) for key, value in properties.items()})
headers.update((PREFIX + key, value) for key, value in properties.items())
