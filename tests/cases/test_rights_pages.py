"""成年後見 and 差別解消: begun, changed, moved from stage to stage; the tab of a person and the lists."""

from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import DiscriminationConsultation, GuardianshipStep, GuardianshipSupport
from centers.models import AccessLog
from tests.factories import (
    ClientFactory,
    ConsultationFactory,
    DiscriminationFactory,
    GuardianshipStepFactory,
    GuardianshipSupportFactory,
    center,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(on):
    return ClientFactory(center=center("nishi"), family_name="後見元")


def beginning(**changes) -> dict:
    return {
        "token": str(uuid4()),
        "stage": "consult",
        "stage_on": "R8.11.1",
        "note": "金銭の管理の相談",
    } | changes


def asked(**changes) -> dict:
    return {
        "token": str(uuid4()),
        "received_on": "R8.11.10",
        "asker": "01",
        "disabilities": ["02"],
        "field": "01",
        "complaint": "02",
        "content": "筆談を断られた。",
        "adjustments": "0",
    } | changes


def test_a_guardianship_goes_through_its_stages(sign_in, person):
    web, _ = sign_in("soudan")
    new = reverse("cases:guardianship_new", args=[person.pk])
    refused = web.post(new, beginning(filed_on="R8.11.10", decided_on="R8.11.9"))
    assert "審判日が申立日より前です" in refused.content.decode()
    posted = beginning(applicant="04", kind="01")
    first, again = web.post(new, posted), web.post(new, posted)
    support = GuardianshipSupport.unscoped.get()
    page = reverse("cases:guardianship", args=[support.pk])
    assert first["Location"] == again["Location"] == page
    stage = reverse("cases:guardianship_stage", args=[support.pk])
    assert web.post(stage, {"token": uuid4(), "stage": "", "day": "R8.11.2"}).status_code == 422
    assert web.post(stage, {"token": uuid4(), "stage": "filed", "day": "R8.11.21"}).status_code == 422
    posted = {"token": uuid4(), "stage": "filed", "day": "R8.11.12", "note": "家庭裁判所へ"}
    for _ in range(2):
        web.post(stage, posted)
    support.refresh_from_db()
    assert (support.stage, support.steps.count()) == ("filed", 2)
    wrong = GuardianshipStep.unscoped.get(stage="filed")
    web.post(reverse("cases:guardianship_stage_void", args=[wrong.pk]))
    support.refresh_from_db()
    assert support.stage == "consult" and "取り消し済" in web.get(page).content.decode()
    only = GuardianshipStep.unscoped.get(stage="consult")
    told = web.post(reverse("cases:guardianship_stage_void", args=[only.pk]), follow=True)
    assert "ただ1つの段階は取り消せません" in told.content.decode()


def test_two_editors_of_a_guardianship_see_both_texts(sign_in, person):
    web, _ = sign_in("soudan")
    support = GuardianshipSupportFactory(client=person, note="もとの文")
    GuardianshipSupport.unscoped.filter(pk=support.pk).update(version=2, note="ほかの人の文")
    edit = reverse("cases:guardianship_edit", args=[support.pk])
    answer = web.post(edit, {"version": 1, "note": "わたしの文", "guardian_name": "後見 花子"})
    assert answer.status_code == 409
    assert "わたしの文" in answer.content.decode() and "ほかの人の文" in answer.content.decode()
    chosen = {"version": 2, "note": "わたしの文", "guardian_name": "後見 花子"}
    assert web.post(edit, chosen).status_code == 302
    support.refresh_from_db()
    assert (support.note, support.guardian_name) == ("わたしの文", "後見 花子")


def test_a_discrimination_consultation_about_nobody_registered_and_about_a_person(sign_in, person):
    web, user = sign_in("chiiki")
    new = reverse("cases:equality_new")
    for changes, told in [
        ({"disabilities": []}, "障がい種別が選ばれていません"),
        ({"field": ""}, "対象分野が選ばれていません"),
        ({"adjustments": "-1"}, "0以上で入れてください"),
        ({"adjustments": "いっぱい"}, "調整回数として読めません"),
        ({"ended_on": "R8.11.9"}, "終わった日が受付日より前です"),
        ({"ended_on": "R8.11.12"}, "結果が空です"),
    ]:
        refused = web.post(new, asked(**changes))
        assert refused.status_code == 422 and told in refused.content.decode()
    web.post(new, asked())
    nobody = DiscriminationConsultation.unscoped.get()
    assert nobody.client is None
    assert AccessLog.objects.filter(object_id=nobody.pk).count() == 0
    web.get(reverse("cases:equality", args=[nobody.pk]))
    assert AccessLog.objects.filter(object_id=nobody.pk).count() == 1

    record = ConsultationFactory(client=person, written_by=user, facts="段差で入れない。")
    assert "段差で入れない。" in web.get(f"{new}?record={record.pk}").content.decode()
    web.post(f"{new}?record={record.pk}", asked(content="段差で入れない。"))
    row = DiscriminationConsultation.unscoped.get(client=person)
    assert row.consultation == record
    ended = asked(version=1, ended_on="R8.11.15", result="02", adjustments="3")
    assert web.post(reverse("cases:equality_edit", args=[row.pk]), ended).status_code == 302
    row.refresh_from_db()
    assert (row.adjustments, row.result, row.version) == (3, "02", 2)


def test_a_chiiki_reads_their_own_and_another_center_nothing(sign_in, person):
    support = GuardianshipSupportFactory(client=person)
    web, user = sign_in("chiiki")
    own = GuardianshipSupportFactory(client=person, written_by=user)
    pages = [reverse("cases:guardianship", args=[row.pk]) for row in (support, own)]
    assert [web.get(page).status_code for page in pages] == [404, 200]
    web, _ = sign_in("kanri", "higashi1")
    assert [web.get(page).status_code for page in pages] == [404, 404]


def test_the_tab_and_the_lists_do_not_grow_in_queries(sign_in, person, queries_of):
    web, _ = sign_in("kanri")
    pages = [reverse("cases:client_rights", args=[person.pk])]
    pages += [f"{reverse('cases:rights')}?view={view}" for view in ("guardianship", "equality")]

    def furnish():
        support = GuardianshipSupportFactory(client=person, guardian_name="後見 花子")
        GuardianshipStepFactory(support=support)
        DiscriminationFactory(client=ClientFactory(center=center("nishi")))
        DiscriminationFactory(client=person)

    furnish()
    one = [queries_of(partial(web.get, page)) for page in pages]
    for _ in range(2):
        furnish()
    assert [queries_of(partial(web.get, page)) for page in pages] == one
    body = web.get(pages[0]).content.decode()
    assert "後見 花子" in body and "商品・サービス" in body
