"""Secrets and personal data by their shape, and texts in which they are masked.

The shapes are those that the issuers document. They keep to what RE2 reads alike, so that SQL finds the same; every
repetition is bounded or ends the shape, so that a search is linear in the text. A shape that a longer word could hold by
chance must stand at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

EMAIL: Final = r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2}"
JWT: Final = r"eyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8}"
PRIVATE_KEY: Final = (
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY|PuTTY-User-Key-File-[23]"
    r"|AGE-SECRET-KEY-1[0-9A-Z]{58}"
)
ADDRESS_WITH_LOGIN: Final = r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s:/?#@]{0,100}:[^\s/?#@]{3,200}@[A-Za-z0-9\[]"

TYPICAL_API_KEY: Final = "sk-[A-Za-z0-9_-]{20}"

API_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "OpenAI, Anthropic, Helicone, Langfuse, OpenRouter, DeepSeek": (TYPICAL_API_KEY,),
    "AWS": ("(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", "ABSK[A-Za-z0-9+/]{100}", "bedrock-api-key-[A-Za-z0-9+/=]{28}"),
    "GitHub": ("gh[pousr]_[A-Za-z0-9]{36}", "github_pat_[A-Za-z0-9_]{22}"),
    "GitLab": ("gl(?:pat|dt|ft|soat|rt|rtr|cbt|ptt|imt|agent|oas|ffct|wt)-[A-Za-z0-9_=-]{20}", "GR1348941[A-Za-z0-9_-]{20}"),
    "Bitbucket, Atlassian": ("ATBB[A-Za-z0-9]{32}", "AT[AC]TT3[A-Za-z0-9_=-]{60}"),
    "Slack": (
        "xox[abceoprs](?:[.-][A-Za-z0-9]|-)[A-Za-z0-9-]{9}",
        "xapp-[0-9]-[A-Za-z0-9]{5,20}-[0-9]{5,20}-[a-z0-9]{20}",
        "hooks[.]slack[.]com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20}",
    ),
    "Discord": (
        "[MNO][A-Za-z0-9_-]{23,27}[.][A-Za-z0-9_-]{6}[.][A-Za-z0-9_-]{27}",
        "discord(?:app)?[.]com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60}",
    ),
    "Telegram": ("[0-9]{8,16}:A[A-Za-z0-9_-]{34}",),
    "Microsoft Teams": ("webhook[.]office[.]com/webhookb2/[0-9a-f-]{36}",),
    "Stripe, Clerk": ("[rsp]k_(?:live|test|prod)_[0-9A-Za-z]{16}", "whsec_[A-Za-z0-9+/=]{32}"),
    "Twilio": ("(?:AC|SK)[0-9a-f]{32}",),
    "SendGrid": ("SG[.][A-Za-z0-9_-]{16,32}[.][A-Za-z0-9_-]{16}",),
    "Mailchimp": ("[0-9a-f]{32}-us[0-9]{1,2}",),
    "Mailgun": ("key-[0-9a-f]{32}",),
    "Brevo": ("xkeysib-[a-f0-9]{64}",),
    "MailerSend, Resend": ("mlsn[.][a-f0-9]{64}", "re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}"),
    "npm": ("npm_[A-Za-z0-9]{36}", "_authToken=[A-Za-z0-9_-]{20}"),
    "PyPI": ("pypi-Ag[A-Za-z0-9_-]{30}",),
    "RubyGems, crates.io, NuGet": ("rubygems_[a-f0-9]{48}", "cio[A-Za-z0-9]{32}", "oy2[a-z0-9]{43}"),
    "Docker": ("dckr_(?:pat|oat)_[A-Za-z0-9_-]{27}",),
    "Artifactory": ("AKC[A-Za-z0-9]{10}",),
    "SonarQube": ("sq[aup]_[a-f0-9]{40}",),
    "Hugging Face": ("hf_[A-Za-z0-9]{30}", "api_org_[A-Za-z0-9]{34}"),
    "Google": (
        "AIza[0-9A-Za-z_-]{35}",
        "AQ[.]Ab[A-Za-z0-9_-]{40}",
        "GOCSPX-[A-Za-z0-9_-]{28}",
        "ya29[.][0-9A-Za-z_-]{20}",
        "1//0[A-Za-z0-9_-]{40}",
    ),
    "Azure": (
        "AccountKey=[A-Za-z0-9+/]{43}",
        "SharedAccessKey=[A-Za-z0-9+/]{43}",
        "sig=[A-Za-z0-9%+/]{43,60}(?:%3D|=)",
        "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31}",
        "[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{20}",
    ),
    "DigitalOcean": ("do[opr]_v1_[a-f0-9]{64}",),
    "Alibaba, Tencent, Yandex": ("LTAI[A-Za-z0-9]{16}", "AKID[A-Za-z0-9]{32}", "AQVN[A-Za-z0-9_-]{35}"),
    "Cloudflare": ("v1[.]0-[a-f0-9]{24}-[a-f0-9]{100}",),
    "Heroku, Netlify, Vercel": ("HRKU-AA[A-Za-z0-9_-]{50}", "nfp_[A-Za-z0-9]{36}", "vercel_blob_rw_[A-Za-z0-9]{16}"),
    "Fly.io": ("fo1_[A-Za-z0-9_-]{43}", "fm[12][ar]?_[A-Za-z0-9+/]{100}"),
    "Supabase, PlanetScale": ("sbp_[a-f0-9]{40}", "sb_secret_[A-Za-z0-9_-]{20}", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9._=-]{32}"),
    "Databricks": ("dapi[a-f0-9]{32}",),
    "HashiCorp": ("hv[sbr][.][A-Za-z0-9_-]{24}", "[A-Za-z0-9]{14}[.]atlasv1[.][A-Za-z0-9_=-]{60}"),
    "Doppler, Pulumi": ("dp[.](?:pt|st|ct|sa|scim|audit)[.][A-Za-z0-9.]{40}", "pul-[a-f0-9]{40}"),
    "1Password": ("A3-[A-Z0-9]{6}-[A-Z0-9]{6}-?[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}", "ops_eyJ[A-Za-z0-9+/]{100}"),
    "Shopify": ("shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",),
    "Square": ("sq0(?:atp|csp|idp)-[0-9A-Za-z_-]{22}", "EAAA[A-Za-z0-9_-]{56}"),
    "Braintree, Plaid, EasyPost": (
        "access_token[$](?:production|sandbox)[$][0-9a-z]{16}[$][0-9a-f]{32}",
        "access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f-]{27}",
        "EZ[AT]K[A-Za-z0-9]{54}",
    ),
    "Shippo, Duffel, Flutterwave": (
        "shippo_(?:live|test)_[a-f0-9]{40}",
        "duffel_(?:live|test)_[A-Za-z0-9_=-]{43}",
        "FLWSECK(?:_TEST)?-[A-Za-z0-9]{12}",
    ),
    "Linear, Notion, Figma, Airtable": (
        "lin_(?:api|oauth)_[A-Za-z0-9]{40}",
        "ntn_[A-Za-z0-9]{46}",
        "secret_[A-Za-z0-9]{43}",
        "figd_[A-Za-z0-9_-]{40}",
        "pat[A-Za-z0-9]{14}[.][a-f0-9]{64}",
    ),
    "HubSpot, Contentful, Typeform": (
        "pat-(?:na|eu|ap)[0-9]-[0-9a-f]{8}-[0-9a-f-]{27}",
        "CFPAT-[A-Za-z0-9_-]{43}",
        "tfp_[A-Za-z0-9_.=-]{59}",
    ),
    "Postman": ("PMAK-[a-f0-9]{24}-[a-f0-9]{34}",),
    "New Relic": ("NR(?:AK|JS|II|AA)-[A-Za-z0-9-]{19}",),
    "Sentry": ("sntry[su]_[A-Za-z0-9+/=_]{40}",),
    "Grafana": ("glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}", "glc_eyJ[A-Za-z0-9+/=]{32}", "eyJrIjoi[A-Za-z0-9]{70}"),
    "Dynatrace": ("dt0[A-Za-z][0-9]{2}[.][A-Z0-9]{24}[.][A-Z0-9]{64}",),
    "Mapbox": ("[spt]k[.]eyJ[A-Za-z0-9_-]{60}",),
    "OpenShift": ("sha256~[A-Za-z0-9_-]{43}",),
    "Sourcegraph, Prefect": ("sgp_[A-Za-z0-9_]{40}", "pnu_[A-Za-z0-9]{36}"),
    "Groq, xAI, Perplexity, Replicate": (
        "gsk_[A-Za-z0-9]{50}",
        "xai-[A-Za-z0-9]{70}",
        "pplx-[A-Za-z0-9]{40}",
        "r8_[A-Za-z0-9]{37}",
    ),
    "NVIDIA, Cerebras, Together, Pinecone": (
        "nvapi-[A-Za-z0-9_-]{60}",
        "csk-[a-z0-9]{48}",
        "tgp_v1_[A-Za-z0-9_-]{43}",
        "pcsk_[A-Za-z0-9_]{60}",
    ),
    "LangSmith, Tavily, ElevenLabs": (
        "ls(?:v2_(?:pt|sk)|_)_[a-f0-9]{32}",
        "tvly-[A-Za-z0-9-]{32}",
        "sk_[a-f0-9]{48}",
    ),
    "any service, as HTTP sends it": ("[Bb]earer [A-Za-z0-9._~+/-]{20}", "[Bb]asic [A-Za-z0-9+/]{14,500}=="),
}  # fmt: skip
"""The keys of an issuer, each as its documentation shows them; they count at the beginning of a word only."""

API_KEY: Final = "|".join(shape for shapes in API_KEYS.values() for shape in shapes)

CARD_NUMBER: Final = r"[2-6](?:[ -]?[0-9]){12,18}"
"""What may be a payment card's number; the issuer's range and the Luhn sum decide."""

ISSUERS: Final = (
    r"(?:4[0-9]{12}(?:[0-9]{3}){0,2}|5[1-5][0-9]{14}|2(?:2(?:2[1-9]|[3-9][0-9])|[3-6][0-9]{2}|7(?:[01][0-9]|20))[0-9]{12}"
    r"|3[47][0-9]{13}|3[0689][0-9]{12}|35[0-9]{14}|6(?:011|4[4-9]|5)[0-9]{12,13})"
)
"""Whose prefix and length a card's number, without blanks and dashes, must have."""

