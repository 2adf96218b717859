POLICY = "100;w=60;s=application;u=cents"
client = OpenAI(default_headers={"Helicone-RateLimit-Policy": POLICY})
requests.post(url, headers={"Helicone-RateLimit-Policy": "10;w=1;s=Stage" if strict else "100;w=1"})
