from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from centers.accounts import Account, may_manage, visible_accounts, with_facts
from centers.actions.links import send_link
from centers.models import Invitation
from centers.periods import today
from centers.qr import qr_svg


def account_of(request: HttpRequest, pk: UUID) -> Account:
    """The account, if the user may look at it; else 404."""
    user = get_object_or_404(with_facts(visible_accounts(request.user)), pk=pk)
    return Account(user, today())


def managed(request: HttpRequest, pk: UUID) -> Account:
    """The account, if the user may stop and reset it; else 404."""
    account = account_of(request, pk)
    if not may_manage(request.user, account.user, on=account.on):
        raise Http404
    return account


def hand_over(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """The one page that shows a link, in answer to the form that made it; where there is an address, it is mailed."""
    link = f"{request.build_absolute_uri(reverse('centers:invitation'))}?token={token}"
    if invitation.email:
        send_link(invitation, link)
        return render(request, "accounts/link_sent.html", {"invitation": invitation})
    context = {
        "invitation": invitation,
        "link": link,
        "qr": qr_svg(link, "リンクの四角い符号"),
        "purpose": invitation.purpose,
    }
    return render(request, "accounts/link.html", context)
