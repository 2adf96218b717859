fetch(url, { headers: { "Helicone-RateLimit-Policy": "100;w=60;s=App", "Helicone-Property-App": "chat" } });
headers["helicone-ratelimit-policy"] = `${limit};w=60;u=request; s=environment`;
