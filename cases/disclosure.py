"""開示請求 pack of one person: everything that is held of them, in pieces that can be blacked out one by one.

A new kind of row about a person gets a function in SECTIONS; what is shown is what its `visible_to` gives.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncDate

from cases.blackout import BLACK, black_out
from cases.face_sheet import sheet_of
from cases.merges import registrations_of
from cases.models import (
    Attachment,
    Case,
    Consent,
    Consultation,
    ConsultationVersion,
    Disclosure,
    DiscriminationConsultation,
    FollowUp,
    GuardianshipSupport,
    PaperOriginal,
    PlanCase,
    ShareGrant,
)
from cases.people import Person
from centers.contracts import code_labels
from centers.enums import AccessVerb, CodeList
from centers.models import AccessLog
from centers.pages import page_name
from centers.periods import JST, FiscalYear, wareki, wareki_short


@dataclass(frozen=True)
class Piece:
    """One text of the pack. `name` is how a mark on it is kept; it holds no personal data."""

    name: str
    label: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Entry:
    """Pieces under one heading."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Section:
    """`part` is the page of the preparation on which it stands."""

    title: str
    entries: tuple[Entry, ...]
    part: str = "basic"


@dataclass
class Pack:
    """The sections as they go out; `found`: passage → how often it was blacked out."""

    sections: list[Section] = field(default_factory=list)
    found: Counter = field(default_factory=Counter)
    hidden: int = 0


PARTS = {"basic": "基本情報・ケース・文書・提供先", "reads": "だれが見たか"}


def pack_of(person: Person, asked: Disclosure) -> Pack:
    """The pack as it goes out: marked pieces and passages are not in it."""
    pack = Pack(found=Counter(dict.fromkeys(asked.passages, 0)))
    for section in sections_of(person):
        entries = tuple(_blacked(entry, asked, pack) for entry in section.entries)
        pack.sections.append(replace(section, entries=entries))
    return pack


def _blacked(entry: Entry, asked: Disclosure, pack: Pack) -> Entry:
    title, found = black_out(entry.title, asked.passages)
    pack.found.update(found)
    return Entry(title, tuple(_blacked_piece(piece, asked, pack) for piece in entry.pieces))


def _blacked_piece(piece: Piece, asked: Disclosure, pack: Pack) -> Piece:
    if piece.name in asked.hidden:
        pack.hidden += 1
        return replace(piece, text=BLACK, hidden=True)
    text, found = black_out(piece.text, asked.passages)
    pack.found.update(found)
    return replace(piece, text=text)


def sections_of(person: Person) -> Iterator[Section]:
    for make in SECTIONS:
        for section in make(person):
            if section.entries:
                yield section


def _entry(title: str, prefix: str, *pieces: tuple[str, str, str]) -> Entry:
    """Pieces as (name, label, text); what is empty is left out."""
    return Entry(title, tuple(Piece(f"{prefix}:{name}", label, text) for name, label, text in pieces if text))


def _basic(person: Person) -> Iterator[Section]:
    client = person.client
    columns = [
        ("name", "氏名", client.name),
        ("kana", "カナ", client.kana),
        ("birth", "生年月日", person.birth),
        ("sex", "性別", client.get_sex_display()),
        ("address", "住所", " ".join(map(str, filter(None, (client.postal_code, client.ward, client.town, client.address))))),
        ("district", "校区", client.school_district),
        ("phones", "電話", "、".join(f"{p.number}({p.whose})" if p.whose else p.number for p in client.phones.all())),
        ("level", "障害支援区分", client.support_level),
        ("recipient", "受給者証番号", client.recipient_number),
        ("books", "手帳", "、".join(f"{b.get_kind_display()} {b.grade}" for b in client.handbooks.all())),
        ("note", "連絡・配慮の注意", client.contact_note),
        ("registered", "登録した日", wareki(client.registered_on)),
    ]  # fmt: skip
    yield Section("基本情報", (_entry("", "basic", *columns),))


