"""文書 of a person: what is attached, what is kept on paper, and each download noted."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.files import (
    OtherAttachment,
    attach,
    correctable_papers,
    hand_paper,
    keep_paper,
    void_paper,
)
from cases.forms.files import RECORDS_OFFERED, AttachmentForm, HandedForm, PaperForm, PaperVoidForm
from cases.models import Attachment, PaperOriginal
from cases.people import Person
from cases.timeline import records_of
from cases.views.clients import page_context, person_of
from centers.access import center_of
from centers.audit import log_read
from centers.contracts import setting
from centers.enums import AccessVerb
from centers.filestore import FileLost, read
from centers.filetypes import FileLimits
from centers.paging import Cursor, page_of
from centers.periods import today

TAB = "files"
PAPERS_SHOWN = 100
# Nothing of a file runs or loads anything, should a browser show it in spite of all.
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_GET
def client_files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Files, newest first, page by page; papers kept outside, those still here first."""
    person = person_of(request, pk)
    log_read(request, person.client)
    files = Attachment.visible_to(request.user).filter(client=person.client)
    papers = PaperOriginal.visible_to(request.user).filter(client=person.client)
    related = ("added_by", "voided_by", "center__zone", "consultation")
    mine = correctable_papers(request.user, Attachment).filter(client=person.client)
    context = page_context(person, TAB) | {
        "page": page_of(files.select_related(*related), ("-added_at", "-pk"), Cursor.of(request.GET)),
        "papers": papers.select_related("added_by", "voided_by").order_by(
            "voided_at", "handed_on", "-since", "id"
        )[:PAPERS_SHOWN],
        "mine": set(mine.values_list("pk", flat=True)),
        "my_papers": set(
            correctable_papers(request.user, PaperOriginal)
            .filter(client=person.client)
            .values_list("pk", flat=True)
        ),
    }
    return render(request, "cases/files/list.html", context)


@require_http_methods(["GET", "POST"])
def attachment_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = _writable(request, pk)
    context = page_context(person, TAB)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachmentForm(
        *posted,
        limits=FileLimits(**setting("attachment_limits", person.on)),
        records=records_of(request.user, person.client)
        .standing()
        .order_by("-date", "-created_at")[:RECORDS_OFFERED],
        labels=context["labels"],
        on=person.on,
    )
    if form.is_bound and form.is_valid():
        try:
            kept = attach(
                client=person.client, center=center_of(request.user), by=request.user, **form.entry()
            )
        except OtherAttachment:
            messages.warning(
                request, "この画面からは、もう別のファイルを添付しています。もう一度選んでください。"
            )
            return redirect("cases:attachment_new", pk)
        messages.success(request, f"「{kept.name}」を添付しました。")
        return redirect("cases:client_files", pk)
    status = 422 if form.errors else 200
    return render(request, "cases/files/attach.html", context | {"form": form}, status=status)


@require_GET
def attachment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself, as a download and nothing else."""
    file = get_object_or_404(Attachment.visible_to(request.user).select_related("client"), pk=pk)
    if file.voided_at:
        raise Http404
    try:
        data = read(file.key)
    except FileLost:
        messages.error(
            request,
            f"「{file.name}」を開けません。保管したファイルが見つからないか、壊れています。システム管理者に連絡してください。",
        )
        return redirect("cases:client_files", file.client_id)
    log_read(request, file.client, verb=AccessVerb.DOWNLOAD, obj=file)
    return HttpResponse(
        data,
        content_type=file.type.mime,
        headers={
            "Content-Disposition": content_disposition_header(True, file.name),
            "Content-Security-Policy": _SANDBOX,
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_http_methods(["GET", "POST"])
def attachment_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _void(request, Attachment, pk)


@require_http_methods(["GET", "POST"])
def paper_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _void(request, PaperOriginal, pk)


@require_http_methods(["GET", "POST"])
def paper_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = _writable(request, pk)
    context = page_context(person, TAB)
    form = PaperForm(request.POST or None, labels=context["labels"], on=person.on)
    if form.is_bound and form.is_valid():
        keep_paper(client=person.client, center=center_of(request.user), by=request.user, **form.entry())
        messages.success(request, "預かり・保管の控えに入れました。")
        return redirect("cases:client_files", pk)
    status = 422 if form.errors else 200
    return render(request, "cases/files/paper.html", context | {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def paper_handed(request: HttpRequest, pk: UUID) -> HttpResponse:
    paper, person = _paper(request, PaperOriginal, pk)
    if paper.handed_on or paper.voided_at:
        return redirect("cases:client_files", paper.client_id)
    form = HandedForm(request.POST or None, on=today(), initial={"day": today()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        hand_paper(paper=paper, by=request.user, to=given["to"], on=given["day"])
        messages.success(request, f"「{paper.what}」を渡した・返したことを控えました。")
        return redirect("cases:client_files", paper.client_id)
    context = page_context(person, TAB) | {"form": form, "paper": paper}
    return render(request, "cases/files/handed.html", context, status=422 if form.errors else 200)


def _void(request: HttpRequest, model, pk: UUID) -> HttpResponse:
    paper, person = _paper(request, model, pk)
    if paper.voided_at:
        return redirect("cases:client_files", paper.client_id)
    form = PaperVoidForm(request.POST or None)
    if form.is_bound and form.is_valid():
        void_paper(paper=paper, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "取り消しました。取り消したことと理由は残ります。")
        return redirect("cases:client_files", paper.client_id)
    context = page_context(person, TAB) | {"form": form, "paper": paper, "is_file": model is Attachment}
    return render(request, "cases/files/void.html", context, status=422 if form.errors else 200)


def _paper(request: HttpRequest, model, pk: UUID):
    """A row that the user may go on with, and its person; 404 where they may not."""
    paper = get_object_or_404(correctable_papers(request.user, model), pk=pk)
    person = person_of(request, paper.client_id)
    log_read(request, person.client)
    return paper, person


def _writable(request: HttpRequest, pk: UUID) -> Person:
    person = person_of(request, pk)
    if not person.writable:
        raise Http404
    log_read(request, person.client)
    return person
