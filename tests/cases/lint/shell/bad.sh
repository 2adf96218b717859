curl -H "Helicone-Property-Env: production" -H 'Helicone-Property-Environment: prod' https://example.com
curl -H "Helicone-Property-User_Tier: premium" -H "Helicone-Property-$KEY: x" https://example.com
curl -H"Helicone-Property-Apps: chat" --header="Helicone-Property-Apps: chat" https://example.com
HEADERS=(-H "Helicone-Property-Env: dev")
LINE="Helicone-Property-User_Tier: gold"
curl -H "$LINE" "${HEADERS[@]}" https://example.com
PREFIX="Helicone-Property-"
curl -H "${PREFIX}Env: dev" https://example.com
curl -X PUT "$API/v1/request/$ID/property" -d '{"key": "env", "value": "production"}'
curl -X PUT "$API/v1/request/$ID/property" -d '{"environment": "production"}'
curl -X PUT "$API/v1/request/$ID/property" -d "$BODY"
curl -X PUT "$API/v1/request/$ID/property" --data @body.json
