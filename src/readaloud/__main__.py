"""``python -m readaloud``."""

from readaloud.cli import main

if __name__ == "__main__":
    main()
