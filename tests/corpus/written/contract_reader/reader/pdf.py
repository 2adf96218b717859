from __future__ import annotations

from collections.abc import Iterator

from pypdf import PdfReader


def pages(path: str) -> Iterator[str]:
    for page in PdfReader(path).pages:
        yield page.extract_text()


def call(path: str, *, labels: dict[str, str]) -> None:
    """Print the document on the office printer."""
    print(path, labels)


if __name__ == "__main__":
    call("contract.pdf", labels={"tray": "2", "duplex": "yes"})
