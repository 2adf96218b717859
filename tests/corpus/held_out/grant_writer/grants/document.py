"""The document on disk: it has sections and labels, too."""


class Document:
    rows = 12

    def __init__(self, name: str, **tags: str):
        self.name, self.tags, self.sections = name, tags, {}

    def label(self, name: str, value: str) -> "Document":
        self.tags[name] = value
        return self

    def write(self, text: str, *, section: str, tags: dict | None = None) -> None:
        self.sections[section] = (text, tags)


TEMPLATE = Document("template", stage="published").label("language", "en")