def _sheet(person: Person) -> Iterator[Section]:
    """フェイスシート with its rows. A mark hangs on the field's name or the row's id."""
    sheet = sheet_of(person.user, person.client, person.on)
    relation = sheet.labels[CodeList.RELATION]
    yield Section("フェイスシート", (
        *(_entry(one.label, f"sheet:{one.kind}", *((label, label, text) for label, text in one.lines))
          for one in sheet.sections if one.lines),
        *(_entry("支給決定サービス", f"service:{row.pk}", ("service", "サービス", f"{row.service} {row.amount}".strip()),
                 ("note", "メモ", row.note)) for row in sheet.services),
        *(_entry("家族・関係者", f"related:{row.pk}", ("name", "氏名", row.name),
                 ("relation", "続柄", relation[row.relation].label if row.relation in relation else row.relation),
                 ("contact", "連絡先", row.contact), ("care", "介護力・健康・就労", row.care), ("note", "メモ", row.note))
          for row in sheet.people),
        *(_entry("支援者・関係機関", f"supporter:{row.pk}", ("place", "機関", row.place_name),
                 ("person", "担当", row.person), ("phone", "電話", row.phone), ("role", "役割", row.role),
                 ("note", "メモ", row.note)) for row in sheet.supporters),
        *(_entry("住所", f"address:{row.pk}",
                 ("address", "住所", f"{row.ward or ''}{row.town}{row.address}")) for row in sheet.addresses),
    ))  # fmt: skip


def _consents(person: Person) -> Iterator[Section]:
    rows = _own(person, Consent).order_by("given_on")
    yield Section("同意", tuple(
        _entry(wareki(row.given_on), f"consent:{row.pk}",
               ("scopes", "情報共有の範囲", "、".join(row.scopes) or "範囲の記録なし"),
               ("withdrawn", "撤回した日", wareki(row.withdrawn_on) if row.withdrawn_on else ""))
        for row in rows
    ))  # fmt: skip


def _cases(person: Person) -> Iterator[Section]:
    cases = _own(person, Case).select_related("responsible").order_by("opened_on")
    plans = _own(person, PlanCase).order_by("contract_on")
    yield Section("ケース・計画相談", (
        *(_entry(f"ケース {wareki_short(row.opened_on)}", f"case:{row.pk}",
                 ("reason", "きっかけ", row.reason), ("state", "状態", row.get_state_display()),
                 ("staff", "担当", str(row.responsible or "")), ("closed", "終結の理由", row.closed_reason))
          for row in cases),
        *(_entry(f"{row.get_kind_display()} {wareki_short(row.contract_on)}", f"plan:{row.pk}",
                 ("specialist", "相談支援専門員", row.specialist), ("end", "終了の理由", row.end_reason),
                 ("to", "引き継ぎ先", row.handed_to), ("why", "やむを得ない理由", row.unavoidable_reason))
          for row in plans),
    ))  # fmt: skip


_TEXTS = (
    ("counterpart_note", "話した人"),
    ("place", "場所"),
    ("facts", "相談の要点"),
    ("view", "所見"),
    ("done", "対応"),
)


def _records(person: Person) -> Iterator[Section]:
    """One section for each 年度, so that the preparation has pages."""
    labels = code_labels(person.on)[CodeList.METHOD]
    versions: dict = {}
    for version in ConsultationVersion.visible_to(person.user).filter(consultation__client=person.client):
        versions.setdefault(version.consultation_id, []).append(version)
    years: dict[FiscalYear, list[Entry]] = {}
    records = _own(person, Consultation).select_related("written_by").order_by("date", "created_at")
    for record in records:
        method = labels[record.method].label if record.method in labels else record.method
        void = "(取り消し済み)" if record.voided_at else ""
        title = f"{wareki(record.date)} {method}{void}"
        pieces = [(name, label, getattr(record, name)) for name, label in _TEXTS]
        pieces.append(("writer", "書いた人", record.written_by.name))
        for version in sorted(versions.get(record.pk, ()), key=lambda one: one.version):
            pieces += [
                (f"v{version.version}:{name}", f"訂正前(版{version.version})の{label}", version.content.get(name) or "")
                for name, label in _TEXTS
                if version.content.get(name) != getattr(record, name)
            ]  # fmt: skip
        entry = _entry(title, f"record:{record.pk}", *pieces)
        years.setdefault(FiscalYear.of(record.date), []).append(entry)
    for year, entries in years.items():
        yield Section(f"相談記録 {year.label}", tuple(entries), f"y{year.year}")


