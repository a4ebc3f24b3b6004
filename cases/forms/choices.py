"""What the quick log offers on one day: codes, 業務項目, callers known without a name, defaults of the writer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import Coalesce

from cases.enums import Subject
from cases.models import AnonymousThread
from cases.rules import offered_parts, preset_key, proposed_part
from centers.access import rights_of
from centers.contracts import business_items_on, code_labels, screen_choices, setting
from centers.enums import CodeList, Post
from centers.models import BusinessItem, Center, CodeEntry, StaffAssignment, User

THREADS_SHOWN = 30
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class LogChoices:
    """The offer for records of `day`; the presets count from today, which is `on`."""

    center: Center
    on: date
    day: date
    post: str
    labels: Mapping[CodeList, Mapping[str, CodeEntry]]
    items: Sequence[BusinessItem]
    presets: Sequence[Mapping]
    threads: Sequence[AnonymousThread]
    count_unanswered: bool
    count_without_person: bool

    @classmethod
    def load(cls, user: User, center: Center, *, on: date, day: date) -> "LogChoices":
        """Seven queries, whatever is there."""
        return cls(
            center=center,
            on=on,
            day=day,
            post=post_of(user, center, day),
            labels=code_labels(day),
            items=business_items_on(center, day),
            presets=setting("followup_presets", on),
            threads=repeat_callers(user, center),
            count_unanswered=setting("count_unanswered", day),
            count_without_person=setting("count_without_person", day),
        )

    def codes(self, kind: CodeList) -> Choices:
        """The short labels of a code list in the order of use."""
        choices = screen_choices(self.labels[kind])
        return [(code, label.replace("支援会議", "支援\u200b会議")) for code, label in choices]

    @property
    def usual_part(self) -> str:
        """業務の区分 of the writer's post for a person; it moves with the answers until somebody changes it."""
        return proposed_part(post=self.post, subject=Subject.CLIENT, rights_concern=False)

    @property
    def parts(self) -> Choices:
        return [(part.value, part.label) for part in offered_parts(self.items)]

    @property
    def business_items(self) -> list:
        """The whole catalogue, grouped by its parts."""
        groups: dict[str, Choices] = {}
        for item in self.items:
            groups.setdefault(item.part_label, []).append((str(item.pk), f"{item.mark} {item.short_label}"))
        return [("", "区分から自動"), *groups.items()]

    @property
    def callers(self) -> Choices:
        known = [(str(thread.pk), f"{thread.handle}({thread.number})") for thread in self.threads]
        return [("", "はじめて・わからない"), *known]

    @property
    def next_steps(self) -> Choices:
        return [("", "なし"), *((preset_key(preset), preset["label"]) for preset in self.presets)]


def post_of(user: User, center: Center, on: date) -> str:
    """職種 of the writer at the center on the day; without a 配置 the one of their role."""
    assignments = StaffAssignment.objects.in_force(on).filter(staff__user=user, center=center)
    post = assignments.order_by("-starts_on").values_list("post", flat=True).first()
    roles = [role.value for role in rights_of(user).roles]
    return post or next((role for role in roles if role in Post.values), Post.SOUDAN)


def repeat_callers(user: User, center: Center) -> list[AnonymousThread]:
    """Callers without a name whom the user may see, the latest call first; at most THREADS_SHOWN."""
    threads = AnonymousThread.visible_to(user).filter(center=center, client=None)
    latest = Coalesce(Max("consultations__date"), "opened_on")
    return list(threads.annotate(latest=latest).order_by("-latest", "-number")[:THREADS_SHOWN])
