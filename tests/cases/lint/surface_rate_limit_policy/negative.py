headers = {"Helicone-RateLimit-Policy": "100;w=60;s=user", "X-RateLimit-Policy": "100;w=60;s=application"}
headers["Helicone-RateLimit-Policy"] = f"100;w=60;s={segment}"
headers["Helicone-RateLimit-Policy"] = "100;w=60"
assert response.headers["Helicone-RateLimit-Policy"] == "100;w=60;s=application"
print("Helicone-RateLimit-Policy", "100;w=60;s=application")
