"""What the library of the command line says by itself, in English alone: its words and sentences.

They are made of these templates there; here they are found by them, to be translated.
"""

from readaloud.errors import msg

WORDS = (
    msg("Usage"),
    msg("Arguments"),
    msg("Options"),
    msg("Commands"),
    msg("Show this message and exit."),
)
PLACEHOLDERS = (
    msg("OPTIONS"),
    msg("COMMAND"),
    msg("ARGS"),
    msg("str"),
    msg("int"),
    msg("path"),
)
"""What stands in a command line for the words that a person puts there."""
TEMPLATES = (
    msg("Missing argument '{name}'."),
    msg("Missing option '{name}'."),
    msg("Missing command."),
    msg("No such command '{name}'."),
    msg("No such command '{name}'. Did you mean {names}?"),
    msg("No such option: {name} (Possible options: {names})"),
    msg("No such option: {name} Did you mean {names}?"),
    msg("No such option: {name}"),
    msg("Got unexpected extra argument(s) ({words})"),
    msg("Got unexpected extra argument ({words})"),
    msg("Got unexpected extra arguments ({words})"),
    msg("Option '{name}' requires an argument."),
    msg("Option '{name}' does not take a value."),
    msg("Option {name} requires an argument."),
    msg("Option {name} does not take a value."),
    msg("Invalid value for {name}: {problem}"),
    msg("{value} is not a valid int."),
    msg("{value} is not a valid integer."),
    msg("{value} does not match the formats {formats}."),
    msg("default: {value}"),
    msg("required"),
)
"""The longer of two that fit stands first."""
