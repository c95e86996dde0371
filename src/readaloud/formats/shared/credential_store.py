"""C2PA credentials for a place in a file that we make: the C library beneath c2pa-python.

Its Python part embeds them itself, or not at all. Functions and types are those of ``c2pa.h``.
"""

from __future__ import annotations

import ctypes
import json
from functools import cache
from pathlib import Path
from typing import Any

_FORMAT = b"application/c2pa"
_SUFFIXES = {".so", ".dylib", ".dll"}
_POINTER, _SIZE, _TEXT = ctypes.c_void_p, ctypes.c_int64, ctypes.c_char_p
_RESULT = ctypes.POINTER(_POINTER)


class _SignerInfo(ctypes.Structure):
    _fields_ = (("alg", _TEXT), ("certificate", _TEXT), ("key", _TEXT), ("timestamps", _TEXT))


_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "c2pa_signer_from_info": (_POINTER, (ctypes.POINTER(_SignerInfo),)),
    "c2pa_signer_reserve_size": (_SIZE, (_POINTER,)),
    "c2pa_builder_from_json": (_POINTER, (_TEXT,)),
    "c2pa_builder_data_hashed_placeholder": (_SIZE, (_POINTER, ctypes.c_size_t, _TEXT, _RESULT)),
    "c2pa_builder_sign_data_hashed_embeddable": (
        _SIZE,
        (_POINTER, _POINTER, _TEXT, _TEXT, _POINTER, _RESULT),
    ),
    "c2pa_error": (_POINTER, ()),
    "c2pa_free": (ctypes.c_int, (_POINTER,)),
}
"""What each gives, and what it takes."""


class Store:
    """Credentials of a known size; what they say of the file is signed when that is written."""

    def __init__(self, signer: int, builder: int) -> None:
        """Both are the library's, and freed with this."""
        self._signer, self._builder = signer, builder
        reserved = _library().c2pa_signer_reserve_size(signer)
        self.size = len(_take("c2pa_builder_data_hashed_placeholder", builder, reserved, _FORMAT))
        """In bytes."""

    def sign(self, sha256: bytes, start: int) -> bytes:
        """The credentials, for a file that has them from ``start`` on and is this without them.

        C2paError where the library refuses.
        """
        told = {
            "exclusions": [{"start": start, "length": self.size}],
            "name": "jumbf manifest",
            "alg": "sha256",
            "hash": list(sha256),
            "pad": "",
        }
        data = json.dumps(told).encode()
        name = "c2pa_builder_sign_data_hashed_embeddable"
        made = _take(name, self._builder, self._signer, data, _FORMAT, None)
        if len(made) != self.size:
            raise _error(f"{len(made)} bytes instead of {self.size}")
        return made

    def __del__(self) -> None:
        _library().c2pa_free(self._builder)
        _library().c2pa_free(self._signer)


def open_store(claim: str, alg: str, certificate: bytes, key: bytes) -> Store:
    """The store of a claim (JSON), signed with a key; C2paError where the library refuses."""
    info = _SignerInfo(alg.encode(), certificate, key, None)
    signer = _library().c2pa_signer_from_info(ctypes.byref(info))
    builder = _library().c2pa_builder_from_json(claim.encode())
    if not signer or not builder:
        raise _error(_last_error())
    return Store(signer, builder)


def _take(name: str, *arguments: Any) -> bytes:
    """Call what gives bytes by its last argument, and its size."""
    made = _POINTER()
    size = getattr(_library(), name)(*arguments, ctypes.byref(made))
    if size < 0:
        raise _error(_last_error())
    data = ctypes.string_at(made, size)
    _library().c2pa_free(made)
    return data


def _last_error() -> str:
    found = _library().c2pa_error()
    told = ctypes.string_at(found).decode("utf-8", "replace")
    _library().c2pa_free(found)
    return told


def _error(told: str) -> Exception:
    import c2pa

    error: Exception = c2pa.C2paError(told)
    return error


@cache
def _library() -> ctypes.CDLL:
    """The one that c2pa-python has loaded; loading it again gives the same."""
    import c2pa

    folder = Path(c2pa.__file__).parent / "libs"
    found = (path for path in folder.glob("*c2pa_c.*") if path.suffix in _SUFFIXES)
    library = ctypes.CDLL(str(next(found)))
    for name, (gives, takes) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = gives, takes
    return library
