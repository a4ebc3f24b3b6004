"""フェイスシート of a client: the whole sheet, and one section to be filled in, which saves by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.face_sheet import StaleSection, save_section
from cases.enums import SheetKind
from cases.face_sheet import sheet_of
from cases.face_sheet.reading import reads_notes
from cases.face_sheet.values import section_values
from cases.forms.face_sheet import SectionForm
from cases.models import SheetDate, SheetSection
from cases.models.person import OPEN_SECTIONS
from cases.people import Person
from cases.views.clients import page_context, person_of
from centers.audit import log_read
from centers.contracts import code_labels
from centers.enums import AccessVerb
from centers.periods import JST


@require_GET
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that is known of the person, section by section; `print=1` notes and opens a print."""
    person = person_of(request, pk)
    printing = "print" in request.GET
    log_read(request, person.client, verb=AccessVerb.PRINT if printing else AccessVerb.READ)
    context = page_context(person, "sheet") | {"printing": printing}
    context["sheet"] = sheet_of(request.user, person.client, person.on, context["labels"])
    return render(request, "cases/sheet/print.html" if printing else "cases/sheet/sheet.html", context)


@require_http_methods(["GET", "POST"])
def sheet_section(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The form of one section. Posted by htmx while one types; the answer then is what became of it, alone."""
    person = person_of(request, pk)
    if not person.editable or kind not in SheetKind.values or not _open(person, kind):
        raise Http404
    section, labels = SheetKind(kind), code_labels(person.on)
    form = _form(request, person, section, labels)
    if request.method == "GET" or not _may_save(form):
        return _answer(request, person, section, form)
    if form.changes():
        try:
            save_section(
                client=person.client,
                kind=section,
                by=request.user,
                version=form.version,
                values=form.cleaned_data,
            )
        except StaleSection:
            return _answer(request, person, section, _form(request, person, section, labels))
    if request.htmx:
        return _state(request, section, form, version=form.version + bool(form.changes()), saved=True)
    if form.warning:
        messages.warning(request, form.warning)
    messages.success(
        request, f"「{section.label}」を保存しました。" if form.changes() else "変わったところはありません。"
    )
    return redirect(f"{reverse('cases:sheet', args=[pk])}#{section}")


def _open(person: Person, kind: str) -> bool:
    return kind in OPEN_SECTIONS or reads_notes(person.user, person.client)


def _may_save(form: SectionForm) -> bool:
    """A stale form whose text is what stands, saved a moment ago by itself, is no conflict."""
    if form.must_choose and (form.undecided or form.differences()):
        return False
    return form.is_valid()


def _form(request: HttpRequest, person: Person, kind: SheetKind, labels) -> SectionForm:
    """Bound to what stands in the database now."""
    row = _row(request, person, kind)
    dates = {row.kind: row for row in SheetDate.visible_to(request.user).filter(client=person.client)}
    return SectionForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        values=section_values(kind, person.client, row, dates),
        labels=labels,
        version=row.version if row else 0,
        on=person.on,
    )


def _row(request: HttpRequest, person: Person, kind: SheetKind) -> SheetSection | None:
    rows = SheetSection.visible_to(request.user).select_related("updated_by")
    return rows.filter(client=person.client, kind=kind).first()


def _answer(request: HttpRequest, person: Person, kind: SheetKind, form: SectionForm) -> HttpResponse:
    """The page of the section, with both texts where another was faster; for htmx its state."""
    if request.htmx and request.method == "POST":
        return _state(request, kind, form, version=form.posted_version, conflict=form.must_choose, status=422)
    log_read(request, person.client)
    context = page_context(person, "sheet") | {"kind": kind, "form": form, "version": form.version}
    status = 422 if form.is_bound and form.errors else 200
    if form.is_bound and form.must_choose:
        row = _row(request, person, kind)
        faster = row and {"by": row.updated_by.family_name, "at": row.updated_at}
        context |= {"differences": form.differences(), "faster": faster}
        status = 409 if form.stale else 422
    return render(request, "cases/sheet/section.html", context, status=status)


def _state(
    request: HttpRequest, kind: SheetKind, form: SectionForm, *, status: int = 200, **what
) -> HttpResponse:
    """What has become of what was typed: the fields themselves are left alone."""
    context = {"kind": kind, "form": form, "now": timezone.localtime(timezone=JST)} | what
    return render(request, "cases/sheet/_state.html", context, status=status)
