from __future__ import annotations

import contextlib
import functools
import threading

_local = threading.local()


def current() -> dict[str, str]:
    return getattr(_local, "properties", {})


@contextlib.contextmanager
def llm_properties(**properties):
    before = current()
    _local.properties = {**before, **properties}
    try:
        yield
    finally:
        _local.properties = before


def llm_feature(name, **properties):
    def decorator(view):
        @functools.wraps(view)
        def inner(*args, **kwargs):
            with llm_properties(feature=name, **properties):
                return view(*args, **kwargs)

        return inner

    return decorator
