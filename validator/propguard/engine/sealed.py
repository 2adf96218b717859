"""Bytes on the disk that can be read only with the credentials of a source: answers of it hold what is stored there.

A stream of SHAKE-256 over key and nonce covers the content, and a keyed BLAKE2b over both tells whether it is whole. The key
comes from the credentials of the source, which are not on the disk. Example: `opened(key, sealed(key, b"x")) == b"x"`.
"""

from __future__ import annotations

import hashlib
import hmac
import os

_NONCE, _TAG = 32, 32


def key_of(*credentials: str) -> bytes:
    """A key that nobody gets without the credentials."""
    told = "\x00".join(credentials).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=32, person=b"propguard-seal").digest()


def sealed(key: bytes, content: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    covered = nonce + _covered(key, nonce, content)
    return _tag(key, covered) + covered


def opened(key: bytes, content: bytes) -> bytes | None:
    """What was sealed with this key; None for anything else."""
    tag, covered = content[:_TAG], content[_TAG:]
    if len(covered) < _NONCE or not hmac.compare_digest(tag, _tag(key, covered)):
        return None
    return _covered(key, covered[:_NONCE], covered[_NONCE:])


def _covered(key: bytes, nonce: bytes, content: bytes) -> bytes:
    stream = hashlib.shake_256(b"content" + key + nonce).digest(len(content))
    return (int.from_bytes(content) ^ int.from_bytes(stream)).to_bytes(len(content))


def _tag(key: bytes, covered: bytes) -> bytes:
    return hashlib.blake2b(covered, key=key, digest_size=_TAG, person=b"propguard-tag").digest()
