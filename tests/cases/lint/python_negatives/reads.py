"""Writes of `{"Helicone-Property-Nope": "x"}` in a docstring are prose."""

# headers["Helicone-Property-Nope"] = "x"
value = headers["Helicone-Property-Nope"]
value = headers.get("Helicone-Property-Nope", "default")
if "Helicone-Property-Nope" in headers:
    pass
if headers["Helicone-Property-Nope"] == "x":
    pass
del headers["Helicone-Property-Nope"]
headers.pop("Helicone-Property-Nope", None)
name.startswith("Helicone-Property-")
name.removeprefix("Helicone-Property-Nope")
print("Helicone-Property-Nope", "x")
logger.info("sending Helicone-Property-Nope: %s", value)
logger.warning("Helicone-Property-Nope", "x")
raise ValueError("Helicone-Property-Nope", "x")
PREFIX = "Helicone-Property-"
ALLOWED = ["Helicone-Property-Nope", "Helicone-Property-Other"]
ALLOWED_TOO = ("Helicone-Property-Nope", "Authorization", "Accept")
ALLOWED_PAIR = ("Helicone-Property-Nope", "X-Request-Id")
SESSION = {"Helicone-Session-Properties": "x", "Helicone-Session-Id": "s"}
os.environ["HELICONE_PROPERTY_NOPE"] = "x"
token = os.environ.get("HELICONE_PROPERTY_NOPE", "x")
match = re.match(r"Helicone-Property-(.*)", name)
key = name[len("Helicone-Property-") :]
names = {name for name in headers if name.lower().startswith("helicone-property-")}
rest = "Helicone-Property-Nope: x".split(": ")
count = headers["Helicone-Property-Nope"].count("x")
