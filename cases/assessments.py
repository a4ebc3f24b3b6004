"""アセスメント in words: section by section, one version alone or two beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.enums import AssessmentPlace
from cases.models import Assessment, Client
from cases.versions import Change, pieces
from centers.enums import CodeList
from centers.models import CodeEntry
from centers.periods import wareki

# The questions of each area; the last one is a code.
PARTS = {"now": "現状", "hope": "本人の希望", "strength": "強み(ストレングス)", "issue": "課題"}
NEED, NEED_LABEL = "need", "支援の必要度"
HEAD, SUMMARY = "実施のしかた", "まとめと方針"
VERSIONS_SHOWN = 50

Labels = Mapping[CodeList, Mapping[str, CodeEntry]]


@dataclass(frozen=True)
class Section:
    """One area, or the head or the summary: label → text, empty ones included."""

    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def answered(self) -> list[tuple[str, str]]:
        return [line for line in self.lines if line[1]]


@dataclass(frozen=True)
class Compared:
    """One section of two versions."""

    title: str
    changes: tuple[Change, ...]

    @property
    def answered(self) -> list[Change]:
        return [change for change in self.changes if change.before or change.after]

    @property
    def changed(self) -> int:
        return sum(change.before != change.after for change in self.changes)


def assessments_of(user, client: Client):
    """The client's アセスメント that the user may read, the latest first."""
    return Assessment.visible_to(user).filter(client=client).select_related("written_by").order_by("-version")


def areas_of(labels: Labels, *kept: Assessment) -> dict[str, str]:
    """Code → label of the areas in force, and of those that older versions have answered."""
    known = {code: entry.label for code, entry in labels[CodeList.ASSESSMENT_AREA].items()}
    return known | {code: code for one in kept for code in one.areas if code not in known}


def sections_of(one: Assessment, labels: Labels, areas: Mapping[str, str]) -> list[Section]:
    """The whole of one version in the order of the form."""
    head = (
        ("実施日", wareki(one.held_on, weekday=True)),
        ("実施場所", _place(one)),
        ("同席者", one.attendees),
    )
    found = [Section(HEAD, head)]
    found += [Section(label, _area(one.areas.get(code, {}), labels)) for code, label in areas.items()]
    return [*found, Section(SUMMARY, tuple(_texts(one)))]


def compare(older: Assessment, newer: Assessment, labels: Labels) -> list[Compared]:
    """Both versions section by section, the differences of each text marked."""
    areas = areas_of(labels, older, newer)
    pairs = zip(sections_of(older, labels, areas), sections_of(newer, labels, areas), strict=True)
    return [Compared(before.title, tuple(_changes(before.lines, after.lines))) for before, after in pairs]


def _changes(before: Iterable, after: Iterable) -> Iterable[Change]:
    for (label, old), (_, new) in zip(before, after, strict=True):
        yield Change(label, old, new, tuple(pieces(old, new)))


def _place(one: Assessment) -> str:
    place = AssessmentPlace(one.place).label
    return f"{place}({one.place_note})" if one.place_note else str(place)


def _area(answers: Mapping[str, str], labels: Labels) -> tuple[tuple[str, str], ...]:
    need = answers.get(NEED, "")
    entry = labels[CodeList.NEED].get(need)
    texts = ((label, answers.get(part, "")) for part, label in PARTS.items())
    return (*texts, (NEED_LABEL, entry.label if entry else need))


def _texts(one: Assessment) -> Iterable[tuple[str, str]]:
    for name in Assessment.TEXTS:
        yield str(Assessment._meta.get_field(name).verbose_name), getattr(one, name)  # type: ignore[union-attr]
