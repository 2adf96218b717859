CATALOGUE = {"de": {"team": "Abteilung", "document_set": "Unterlagen"}}


def translate(text: str, language: str, *, properties: dict[str, str] | None = None) -> str:
    for word, local in CATALOGUE.get(language, {}).items():
        text = text.replace(word, local)
    return text + ("" if not properties else f" [{properties['formality']}]")


def property_headers(**names: str) -> list[str]:
    """The heads of the table of properties, in the user's language."""
    return [CATALOGUE["de"].get(name, title) for name, title in names.items()]


TABLE = property_headers(team="Team", document_set="Documents", purpose="Purpose")
