#!/bin/sh
curl https://oai.helicone.ai/v1/chat/completions \
  -H "Helicone-Auth: Bearer $HELICONE_API_KEY" \
  -H "Helicone-Property-Environment: Staging" \
  -d '{"model": "gpt-5-mini", "messages": []}'
