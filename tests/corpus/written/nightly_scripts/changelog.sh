#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")"
source lib/helicone.sh

answer=$(ask changelog "$(git log --since=yesterday --oneline)" gpt-4o)
id=$(jq -r .id <<<"$answer")
helicone_tag "$id" commits "$(git rev-list --count --since=yesterday HEAD)"
helicone_tag "$id" "branch" "$(git branch --show-current)"
git tag -a "nightly-$(date +%F)" -m "$(jq -r '.choices[0].message.content' <<<"$answer")"
echo "helicone_tag $id shown yes"
