"""Passwords and secret keys: from the environment, else from the system's keyring; never shown."""

from __future__ import annotations

import os

VARIABLE = "READALOUD_PUBLISH_SECRET"
SERVICE = "readaloud"
"""What entries of the keyring are filed under."""


def find_secret(account: str) -> str | None:
    """The secret of an account; None where there is none, which may be enough (keys, roles)."""
    return os.environ.get(VARIABLE) or _kept(account)


def _kept(account: str) -> str | None:
    """What the keyring holds, where the package is installed and the system has one."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, account)
    except (KeyringError, RuntimeError):
        return None
