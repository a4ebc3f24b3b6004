"""The quick log's answers as what is to be saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.actions.clients import NewClient, NewThread
from cases.actions.entries import Contact, NextStep
from cases.enums import AgeBand, FollowUpKind, Sex, Subject, Who
from cases.forms.choices import LogChoices
from cases.models import AnonymousThread
from cases.rules import PHONE, counting, preset_day, proposed_business_item, proposed_part
from cases.values import split_name
from centers.models import BusinessItem

_SAME_NAMES = (
    "date",
    "minutes",
    "counterpart",
    "counterpart_note",
    "direction",
    "facts",
    "view",
    "done",
    "place",
)


@dataclass(frozen=True)
class Answers:
    """`given` is the cleaned data of a valid LogForm."""

    given: Mapping[str, Any]
    choices: LogChoices
    unanswered: bool

    def entry(self) -> dict:
        """The arguments of cases.actions.entries.record_entry that the writer answers."""
        who = self.given["who"]
        return {
            "subject": who.subject,
            "contact": self._contact(who.subject),
            "clients": self.given["clients"] if who.subject == Subject.CLIENT else (),
            "new_client": self._new_client() if who == Who.NEW else None,
            "thread": self._thread() if who == Who.ANONYMOUS else None,
            "new_thread": self._new_thread() if who == Who.ANONYMOUS else None,
            "follow_up": self._follow_up(),
        }

    def _contact(self, subject: str) -> Contact:
        given = self.given
        counted = counting(
            subject=subject,
            unanswered=self.unanswered,
            reason=given["uncounted_reason"],
            count_unanswered=self.choices.count_unanswered,
            count_without_person=self.choices.count_without_person,
        )
        return Contact(
            **{name: given[name] for name in _SAME_NAMES},
            method=given["method"] or PHONE,
            contents=given["contents"],
            start_time=given["start"],
            business_item=self._item(subject),
            counted=counted.counted,
            uncounted_reason=counted.reason,
            unanswered=self.unanswered,
            rights_concern=given["rights_concern"],
        )

    def _item(self, subject: str) -> BusinessItem:
        """The item that was chosen; else the one of the part, which follows the answers while it is the usual one."""
        given, items = self.given, self.choices.items
        if given["business_item"]:
            return next(item for item in items if str(item.pk) == given["business_item"])
        part = given["part"] or self.choices.usual_part
        if part == self.choices.usual_part:
            part = proposed_part(
                post=self.choices.post, subject=subject, rights_concern=given["rights_concern"]
            )
        return proposed_business_item(part, subject=subject, items=items) or items[0]

    def _new_client(self) -> NewClient:
        given = self.given
        family_name, given_name = split_name(given["name"])
        family_kana, given_kana = split_name(given["kana"])
        return NewClient(
            family_name=family_name,
            given_name=given_name,
            family_kana=family_kana,
            given_kana=given_kana,
            birth=given["birth"],
            phones=[given["phone"]] if given["phone"] else [],
            disabilities=given["disabilities"],
        )

    def _thread(self) -> AnonymousThread | None:
        known = (thread for thread in self.choices.threads if str(thread.pk) == self.given["thread"])
        return next(known, None)

    def _new_thread(self) -> NewThread | None:
        given = self.given
        if given["thread"] or not given["handle"]:
            return None
        return NewThread(
            handle=given["handle"],
            sex=given["sex"] or Sex.UNKNOWN,
            age_band=given["age_band"] or AgeBand.UNKNOWN,
        )

    def _follow_up(self) -> NextStep | None:
        given = self.given
        if not (given["next"] or given["next_date"]):
            return None
        kind = FollowUpKind(given["next_kind"] or FollowUpKind.CALL)
        return NextStep(
            due_on=given["next_date"] or preset_day(given["next"], self.choices.on),
            due_at=given["next_time"],
            kind=kind,
            what=given["next_what"] or kind.label,
        )
