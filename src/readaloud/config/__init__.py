"""Options of a run: defaults, then readaloud.toml, then flags; and the voice profiles."""
