"""Takes compressed bodies apart, and never makes more bytes of them than are borne.

The decoders of httpx expand a whole chunk before anyone can count: 64 KB of brotli can be gigabytes.
"""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # the package ships no types

from monitor.edge.answers import Failed
from monitor.model.reading import TroubleKind

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

OFFERED = "gzip, deflate, br, zstd"
_ZSTD_WINDOW = 23  # 8 MB, the most that RFC 9659 allows on the web: it is memory that the server would choose


class Coding(Protocol):
    def unpack(self, data: bytes, room: int) -> bytes:
        """Expand; may stop early once more than `room` bytes came out."""

    def whole(self) -> bool:
        """Whether the compressed stream has come to its end."""


class _Plain:
    def unpack(self, data: bytes, room: int) -> bytes:
        return data

    def whole(self) -> bool:
        return True


class _Zlib:
    """gzip and deflate. Old servers send deflate data without its header: what begins without one is taken as raw."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._begun = False

    def unpack(self, data: bytes, room: int) -> bytes:
        try:
            out = self._stream.decompress(data, room + 1)
        except zlib.error:
            if self._begun:
                raise
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            out = self._stream.decompress(data, room + 1)
        self._begun = True
        return out

    def whole(self) -> bool:
        return self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def unpack(self, data: bytes, room: int) -> bytes:
        out: bytes = self._stream.process(data, output_buffer_limit=room + 1)
        while len(out) <= room and not self._stream.can_accept_more_data():
            out += self._stream.process(b"", output_buffer_limit=room + 1)
        return out

    def whole(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor(options={int(zstd.DecompressionParameter.window_log_max): _ZSTD_WINDOW})

    def unpack(self, data: bytes, room: int) -> bytes:
        if self._stream.eof:
            return b""  # what stands behind it
        out = self._stream.decompress(data, max_length=room + 1)
        while len(out) <= room and not self.whole() and not self._stream.needs_input:
            out += self._stream.decompress(b"", max_length=room + 1)
        return out

    def whole(self) -> bool:
        return self._stream.eof


_CODINGS: dict[str, Callable[[], Coding]] = {
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Zlib,
    "br": _Brotli,
    "zstd": _Zstd,
}
_UNKNOWN_TO_US = frozenset({"compress", "x-compress", "dcb", "dcz"})


class Unpacker:
    """The body of one answer, unpacked as it comes.

    Raises Failed: too_large, or server_error for what cannot be unpacked.
    """

    def __init__(self, content_encoding: str, limit: int) -> None:
        self._coding = _coding(content_encoding)
        self._limit = limit
        self._taken = 0
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Take a chunk. Both sides are counted: an endless stream may also unpack to nothing at all."""
        self._taken += len(data)
        try:
            part = self._coding.unpack(data, self._limit - self._size)
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise Failed(TroubleKind.SERVER_ERROR, f"the body cannot be unpacked: {error}") from error
        self._size += len(part)
        self._parts.append(part)
        if max(self._size, self._taken) > self._limit:
            raise Failed(TroubleKind.TOO_LARGE, f"the body is larger than {self._limit} bytes")

    def body(self) -> bytes:
        """All of it, once the answer has come to its end."""
        if self._taken and not self._coding.whole():
            raise Failed(TroubleKind.SERVER_ERROR, "the compressed body is cut off")
        return self.so_far()

    def so_far(self) -> bytes:
        """What has come out until now; also after a failure."""
        return b"".join(self._parts)


def _coding(content_encoding: str) -> Coding:
    """Words that are no coding ("utf-8" is a common mistake) are ignored, as browsers do."""
    words = [word.strip().lower() for word in content_encoding.split(",")]
    known = [_CODINGS[word] for word in words if word in _CODINGS]
    if len(known) > 1 or not _UNKNOWN_TO_US.isdisjoint(words):
        raise Failed(
            TroubleKind.SERVER_ERROR, f"the body is packed in a way that was not asked for: {content_encoding}"
        )
    return known[0]() if known else _Plain()
