"""紹介: sent with consent (or on a basis of law), answered once, taken back, and what became of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction
from django.urls import reverse

from cases.actions.merging import present
from cases.actions.passing import Gone, answer_sheet, locked, must_be_open, waiting
from cases.actions.sharing import share
from cases.actions.telling import EVERY_CASEWORKER, tell_center
from cases.actions.transfer import register_copy
from cases.enums import PassBasis, PassState, ShareBasis, ShareScope
from cases.models import Client, Consent, Referral
from centers.contracts import setting
from centers.models import Center, User


class ConsentMissing(Exception):
    """No standing consent covers the receiver; `scopes` are those that the person has agreed to."""

    def __init__(self, scopes: list[str]):
        super().__init__()
        self.scopes = scopes


def covering_consent(client: Client, *, to_center: bool, on: date) -> Consent:
    """The person's standing consent whose 情報共有の範囲 names such a receiver. Raises ConsentMissing."""
    words = setting("referral_consent_words", on)["center" if to_center else "agency"]
    consents = list(Consent.unscoped.standing(on).filter(client=client).order_by("-given_on"))
    for consent in consents:
        if any(word in scope for scope in consent.scopes for word in words):
            return consent
    raise ConsentMissing([scope for consent in consents for scope in consent.scopes])


@transaction.atomic
def send_referral(
    *, token: UUID, client: Client, center: Center, by: User, on: date, sheet: Mapping[str, Any]
) -> Referral:
    """Send the sheet; `sheet` are the other columns of Referral. The same token twice sends once.

    Raises ConsentMissing and CenterClosed.
    """
    (client,) = present([client])  # of two posts of one form the second finds the first
    standing = Referral.unscoped.filter(pk=token, written_by=by, client=client).first()
    if standing:
        return standing
    receiver = sheet.get("to_center")
    if receiver:
        must_be_open(receiver, on)
    if sheet["basis"] == PassBasis.CONSENT:
        covering_consent(client, to_center=bool(receiver), on=on)
    with pghistory.context(user=str(by.pk)):
        referral = Referral.unscoped.create(
            pk=token,
            client=client,
            center=center,
            written_by=by,
            sent_on=on,
            state=PassState.SENT,
            **sheet,
        )
    if receiver:
        body = f"{center}から紹介が届いています。開いて、受けるかどうかを返事してください。"
        _tell(receiver, referral, "紹介が届きました", body)
    return referral


@transaction.atomic
def accept_referral(
    *, referral: Referral, by: User, on: date, existing: Client | None = None, answer: str = ""
) -> Referral:
    """Register the person at the receiving center, or tie the sheet to its `existing` client; open what was offered.

    For a referral to an agency the sender notes the acceptance, and no person is made. Raises Gone.
    """
    standing = waiting(referral, on)
    with pghistory.context(user=str(by.pk)):
        if standing.to_center:
            standing.to_client = existing or register_copy(
                standing.client, center=standing.to_center, by=by, on=on, reason="ほかのセンターからの紹介"
            )
            _open_offer(standing, on)
        answer_sheet(standing, PassState.ACCEPTED, by, answer)
    if standing.to_center:
        _tell(
            standing.center,
            standing,
            "紹介が受け取られました",
            f"{standing.receiver}が紹介を受け取りました。",
        )
    return standing


@transaction.atomic
def refuse_referral(*, referral: Referral, by: User, on: date, reason: str) -> Referral:
    """Raises Gone."""
    standing = waiting(referral, on)
    answer_sheet(standing, PassState.REFUSED, by, reason)
    if standing.to_center:
        body = f"{standing.receiver}から、紹介を受けられないと返事がありました。理由を確かめてください。"
        _tell(standing.center, standing, "紹介を受けられないとの返事", body)
    return standing


@transaction.atomic
def withdraw_referral(*, referral: Referral, by: User, reason: str) -> Referral:
    """The sender takes it back before it was answered. Raises Gone."""
    standing = locked(referral)
    if standing.state != PassState.SENT:
        raise Gone
    answer_sheet(standing, PassState.WITHDRAWN, by, reason)
    return standing


@transaction.atomic
def note_result(*, referral: Referral, by: User, on: date, result: str) -> Referral:
    """What became of an accepted referral: told by the receiver, or by the sender of an agency. Raises Gone."""
    standing = locked(referral)
    if standing.state != PassState.ACCEPTED:
        raise Gone
    standing.result, standing.result_on = result, on
    with pghistory.context(user=str(by.pk)):
        standing.save(update_fields=["result", "result_on"])
    if standing.to_center:
        _tell(
            standing.center,
            standing,
            "紹介の結果が届きました",
            f"{standing.receiver}から結果が届いています。",
        )
    return standing


def _open_offer(referral: Referral, on: date) -> None:
    until = referral.offer_until
    if not (referral.to_center and referral.offer and until and until >= on):
        return
    share(
        client=referral.client,
        to_center=referral.to_center,
        scope=ShareScope(referral.offer),
        basis=ShareBasis.REFERRAL if referral.basis == PassBasis.CONSENT else ShareBasis.LAW,
        by=referral.written_by,
        starts_on=on,
        ends_on=until,
    )


def _tell(center: Center, referral: Referral, title: str, body: str) -> None:
    path = reverse("cases:referral", args=[referral.pk])
    tell_center(center, EVERY_CASEWORKER, title=title, body=body, path=path)