def _rights(person: Person) -> Iterator[Section]:
    """成年後見 and 差別解消. Reports of abuse are left out: what is disclosed of them is the city's to decide."""
    guardianships = _own(person, GuardianshipSupport).order_by("created_at")
    discriminations = _own(person, DiscriminationConsultation).order_by("received_on")
    yield Section("成年後見・差別解消", (
        *(_entry(f"成年後見 {row.get_stage_display()} {wareki_short(row.stage_on)}", f"guardianship:{row.pk}",
                 ("name", "後見人等", row.guardian_name), ("contact", "後見人等の連絡先", row.guardian_contact),
                 ("note", "支援の内容", row.note)) for row in guardianships),
        *(_entry(f"差別の相談 {wareki_short(row.received_on)}", f"discrimination:{row.pk}",
                 ("party", "相手方", row.other_party), ("content", "相談の内容", row.content))
          for row in discriminations),
    ))  # fmt: skip


def _steps(person: Person) -> Iterator[Section]:
    steps = _own(person, FollowUp).order_by("due_on")
    yield Section("次の予定", tuple(
        _entry(f"{wareki(row.due_on)} {row.get_kind_display()}", f"step:{row.pk}",
               ("what", "すること", row.what), ("dropped", "しなかった理由", row.dropped_reason))
        for row in steps
    ))  # fmt: skip


def _papers(person: Person) -> Iterator[Section]:
    files = _own(person, Attachment).order_by("added_at")
    papers = _own(person, PaperOriginal).order_by("since")
    yield Section("文書", (
        *(_entry(f"添付 {wareki_short(row.added_at.astimezone(JST).date())}", f"file:{row.pk}",
                 ("name", "ファイル名", row.name), ("note", "メモ", row.note)) for row in files),
        *(_entry(f"紙の控え {wareki_short(row.since)}", f"paper:{row.pk}",
                 ("what", "文書", row.what), ("place", "置き場所", row.place),
                 ("to", "渡した・返した相手", row.handed_to), ("note", "メモ", row.note)) for row in papers),
    ))  # fmt: skip


def _given(person: Person) -> Iterator[Section]:
    shares = _own(person, ShareGrant).select_related("to_center__zone").order_by("starts_on")
    yield Section("提供先(ほかのセンターへの共有)", tuple(
        _entry(wareki(row.starts_on), f"share:{row.pk}",
               ("to", "相手", str(row.to_center)), ("scope", "範囲", row.get_scope_display()),
               ("basis", "根拠", row.get_basis_display()))
        for row in shares
    ))  # fmt: skip


def _reads(person: Person) -> Iterator[Section]:
    """A line for each day, person and kind; a sample of hundreds of page views would say no more.

    The pages of abuse reports are left out like the reports: that one was opened tells that there is one.
    """
    reads = AccessLog.objects.filter(client_id__in=registrations_of(person.client))
    reads = reads.exclude(page__startswith="cases:abuse").annotate(day=TruncDate("at", tzinfo=JST))
    lines = reads.values_list("day", "user", "user__name", "roles", "verb", "page").annotate(n=Count("pk"))
    days: dict[date, list[tuple[str, str, str]]] = {}
    for day, user, name, roles, verb, page, number in lines.order_by("day", "user__name", "verb", "page"):
        text = f"{name}({roles}) {AccessVerb(verb).label} {number}回: {page_name(page)}"
        days.setdefault(day, []).append((f"{user}:{verb}:{page}", "", text))
    yield Section(
        "だれが見たか・印刷・ダウンロード",
        tuple(_entry(wareki(day), f"read:{day}", *pieces) for day, pieces in days.items()),
        "reads",
    )


def _own(person: Person, model):
    """The rows about the person that the user may see, and the center of the person itself wrote."""
    rows = model.visible_to(person.user).filter(client=person.client)
    has_center = any(one.name == "center" for one in model._meta.local_fields)
    return rows.filter(center=person.client.center_id) if has_center else rows


SECTIONS: Sequence[Callable[[Person], Iterator[Section]]] = (
    _basic, _sheet, _consents, _cases, _records, _rights, _steps, _papers, _given, _reads,
)  # fmt: skip


def parts_of(sections: Sequence[Section]) -> dict[str, str]:
    """The pages of the preparation, in order: key → label."""
    found = {}
    for section in sections:
        found[section.part] = PARTS.get(section.part, section.title)
    return found
