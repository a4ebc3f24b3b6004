"""The token of a form that makes something: the key of what it makes, so that a second post makes nothing more."""

import uuid
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest


def token_of(request: HttpRequest) -> UUID:
    """The posted `token`; a new one for a form that is opened."""
    if request.method != "POST":
        return uuid.uuid4()
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        raise BadRequest("no form token") from None
