"""Packs what is kept of pages, and unpacks it within bounds: a cell of the database may have been changed."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEVEL = 3  # 0.3 ms for a page; higher levels take ever longer for a tenth of the bytes (docs/decisions/0024)


def pack(body: bytes) -> bytes:
    return zstd.compress(body, level=_LEVEL)


def pack_beside(body: bytes, base: bytes) -> bytes:
    """What is new in a body, where one like it is kept."""
    return zstd.compress(body, level=_LEVEL, zstd_dict=zstd.ZstdDict(base, is_raw=True).as_prefix)


def unpack_beside(packed: bytes, base: bytes) -> bytes:
    return zstd.decompress(packed, zstd_dict=zstd.ZstdDict(base, is_raw=True).as_prefix)


def unpack(packed: bytes, most: int) -> bytes | None:
    """What is packed there, if it is anything, and no more than so many bytes."""
    try:
        body = zstd.ZstdDecompressor().decompress(packed, max_length=most + 1)
    except zstd.ZstdError:
        return None
    return body if len(body) <= most else None
