from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centers.access import Right, centers_visible
from centers.backup_card import backup_card
from centers.enums import Post
from centers.models import BusinessItem, Center, ContractGeneration, ContractTerm, PlanCap, PostRequirement
from centers.models.base import Sourced
from centers.periods import covers, today
from centers.wording import cap_words, deadline_words, opening_words, post_words


@dataclass(frozen=True)
class Line:
    """One fact of a term: what it says, from when to when, and the row that tells how sure it is."""

    label: str
    words: str
    fact: Sourced
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Row:
    """One center in the overview."""

    term: ContractTerm
    posts: str
    cap: PlanCap | None
    limit: str
    unsure: int


@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """契約・配置: the terms of a generation (`generation`), and those of one center in full (`zone`). Read-only."""
    generations = list(ContractGeneration.objects.select_related("catalogue"))
    generation = _chosen(generations, request.GET.get("generation"))
    items = list(BusinessItem.objects.filter(catalogue=generation.catalogue_id))
    parts = {item.part: item.part_label for item in items}
    terms = list(_terms(request, generation))
    term = _one_of(terms, request.GET.get("zone"))
    context = {
        "generations": generations,
        "generation": generation,
        "rows": [_row(one, parts) for one in terms],
        "term": term,
        "lines": _lines(term, parts) if term else [],
        "items": items,
        "unsure_items": any(item.needs_confirmation for item in items),
        "backup": backup_card(request.user),
    }
    return render(request, "centers/contracts.html", context)


def _chosen(generations: list[ContractGeneration], code: str | None) -> ContractGeneration:
    """The one asked for, else the one in force today, else the latest."""
    if code:
        found = next((one for one in generations if one.code == code), None)
        if found is None:
            raise Http404
        return found
    day = today()
    running = [one for one in generations if covers(one.starts_on, one.ends_on, day)]
    return (running or generations)[-1]


def _terms(request: HttpRequest, generation: ContractGeneration) -> QuerySet[ContractTerm]:
    visible = centers_visible(request.user, Right.CONTRACT_READ)
    terms = ContractTerm.objects.filter(generation=generation, center__in=visible)
    terms = terms.select_related("center__zone__ward", "center__corporation")
    return terms.prefetch_related("posts", "plan_caps", "opening_rules")


def _one_of(terms: list[ContractTerm], zone: str | None) -> ContractTerm | None:
    """The term of the zone asked for; without asking, the only one there is."""
    if not zone:
        return terms[0] if len(terms) == 1 else None
    found = next((term for term in terms if term.center.zone_id == zone), None)
    if found is None:
        raise Http404
    return found


def _posts(term: ContractTerm) -> list[PostRequirement]:
    return sorted(term.posts.all(), key=lambda post: (Post(post.post).rank, post.starts_on))


def _row(term: ContractTerm, parts: Mapping[str, str]) -> Row:
    cap = max(term.plan_caps.all(), key=lambda cap: cap.starts_on, default=None)
    limit = cap_words(cap)
    if cap and cap.ends_on != term.ends_on:
        limit = f"{limit}、途中まで"
    posts = "・".join(f"{post.get_post_display()} {post.required}" for post in _posts(term)) or "定めなし"
    unsure = sum(line.fact.needs_confirmation for line in _lines(term, parts))
    return Row(term, posts, cap, limit, unsure)


def _lines(term: ContractTerm, parts: Mapping[str, str]) -> list[Line]:
    lines = [_contractor(term.center)]
    meetings = (
        f"年{term.ward_meetings_per_year}回以上(区ごと)" if term.ward_meetings_per_year else "回数の定めなし"
    )
    for post in _posts(term):
        lines.append(_line(f"{post.get_post_display()} {post.required}名", post_words(post, parts), post))
    for cap in term.plan_caps.all():
        lines.append(_line("計画相談の件数制限", f"{cap_words(cap)}。{deadline_words(cap)}", cap))
    for rule in term.opening_rules.all():
        lines.append(_line("運営時間", opening_words(rule), rule))
    lines.append(_line("区障がい福祉ネットワーク会議", meetings, term))
    return lines


def _line(label: str, words: str, fact) -> Line:
    return Line(label, words, fact, fact.starts_on, fact.ends_on)


def _contractor(center: Center) -> Line:
    """The corporation's row tells of its name, the center's of how long it has run the zone."""
    corporation = center.corporation
    fact = corporation if corporation.needs_confirmation else center
    words = "。".join(part for part in (corporation.name, center.address) if part)
    return Line("受託法人", words, fact, center.opened_on, center.closed_on)
