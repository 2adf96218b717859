curl -H "Helicone-Property-Env: dev" https://example.com
if then fi ((
