from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from centers.access import Right, centers_visible
from centers.models import (
    BusinessItem,
    ContractGeneration,
    ContractTerm,
    OpeningRule,
    PlanCap,
    PostRequirement,
)
from centers.periods import today
from centers.wording import cap_words, opening_words, qualification_words


@dataclass(frozen=True)
class Line:
    """One fact of a term: what it says, how sure it is, and where it stands."""

    label: str
    words: str
    fact: object


def contracts(request: HttpRequest) -> HttpResponse:
    """契約・配置: the terms of a generation, and one center's in full. Read-only; what is not 実施 is 要確認."""
    generations = list(ContractGeneration.objects.select_related("catalogue"))
    generation = _chosen(generations, request.GET.get("generation"))
    terms = list(_terms(request, generation))
    term = next((term for term in terms if term.center.zone_id == request.GET.get("zone")), None)
    if request.GET.get("zone") and term is None:
        raise Http404
    if term is None and len(terms) == 1:
        term = terms[0]
    return render(
        request,
        "centers/contracts.html",
        {
            "generations": generations,
            "generation": generation,
            "rows": [(row, _posts_in_brief(row), cap_words(_cap(row)), _cap(row)) for row in terms],
            "term": term,
            "lines": _lines(term) if term else [],
            "items": BusinessItem.objects.filter(catalogue=generation.catalogue_id),
        },
    )


def _chosen(generations: list[ContractGeneration], code: str | None) -> ContractGeneration:
    """The one asked for, else the one in force today, else the latest."""
    if code:
        for generation in generations:
            if generation.code == code:
                return generation
        raise Http404
    day = today()
    running = [g for g in generations if g.starts_on <= day and (g.ends_on is None or day <= g.ends_on)]
    return (running or generations)[-1]


def _terms(request: HttpRequest, generation: ContractGeneration) -> QuerySet[ContractTerm]:
    parts = [Prefetch(name, model.objects.order_by("starts_on")) for name, model in _PARTS.items()]
    terms = ContractTerm.objects.filter(generation=generation)
    terms = terms.filter(center__in=centers_visible(request.user, Right.CONTRACT_READ))
    return terms.select_related("center__zone__ward", "center__corporation").prefetch_related(*parts)


_PARTS = {"posts": PostRequirement, "plan_caps": PlanCap, "opening_rules": OpeningRule}


def _cap(term: ContractTerm) -> PlanCap | None:
    return next(iter(term.plan_caps.all()), None)


def _posts_in_brief(term: ContractTerm) -> str:
    return "・".join(f"{post.get_post_display()} {post.required}" for post in term.posts.all()) or "定めなし"


def _lines(term: ContractTerm) -> list[Line]:
    lines = [
        Line(
            f"{post.get_post_display()} {post.required}名",
            f"{'常勤' if post.full_time else ''}{'・専従' if post.exclusive else ''}。{qualification_words(post)}。"
            f"欠けたとき: {post.get_on_gap_display()}。"
            f"{'自事業所の計画相談との兼務可' if post.may_hold_plans else '兼務不可'}",
            post,
        )
        for post in term.posts.all()
    ]
    for cap in term.plan_caps.all():
        lines.append(Line("計画相談の件数制限", cap_words(cap), cap))
    for rule in term.opening_rules.all():
        lines.append(Line("運営時間", opening_words(rule), rule))
    if term.ward_meetings_per_year:
        lines.append(Line("区障がい福祉ネットワーク会議", f"年{term.ward_meetings_per_year}回以上(区ごと)", term))
    return lines