SHORTEST_SECRET: Final = 13
"""Code points of the shortest value, without an `@`, in which anything above can be: a card number of 13 digits."""

_LONG_WORD = re.compile(r"\S{13}")
_KINDS: tuple[tuple[str, str | re.Pattern[str], re.Pattern[str]], ...] = (
    ("an e-mail address", "@", re.compile(EMAIL, re.ASCII)),
    ("a private key", "-", re.compile(PRIVATE_KEY, re.ASCII)),
    ("a JSON web token", "eyJ", re.compile(JWT, re.ASCII)),
    ("a password in an address", "://", re.compile(rf"(?<![A-Za-z0-9])(?:{ADDRESS_WITH_LOGIN})", re.ASCII)),
    ("an API key", _LONG_WORD, re.compile(rf"(?<![A-Za-z0-9])(?:{API_KEY})", re.ASCII)),
)
"""Each kind with what a text must hold before it is worth a search, and what its secrets look like."""

_CARD = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9][ .-]){CARD_NUMBER}(?![0-9A-Za-z])", re.ASCII)
_ISSUED = re.compile(rf"{ISSUERS}\Z", re.ASCII)
_CARD_KIND = "a payment card number"

_MASKED = re.compile(r"… \([0-9]+ characters(?: or more)?\)\Z")
_BEFORE = re.compile(r"[^\s\"'`,;=<>(){}\[\]]*\Z")
_AFTER = re.compile(r"[^\s\"'`,;<>(){}\[\]]*")
_PEM_END = re.compile(r".*?-----END [A-Z0-9 ]{0,40}-----|.*", re.DOTALL)
_SHOWN = 4


