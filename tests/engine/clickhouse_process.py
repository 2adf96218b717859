"""A ClickHouse server in this process: ClickHouse's local program, out of a shared library, told to listen.

Arguments: the library, then what the program gets.
"""

from __future__ import annotations

import ctypes
import sys


def main(library: str, *arguments: str) -> None:
    texts = [b"clickhouse-local", *(argument.encode() for argument in arguments)]
    run = ctypes.CDLL(library).chdb_query_cmdline
    run.restype = ctypes.c_void_p
    run(len(texts), (ctypes.c_char_p * (len(texts) + 1))(*texts, None))


if __name__ == "__main__":
    main(*sys.argv[1:])
