#!/bin/sh
curl https://oai.helicone.ai/v1/chat/completions \
  -H "Helicone-Auth: Bearer $KEY" \
  -H "Helicone-Property-Environment: production" \
  -H 'Helicone-Property-App: chat' \
  -H "Helicone-Property-User_Tier: $TIER" \
  -H Helicone-Property-Billable:true \
  -H"Helicone-Property-App: attached" \
  --header="Helicone-Property-App: equals" \
  --header "helicone-property-customer_id: cust_${ID}" \
  -d '{"model": "m"}'
TIER_HEADER="Helicone-Property-User_Tier: free"
curl -H "$TIER_HEADER" -H "${TIER_HEADER}" https://example.com
HEADERS=(-H "Helicone-Property-App: chat" -H "Accept: text/plain")
curl "${HEADERS[@]}" https://example.com
http POST example.com "Helicone-Property-App: chat"
wget --header="Helicone-Property-App: chat" https://example.com
curl -sSf -X PUT "$API/v1/request/$ID/property" -d '{"key": "environment", "value": "production"}'
curl --request PUT --url "$API/v1/request/$ID/property" --data-raw "{\"key\": \"app\", \"value\": \"$NAME\"}"
curl -XPUT "https://api.helicone.ai/v1/request/$ID/property" --json '{"key": "user_tier", "value": "pro"}'
