"""The one place that writes the access log (append-only)."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from centers.access import rights_of
from centers.enums import AccessVerb
from centers.models import AccessLog, User
from centers.read_alarm import watch


def log_read(
    request: HttpRequest, client, *, verb: AccessVerb = AccessVerb.READ, obj=None, reason: str = ""
) -> None:
    """Note that notes or identity of the client were shown: one row per request and client.

    `client` is anything with `pk` and `center_id`; `obj` is what was taken along of it (a file, a pack).
    """
    done = request.__dict__.setdefault("_reads_logged", set())
    if (verb, client.pk) in done:
        return
    done.add((verb, client.pk))
    fields = {"client_id": client.pk, "center_id": client.center_id, "reason": reason}
    _write(request, verb, **fields, object_id=obj and obj.pk)
    watch(request.user)


def log_reads(
    request: HttpRequest, clients: Iterable, objects: Iterable = (), *, verb: AccessVerb = AccessVerb.READ
) -> None:
    """Like log_read for all clients of a list and log_object for its rows without one. Two statements."""
    done = request.__dict__.setdefault("_reads_logged", set())
    shown = {client.pk: client for client in clients if (verb, client.pk) not in done}
    done.update((verb, pk) for pk in shown)
    rows = [{"client_id": client.pk, "center_id": client.center_id} for client in shown.values()]
    rows += [{"object_id": row.pk, "center_id": row.center_id} for row in objects]
    AccessLog.objects.bulk_create(_row(request, verb, **fields) for fields in rows)
    if shown:
        watch(request.user)


def log_shown_steps(request: HttpRequest, steps: Iterable) -> None:
    """Note the 次の予定 of others that a list has shown with its words; one's own work list is no look at anybody.

    A step has `client`, `is_for(user)`, `pk` and `center_id`. One statement.
    """
    others = [step for step in steps if not step.is_for(request.user)]
    log_reads(
        request, [step.client for step in others if step.client], [step for step in others if not step.client]
    )


def log_object(request: HttpRequest, obj) -> None:
    """Note that a row without a client (anonymous record or thread) was shown."""
    _write(request, AccessVerb.READ, object_id=obj.pk, center_id=obj.center_id)


def log_locked(request: HttpRequest, obj, *, center_id, client_id=None, reason: str = "") -> None:
    """Note that a row under a right of its own was opened: a line of its own, with the reason where one is asked."""
    _write(
        request,
        AccessVerb.READ,
        object_id=obj.pk,
        center_id=center_id,
        client_id=client_id,
        reason=reason,
    )


def log_search(request: HttpRequest, query: str, hits: int, *, reason: str = "") -> None:
    """Note a person search by its number of hits and a keyed hash of what was typed; `reason` beyond the own center."""
    _write(request, AccessVerb.SEARCH, hits=hits, query_hash=_keyed_hash(query), reason=reason)


def searches_today(user: User, reason: str) -> int:
    """How often the user has searched for this reason within 24 hours (real clock)."""
    since = timezone.now() - timedelta(hours=24)
    return AccessLog.objects.filter(user=user, at__gte=since, verb=AccessVerb.SEARCH, reason=reason).count()


def log_denial(request: HttpRequest) -> None:
    """Note that a signed-in user asked for something that is not there for them."""
    ids = [value for value in request.resolver_match.kwargs.values() if isinstance(value, UUID)]
    _write(request, AccessVerb.DENIED, object_id=ids[0] if ids else None)


def _write(request: HttpRequest, verb: AccessVerb, **fields) -> None:
    _row(request, verb, **fields).save(force_insert=True)


def _row(request: HttpRequest, verb: AccessVerb, **fields) -> AccessLog:
    rights = rights_of(request.user)
    opened = rights.read_reasons.get(fields.get("client_id"), "")
    return AccessLog(
        user=request.user,
        verb=verb,
        roles="・".join(role.label for role in rights.roles),
        reason=" ".join(filter(None, (opened, fields.pop("reason", "")))),
        page=request.resolver_match.view_name,
        address=_address(request),
        **fields,
    )


def _address(request: HttpRequest) -> str | None:
    """The visitor's own, not the proxy's (TRUST_PROXY)."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # no address can be read
        return None


def _keyed_hash(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