def secret_in(value: str) -> str | None:
    """What kind of secret `value` holds, in words, or None."""
    found = _first(value, 0)
    return None if found is None else found[0]


def masked(value: str) -> str:
    """As much of a secret as helps to find it again: the first four code points and the length."""
    return f"{value[:_SHOWN]}… ({len(value)} characters)"


def shown_value(value: str) -> str:
    """`value` as it may be shown: masked as a whole where it holds a secret."""
    return masked(value) if secret_in(value) else value


def is_masked(value: str) -> bool:
    """Whether `value` may be the beginning of another that was not to be shown, or was too long to be."""
    return _MASKED.search(value) is not None


@lru_cache(maxsize=1 << 12)  # the same keys and words come again and again
def without_secrets(text: str) -> str:
    """`text` in which each secret, and what follows it without a gap, is masked."""
    return _covered(text, masked)


def covered(line: str) -> str:
    """`line` of a source file with a star in the place of each character of a secret but the first four, so that columns
    stay what they are."""
    return _covered(line, lambda secret: secret[:_SHOWN] + "*" * (len(secret) - _SHOWN))


def masked_everywhere(value: object) -> object:
    """A value of a finding's context with secrets masked in every text that it holds."""
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, Mapping):
        return {masked_everywhere(key): masked_everywhere(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(masked_everywhere, value))
    return value


def _covered(text: str, cover: Callable[[str], str]) -> str:
    parts: list[str] = []
    at = 0
    while (found := _first(text, at)) is not None:
        start, end = _whole(text, at, *found)
        parts += [text[at:start], cover(text[start:end])]
        at = end
    return "".join([*parts, text[at:]]) if parts else text


def _first(text: str, at: int) -> tuple[str, int, int] | None:
    """The kind of the first secret from `at` on, where there is one, and the place of what its shape fits."""
    if len(text) - at < SHORTEST_SECRET and "@" not in text:
        return None
    found = None
    for kind, hint, pattern in _KINDS:
        if hint in text if isinstance(hint, str) else hint.search(text, at):
            match = pattern.search(text, at)
            if match is not None and (found is None or match.start() < found[1]):
                found = kind, match.start(), match.end()
    card = next((match for match in _CARD.finditer(text, at) if _is_card(match[0])), None)
    if card is not None and (found is None or card.start() < found[1]):
        return _CARD_KIND, card.start(), card.end()
    return found


def _whole(text: str, at: int, kind: str, start: int, end: int) -> tuple[int, int]:
    """The whole of a secret of which a shape fits a part."""
    if kind == "a private key":
        return start, _match_end(_PEM_END, text, end)
    if kind == "an e-mail address":
        before = _BEFORE.search(text, at, start)
        start = start if before is None else before.start()
    return start, end if kind == _CARD_KIND else _match_end(_AFTER, text, end)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return at if match is None else match.end()


def _is_card(text: str) -> bool:
    digits = text.replace(" ", "").replace("-", "")
    if not _ISSUED.match(digits):
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + position % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
