"""定型文: the user's own and the center's, put in by `;` or by choosing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases.actions.quick import KeyTaken, TooMany, delete_quick_text, editable_texts, save_quick_text
from cases.forms.quick import CENTER, OWN, QuickTextForm
from cases.models import QuickText
from cases.quick import quick_texts_of
from centers.access import Right, allowed, center_of
from centers.contracts import setting
from centers.periods import today


@require_http_methods(["GET", "POST"])
def quick_texts(request: HttpRequest) -> HttpResponse:
    """The list, and the form of a new one."""
    may_share = allowed(request.user, Right.QUICK_TEXT_CENTER)
    form = QuickTextForm(request.POST or None, may_share=may_share)
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        messages.success(request, "定型文を足しました。")
        return redirect("cases:quick_texts")
    texts = quick_texts_of(request.user, center_of(request.user))
    context = {
        "form": form,
        "own": [text for text in texts if text.owner_id],
        "shared": [text for text in texts if not text.owner_id],
        "may_share": may_share,
    }
    return render(request, "cases/quick_texts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def quick_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words for one of them."""
    quick = get_object_or_404(editable_texts(request.user), pk=pk)
    initial = {"key": quick.key, "text": quick.text}
    form = QuickTextForm(request.POST or None, may_share=False, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, form, quick):
        messages.success(request, "定型文を直しました。")
        return redirect("cases:quick_texts")
    context = {"form": form, "quick": quick}
    return render(request, "cases/quick_text.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: QuickTextForm, standing: QuickText | None) -> bool:
    """Whether it could be saved; if not, the form says why."""
    limits = setting("quick_text_limits", today())
    try:
        save_quick_text(
            center=center_of(request.user),
            by=request.user,
            shared=form.shared,
            key=form.cleaned_data["key"],
            text=form.cleaned_data["text"],
            limit=limits[CENTER if form.shared else OWN],
            standing=standing,
        )
    except KeyTaken as told:
        form.add_error("key", str(told))
    except TooMany as told:
        form.add_error(None, str(told))
    return not form.errors


@require_http_methods(["GET", "POST"])
def quick_text_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opened by a link it only leads to the one."""
    quick = get_object_or_404(editable_texts(request.user), pk=pk)
    if request.method == "GET":
        return redirect("cases:quick_text", pk)
    delete_quick_text(quick=quick)
    messages.success(request, f"定型文「{quick.key}」を消しました。")
    return redirect("cases:quick_texts")
