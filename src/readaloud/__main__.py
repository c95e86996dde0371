"""The command ``readaloud``, and ``python -m readaloud``."""

from __future__ import annotations

import os
import signal
from typing import NoReturn

_STOPPED_CODE = 130


def main() -> None:
    """Run the command line; who stops it while it is being loaded, stops it at once."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, _leave)
    from readaloud.cli import main as run

    run()


def _leave(*_: object) -> NoReturn:
    """Nothing is open yet."""
    os._exit(_STOPPED_CODE)


if __name__ == "__main__":
    main()
