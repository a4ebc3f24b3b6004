"""相談を記録: opening the form, choosing a person, saving."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions.clients import writable_clients
from cases.actions.closing import closed_among
from cases.actions.drafts import NewerDraft
from cases.actions.entries import AlreadyRecorded, OtherWriter, is_first_contact, record_entry
from cases.cards import cards_of
from cases.doubles import Double, possible_doubles, traits
from cases.enums import LogVia, Subject, Who
from cases.forms.draft import DraftTooLong, typed_values
from cases.forms.log import LogForm
from cases.models import Consultation
from cases.quick import with_quick_text
from cases.rules import PHONE, SAME_PERSON
from cases.search import find_clients
from cases.views.inquiries import told_elsewhere
from cases.views.sheet import Sheet, go_to, keep_draft, log_form, show
from centers.access import center_of
from centers.audit import log_read, log_search
from centers.contracts import code_labels
from centers.periods import JST, DateInputError, parse_birth, today


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """A new form (`who=new|anonymous|organization` sets だれ); its post by `act`: find, save, next, unanswered."""
    if request.method == "POST":
        return _posted(request)
    who = request.GET.get("who", "")
    initial = {"subject": who} if who in Who.values else {}
    if who == Who.ANONYMOUS:
        initial["method"] = PHONE
    return _opened(request, initial, LogVia.BLANK)


@require_GET
def log_client(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new form with the person chosen."""
    client = get_object_or_404(writable_clients(request.user, center_of(request.user)), pk=pk)
    return _opened(request, {"clients": [str(client.pk)]}, LogVia.PERSON)


def _opened(request: HttpRequest, initial: dict, via: str) -> HttpResponse:
    now = timezone.now().astimezone(JST)
    initial |= {"date": today(), "start": now.time()}
    return show(request, log_form(request, initial=initial), Sheet.fresh(via))


def _posted(request: HttpRequest) -> HttpResponse:
    sheet, data = Sheet.posted(request.POST), _with_pick(request.POST)
    act = data.get("act", "")
    if act == "find":
        return _found(request, data, sheet)
    if act == "insert":
        typed = typed_values(with_quick_text(request.user, data))
        return show(request, log_form(request, initial=typed), sheet)
    form = log_form(request, data, unanswered=act == "unanswered")
    if form.is_valid():
        return _saved(request, form, sheet, act)
    return _refused(request, form, sheet)


def _with_pick(posted: QueryDict) -> QueryDict:
    """The answer to a list of candidates: another client, or another kind of だれ."""
    data, pick = posted.copy(), posted.get("pick", "")
    if pick in Who.values:
        data["subject"] = pick
    elif pick:
        data["subject"] = Who.CLIENT
        data.appendlist("clients", pick)
    return data


def _found(request: HttpRequest, data: QueryDict, sheet: Sheet) -> HttpResponse:
    """The form as it stands, with candidates below the search field (the way without scripts)."""
    text = data.get("q", "").strip()
    found = find_clients(request.user, text, on=today()) if text else []
    if text:
        log_search(request, text, len(found))
    form = log_form(request, initial=typed_values(data))
    return show(request, form, sheet, text=text, candidates=found, searched=True)


# ---- saving ----


def _saved(request: HttpRequest, form: LogForm, sheet: Sheet, act: str) -> HttpResponse:
    center = center_of(request.user)
    entry = form.entry() | {"timing": sheet.timing}
    twins = _twins(request, form)
    try:
        records = record_entry(group=sheet.group, by=request.user, center=center, on=form.on, **entry)
    except AlreadyRecorded as told:
        form.add_error(None, _recorded_before(told.records[0]))
        return _refused(request, form, sheet)
    except OtherWriter:
        form.add_error(
            None, "この画面の続きは保存できません。もう一度『保存』を押すと、新しい記録として保存します。"
        )
        return _refused(request, form, sheet.renewed())
    messages.success(request, _saved_text(records))
    if twins:
        messages.warning(request, _twin_text(twins))
    for month in closed_among(center, [records[0].date]):
        messages.warning(request, f"{month.label}分は締めてあります。この記録は「締め後の変更」に載ります。")
    _tell_known(request, form, records[0])
    if records[0].rights_concern:
        return _on_to_rights(request, records[0], act)
    return go_to(request, "cases:log") if act == "next" else go_to(request, *_page_of(records[0]))


def _on_to_rights(request: HttpRequest, record: Consultation, act: str) -> HttpResponse:
    """After a suspicion the 受付票 opens with what the record says; who goes on logging gets the way to it."""
    query = f"?record={record.pk}"
    if act != "next":
        return go_to(request, "cases:abuse_new", query=query)
    link = reverse("cases:abuse_new") + query
    messages.warning(request, format_html('虐待・差別の疑いがあります。<a href="{}">受付票を書く</a>', link))
    return go_to(request, "cases:log")


