"""One open form of the quick log: its token, its page, and how it is shown. Shared by the views of log and draft."""

import secrets
import time
import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cases.actions.clients import writable_clients
from cases.actions.drafts import open_drafts, save_draft
from cases.actions.timing import Timing
from cases.cards import cards_of
from cases.enums import LogVia
from cases.forms.choices import LogChoices
from cases.forms.draft import content_of
from cases.forms.log import LogForm
from cases.models import Consultation, Draft
from cases.quick import quick_texts_of
from centers.access import center_of
from centers.audit import log_read
from centers.middleware_sessions import is_background
from centers.paging import capped_count
from centers.periods import JST, DateInputError, parse_date, today

_SALT = "quick-log"


@dataclass(frozen=True)
class Sheet:
    """What the form carries besides its fields.

    group: token of the entry; page: name of the open page, for drafts in two tabs; seen: time of the draft that the
    page has read or written last; opened: signed time and way of opening, for the measure.
    """

    group: UUID = field(default_factory=uuid.uuid4)
    page: str = field(default_factory=lambda: secrets.token_urlsafe(6))
    seen: datetime | None = None
    opened: str = ""

    @classmethod
    def fresh(cls, via: str = LogVia.BLANK) -> "Sheet":
        return cls(opened=signing.dumps({"at": time.time(), "via": str(via)}, salt=_SALT))

    @classmethod
    def reopened(cls, draft: Draft) -> "Sheet":
        """Without a time of opening: how long a draft lay is no measure of anything."""
        return cls(group=draft.group, seen=draft.updated_at)

    @classmethod
    def posted(cls, data: QueryDict) -> "Sheet":
        try:
            group = UUID(data.get("group", ""))
        except ValueError:
            raise BadRequest("no entry token") from None
        page = data.get("page", "")[:20].replace("\x00", "")
        return cls(group, page, _moment(data.get("seen", "")), data.get("opened", "")[:300])

    def renewed(self) -> "Sheet":
        return replace(self, group=uuid.uuid4(), seen=None)

    @property
    def timing(self) -> Timing | None:
        try:
            opened = signing.loads(self.opened, salt=_SALT)
        except signing.BadSignature:
            return None
        return Timing(time.time() - opened["at"], opened["via"])


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def log_form(
    request: HttpRequest, data: QueryDict | None = None, *, initial=None, unanswered: bool = False
) -> LogForm:
    """The form for the signed-in writer's center; codes and 業務項目 are those of the day that is typed.

    A day before the center's first one is refused by the form; nothing was in force then, so the first day's are taken.
    """
    center, on = center_of(request.user), today()
    day = max(typed_day((data or initial or {}).get("date", ""), on), center.opened_on)
    choices = LogChoices.load(request.user, center, on=on, day=day)
    clients = writable_clients(request.user, center)
    return LogForm(data, initial=initial, clients=clients, choices=choices, unanswered=unanswered)


def typed_day(text, on: date) -> date:
    """The day that a field holds, as typed or as a date; `on` where it cannot be read."""
    try:
        return parse_date(text, on=on, allow_short=True) if isinstance(text, str) else text or on
    except DateInputError:
        return on


def show(request: HttpRequest, form: LogForm, sheet: Sheet, *, status: int = 200, **extra) -> HttpResponse:
    """The page, or for a script the form alone. The people on it are noted as read."""
    cards = cards_of(request.user, _chosen_ids(form), on=form.on)
    for card in cards:
        log_read(request, card.client)
    context = {
        "form": form,
        "sheet": sheet,
        "cards": cards,
        "labels": form.choices.labels,
        "on": form.on,
        "quick_texts": quick_texts_of(request.user, form.choices.center),
    } | extra
    if is_background(request):
        return render(request, "cases/_log_form.html", context, status=status)
    others = open_drafts(request.user).exclude(pk=sheet.group)
    context |= {"drafts": others[:2], "draft_count": capped_count(others), "last_entry": _last_entry(request)}
    return render(request, "cases/log.html", context, status=status)


def _chosen_ids(form: LogForm) -> list[UUID]:
    """The people on the form whom the user may write about, in their order."""
    wanted = uuids(form["clients"].value() or [])
    known = (
        set(form.fields["clients"].queryset.filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted
        else set()
    )
    return [pk for pk in wanted if pk in known]


def uuids(values) -> list[UUID]:
    """The values that are ids."""
    found = []
    for value in values:
        try:
            found.append(UUID(str(value)))
        except ValueError:
            continue
    return found


def keep_draft(request: HttpRequest, sheet: Sheet, data: QueryDict, *, overwrite: bool = False) -> Draft:
    """Save what is typed as the sheet's draft; raises what save_draft and content_of raise."""
    center, wanted = center_of(request.user), uuids(data.getlist("clients")[:1])
    clients = writable_clients(request.user, center)
    return save_draft(
        group=sheet.group,
        by=request.user,
        center=center,
        content=content_of(data),
        client=clients.filter(pk__in=wanted).first() if wanted else None,
        page=sheet.page,
        seen=sheet.seen,
        overwrite=overwrite,
    )


def _last_entry(request: HttpRequest) -> Consultation | None:
    """What the writer saved last today (real clock)."""
    midnight = timezone.now().astimezone(JST).replace(hour=0, minute=0, second=0, microsecond=0)
    entries = Consultation.visible_to(request.user).filter(written_by=request.user, created_at__gte=midnight)
    return entries.select_related("client", "thread").order_by("-created_at").first()


def go_to(request: HttpRequest, page: str, *args, query: str = "") -> HttpResponse:
    """See the other page; a script is told to open it."""
    url = reverse(page, args=args) + query
    if is_background(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)
