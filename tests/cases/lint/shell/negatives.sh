# curl -H "Helicone-Property-Nope: x"
echo "Helicone-Property-Nope: x"
grep -i "Helicone-Property-Nope: x" log.txt
export HELICONE_PROPERTY_NOPE=x
if [ "$line" = "Helicone-Property-Nope: x" ]; then :; fi
case "$line" in "Helicone-Property-Nope: x") ;; esac
curl "$API/v1/request/$ID/property"
curl -X POST "$API/v1/request/$ID/property" -d '{"key": "no_put", "value": "x"}'
printf '%s\n' "Helicone-Property-Nope: x"
