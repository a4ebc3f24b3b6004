"""The two ways in which a backup or a restore ends early; the text says what happened and how to mend it."""


class Refused(Exception):
    """What was given cannot be used; nothing was changed (exit code 2)."""


class Failed(Exception):
    """The work could not be finished (exit code 1)."""