def _refused(request: HttpRequest, form: LogForm, sheet: Sheet) -> HttpResponse:
    """The form with what must be mended; what was typed stays in it, and in the draft."""
    try:
        draft = keep_draft(request, sheet, form.data)
    except (NewerDraft, AlreadyRecorded, OtherWriter, DraftTooLong):
        draft = None
    return show(request, form, sheet, status=422, saved=draft, text=form.data.get("q", ""))


def _recorded_before(record: Consultation) -> str:
    return format_html(
        '{}に保存した記録と内容が違います。直した文はこの画面に残っています。<a href="{}">保存した記録</a>を開いて訂正してください。',
        f"{record.created_at.astimezone(JST):%H:%M}",
        reverse("cases:consultation", args=[record.pk]),
    )


def _saved_text(records: list[Consultation]) -> str:
    """With the way to take it back; of several people one by one, from the record that names them all."""
    first = records[0]
    what = "不在" if first.unanswered else "相談"
    page, words = "cases:consultation_void", "取り消す"
    if len(records) > 1:
        page, words = "cases:consultation", "記録を見る・取り消す"
    link = reverse(page, args=[first.pk])
    text = format_html('{}の{}を保存しました <a href="{}">{}</a>', _whose(records), what, link, words)
    if len(records) > 1 or first.unanswered or not is_first_contact(first):
        return text
    return format_html('{} <a href="{}">受付票を作る</a>', text, reverse("cases:intake_new", args=[first.pk]))


def _whose(records: list[Consultation]) -> str:
    first = records[0]
    if first.client is None:
        return Subject(first.subject).label
    name = first.client.family_name or first.client.family_kana
    return f"{name}さん" if len(records) == 1 else f"{name}さんほか{len(records) - 1}人"


def _page_of(record: Consultation) -> tuple:
    """Where one sees what was saved."""
    if record.client_id:
        return "cases:client", record.client_id
    if record.thread_id:
        return "cases:thread", record.thread_id
    return "cases:consultation", record.pk


# ---- a new person who may be known ----


def _twins(request: HttpRequest, form: LogForm) -> list[Double]:
    given = form.cleaned_data
    if given["who"] != Who.NEW:
        return []
    typed = traits(kana=given["kana"], name=given["name"], birth=given["birth"], phones=[given["phone"]])
    return possible_doubles(request.user, center_of(request.user), typed)


def _twin_text(twins: list[Double]) -> str:
    return f"同じ人かもしれない登録が、ほかにもあります: {'、'.join(map(str, twins))}。同じ人か確かめてください。"


def _tell_known(request: HttpRequest, form: LogForm, record: Consultation) -> None:
    """That another center has a record of the person who was just registered, with the way to ask."""
    given = form.cleaned_data
    if given["who"] == Who.NEW and told_elsewhere(request, kana=given["kana"], birth=given["birth"]):
        link = reverse("cases:inquiry_new", args=[record.client_id])
        messages.warning(
            request, format_html('他のセンターに記録があります。<a href="{}">照会を送る</a>', link)
        )


@require_POST
def log_known(request: HttpRequest) -> HttpResponse:
    """Clients of the center that agree with what is typed so far; empty while too little of it is there."""
    kana, name, phone = (request.POST.get(field, "")[:130] for field in ("kana", "name", "phone"))
    try:
        birth = parse_birth(request.POST.get("birth", ""), today())
    except DateInputError:
        birth = None
    typed = traits(kana=kana, name=name, birth=birth, phones=[phone])
    if typed.known < SAME_PERSON:
        return HttpResponse()
    twins = possible_doubles(request.user, center_of(request.user), typed)
    log_search(request, f"{kana} {name} {birth and birth.day} {phone}", len(twins))
    elsewhere = told_elsewhere(request, kana=kana, birth=birth)
    return render(request, "cases/_known.html", {"twins": twins, "elsewhere": elsewhere})


@require_POST
def log_person(request: HttpRequest) -> HttpResponse:
    """The card of a `client` that was picked."""
    try:
        pk = UUID(request.POST.get("client", ""))
    except ValueError:
        raise BadRequest("no client") from None
    client = get_object_or_404(writable_clients(request.user, center_of(request.user)), pk=pk)
    log_read(request, client)
    on = today()
    card = cards_of(request.user, [client.pk], on=on)[0]
    return render(request, "cases/_person_card.html", {"card": card, "labels": code_labels(on), "on": on})
