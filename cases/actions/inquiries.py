"""照会: whether another center has a record of a person, and what it lets the asker see."""

from datetime import date
from uuid import UUID

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.actions.merging import present
from cases.actions.passing import Gone
from cases.actions.sharing import share
from cases.actions.telling import EVERY_CASEWORKER, tell_center
from cases.enums import DatePrecision, InquiryState, ShareBasis, ShareScope
from cases.models import Case, Client, Inquiry, InquiryAnswer
from cases.scoping import merged_clients, not_handed_over
from centers.contracts import setting
from centers.enums import Role
from centers.models import Center, User
from centers.periods import Birth
from centers.text import kana_key

KNOWN_REASON = "他センターの記録の確かめ"


class NotKnown(Exception):
    """No other center that could answer has a record of the person."""


def same_person_elsewhere(
    center: Center | None, *, kana: str, birth: Birth | None, on: date, restricted: bool = False
) -> QuerySet[Client]:
    """Clients of the other centers open on the day with exactly this reading and full birth date.

    Not those who have moved on; those whose case few may see only where `restricted` says so (the city).
    """
    if birth is None or birth.precision != DatePrecision.DAY or not kana_key(kana):
        return Client.unscoped.none()
    found = Client.unscoped.filter(
        not_handed_over(on, "pk"),
        kana_key=kana_key(kana),
        birth_date=birth.day,
        birth_precision=DatePrecision.DAY,
        center__in=Center.objects.open_on(on),
    )
    found = found.exclude(pk__in=merged_clients())
    if center:
        found = found.exclude(center=center)
    if not restricted:
        found = found.exclude(pk__in=Case.unscoped.filter(restricted=True).values("client"))
    return found.order_by("center__zone__position", "number")


def known_elsewhere(center: Center, *, kana: str, birth: Birth | None, on: date) -> QuerySet[Client]:
    """As same_person_elsewhere, where the city has allowed to say so (known_elsewhere)."""
    if not setting("known_elsewhere", on):
        return Client.unscoped.none()
    return same_person_elsewhere(center, kana=kana, birth=birth, on=on)


def may_ask_about(client: Client, on: date) -> bool:
    """Only while registering: on the day on which the person was registered."""
    return bool(setting("known_elsewhere", on)) and client.registered_on == on


@transaction.atomic
def send_inquiry(*, token: UUID, client: Client, center: Center, by: User, on: date, purpose: str) -> Inquiry:
    """Ask every center that knows the person. The same token twice asks once. Raises NotKnown."""
    (client,) = present([client])  # of two posts of one form the second finds the first
    standing = Inquiry.unscoped.filter(pk=token, written_by=by, client=client).first()
    if standing:
        return standing
    known = list(
        known_elsewhere(center, kana=client.kana, birth=client.birth, on=on).select_related("center__zone")
    )
    if not known:
        raise NotKnown
    with pghistory.context(user=str(by.pk)):
        inquiry = Inquiry.unscoped.create(
            pk=token, client=client, center=center, written_by=by, purpose=purpose
        )
        for other in known:
            answer = InquiryAnswer.unscoped.create(inquiry=inquiry, center=other.center, client=other)
            tell_center(
                other.center,
                [Role.KINOU, Role.KANRI],
                title="照会が届きました",
                body=f"{center}から照会が届いています。記録を見せるかどうかを返事してください。",
                path=reverse("cases:inquiry_answer", args=[answer.pk]),
            )
    return inquiry


@transaction.atomic
def open_inquiry(
    *,
    answer: InquiryAnswer,
    by: User,
    on: date,
    scope: ShareScope,
    basis: ShareBasis,
    until: date,
    reason: str = "",
) -> InquiryAnswer:
    """開く: the asking center sees the person until the day. Raises Gone when it was answered before."""
    standing = _waiting(answer)
    with pghistory.context(user=str(by.pk)):
        standing.share = share(
            client=standing.client,
            to_center=standing.inquiry.center,
            scope=scope,
            basis=basis,
            by=by,
            starts_on=on,
            ends_on=until,
        )
        standing.scope = scope
        _settle(standing, InquiryState.OPENED, by, reason)
    return standing


@transaction.atomic
def decline_inquiry(*, answer: InquiryAnswer, by: User, reason: str) -> InquiryAnswer:
    """開かない, with the reason that the asker is told. Raises Gone."""
    standing = _waiting(answer)
    with pghistory.context(user=str(by.pk)):
        _settle(standing, InquiryState.DECLINED, by, reason)
    return standing


def _waiting(answer: InquiryAnswer) -> InquiryAnswer:
    """The question is locked first: its state follows from all of its answers."""
    Inquiry.unscoped.select_for_update().get(pk=answer.inquiry_id)
    rows = InquiryAnswer.unscoped.select_for_update(of=("self",)).select_related(
        "inquiry__center__zone", "inquiry__client", "client", "center"
    )
    standing = rows.get(pk=answer.pk)
    if standing.state != InquiryState.WAITING:
        raise Gone
    return standing


def _settle(answer: InquiryAnswer, state: InquiryState, by: User, reason: str) -> None:
    answer.state, answer.reason, answer.answered_by = state, reason, by
    answer.answered_at = timezone.now()
    answer.save()
    if _tell_asker(answer.inquiry, state, reason):
        path = reverse("cases:inquiry", args=[answer.inquiry_id])
        tell_center(
            answer.inquiry.center,
            EVERY_CASEWORKER,
            title="照会の返事",
            body="照会に返事がありました。",
            path=path,
        )


def _tell_asker(inquiry: Inquiry, state: InquiryState, reason: str) -> bool:
    """Opened by one is opened; declined only when all have: how many were asked is nobody's to count."""
    waiting = inquiry.answers.filter(state=InquiryState.WAITING).exists()
    if inquiry.state == InquiryState.OPENED or (state == InquiryState.DECLINED and waiting):
        return False
    inquiry.state, inquiry.answer, inquiry.answered_at = state, reason, timezone.now()
    inquiry.save(update_fields=["state", "answer", "answered_at"])
    return True


def asked_clients(inquiry: Inquiry) -> QuerySet[Client]:
    """The records that a question which nobody has opened is about: for 緊急閲覧."""
    return Client.unscoped.filter(pk__in=inquiry.answers.values("client")).order_by("number")
