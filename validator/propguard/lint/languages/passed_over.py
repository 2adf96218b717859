"""Files that hold neither code nor configuration, by their names: text for people, recorded data, and what is no text."""

from __future__ import annotations

PASSED_OVER = frozenset(
    # Text for people, and what is made of it.
    ".adoc .asciidoc .bib .css .diff .less .log .man .me .nfo .org .patch .pod .po .pot .rst .rtf .sass .scss .srt "
    ".tex .text .textile .txt .vtt .wiki "
    # What tools for files and repositories are to leave out.
    ".dockerignore .editorconfig .eslintignore .gitattributes .gitignore .gitkeep .gitmodules .mailmap .npmignore "
    ".prettierignore "
    # Data, recordings, and files that pin or describe what was built.
    ".arrow .avro .csv .dat .db .feather .har .jsonl .lock .map .ndjson .npy .npz .parquet .pickle .pkl .snap .sqlite "
    ".sqlite3 .sum .tsv .xls .xlsx "
    # Pictures, sound, fonts, papers.
    ".ai .avif .bmp .doc .docx .eot .eps .flac .gif .heic .icns .ico .jpeg .jpg .mov .mp3 .mp4 .ogg .otf .pdf .png .ppt "
    ".pptx .psd .svg .tif .tiff .ttf .wav .webm .webp .woff .woff2 "
    # Archives, programs, keys.
    ".7z .a .br .bz2 .class .crt .deb .dll .dylib .egg .exe .gz .jar .key .lib .mo .o .obj .p12 .pem .pyc .pyd .pyo .rpm .so "
    ".tar .tgz .war .wasm .whl .xz .zip .zst".split()
)
"""Suffixes and whole names of such files: those that a run over a folder does not open."""

_FOR_PEOPLE = frozenset(
    "authors changelog changes codeowners contributing contributors copying history install licence license maintainers "
    "news notice readme security todo version".split()
)
"""Names without a suffix."""


def is_passed_over(path: str) -> bool:
    """Whether the file is no code and no configuration, going by its name."""
    name = path[path.rfind("/") + 1 :].lower()
    return name[name.rfind(".") :] in PASSED_OVER if "." in name else name in _FOR_PEOPLE
