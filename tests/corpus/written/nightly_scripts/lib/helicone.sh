# shellcheck shell=bash
# Sourced by the nightly scripts.

: "${HELICONE_API:=https://api.helicone.ai}"

# helicone_tag REQUEST KEY VALUE
helicone_tag() {
  local request="$1" key="$2" value="$3"
  curl -fsS -X PUT "$HELICONE_API/v1/request/$request/property" \
    -H "Authorization: Bearer $HELICONE_API_KEY" \
    -H "Content-Type: application/json" \
    -d "{\"key\": \"$key\", \"value\": \"$value\"}" >/dev/null
}

# ask FEATURE PROMPT [MODEL]
ask() {
  local feature="$1" prompt="$2" model="${3:-gpt-4o-mini}"
  curl -fsS https://oai.helicone.ai/v1/chat/completions \
    -H "Authorization: Bearer $OPENAI_API_KEY" \
    -H "Helicone-Auth: Bearer $HELICONE_API_KEY" \
    -H "Helicone-Property-Job: nightly" \
    -H "Helicone-Property-Feature: $feature" \
    -d "$(jq -n --arg p "$prompt" --arg m "$model" '{model: $m, messages: [{role: "user", content: $p}]}')"
}
