curl --request=PUT "$API/v1/request/$ID/property" --data='{"key": "app", "value": "attached"}'
curl -XPUT "$API/v1/request/$ID/property" -d'{"key": "app", "value": "short"}'
wget --method=PUT --body-data='{"key": "app", "value": "wget"}' "$API/v1/request/$ID/property"
