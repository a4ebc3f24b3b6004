"""The form of two editors stands on the ground floor; its users of this app import it from here."""

from centers.choosing import MINE, THEIRS, ChoosingForm, Difference

__all__ = ["MINE", "THEIRS", "ChoosingForm", "Difference"]
