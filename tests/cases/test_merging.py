"""統合: all that hangs on one registration goes to the other and comes back as a whole."""

import json
import uuid
from datetime import date

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from cases.actions.entries import Contact, record_entry
from cases.actions.facts import refresh_case_facts
from cases.actions.merging import AlreadyMerged, MergedOn, merge_clients, undo_merge
from cases.actions.notes import index_notes
from cases.merges import FOLLOW, STAY, relations
from cases.models import (
    Attachment,
    Case,
    Client,
    ClientMerge,
    Consent,
    Consultation,
    Disclosure,
    Draft,
    Handbook,
    ImportBatch,
    ImportedRow,
    PaperOriginal,
    ShareGrant,
)
from centers.models import AccessLog
from reports import rollups
from reports.imports.known import Known
from tests.at_once import at_once
from tests.factories import (
    AnonymousThreadFactory,
    AttachmentFactory,
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    FollowUpFactory,
    PaperOriginalFactory,
    PlanCaseFactory,
    business_item,
    center,
    user_with,
)

ON = date(2026, 11, 20)


def test_every_foreign_key_to_a_client_is_classified():
    found = {relation.key for relation in relations()}
    assert found == {*FOLLOW, *STAY}, "name the new relation in cases.merges.FOLLOW or STAY"


def person(**fields) -> Client:
    """A client with one of everything that can hang on them."""
    client = ClientFactory(**fields)
    by = client.registered_by
    case = CaseFactory(client=client, reason=client.number)
    record = ConsultationFactory(client=client, case=case, written_by=by)
    record.facts = "財布のこと"
    record.save()
    index_notes([record])
    FollowUpFactory(client=client, origin=record)
    PlanCaseFactory(client=client)
    AnonymousThreadFactory(client=client)
    ClientPhoneFactory(client=client, number="096-111-2222")
    ClientDisabilityFactory(client=client, code="01")
    Handbook.unscoped.create(client=client, kind="mental", grade=client.number[-1])
    Consent.unscoped.create(client=client, given_on=date(2026, 4, 1), scopes=["医療"])
    ShareGrant.unscoped.create(
        client=client, to_center=center("kita1"), scope="notes", basis="consent", granted_by=by, starts_on=ON
    )
    AttachmentFactory(client=client, consultation=record)
    PaperOriginalFactory(client=client)
    Disclosure.unscoped.create(
        client=client, center=client.center, asked_on=ON, asker="self", opened_by=by, passages=["母"]
    )
    Draft.unscoped.create(
        group=uuid.uuid4(),
        user=by,
        center=client.center,
        client=client,
        content={"clients": [str(client.pk)]},
    )
    ClientFactory(center=center("kita2"), previous=client)
    batch = ImportBatch.unscoped.create(
        center=client.center, number=f"I-{client.number}", kind="clients", file_hash="", rows=1, taken_by=by
    )
    ImportedRow.unscoped.create(
        batch=batch, center=client.center, line=2, fingerprint=client.number, client=client
    )
    return client


@pytest.fixture
def two(db, on):
    kept = person(number="N1-00001", family_name="山本", town="", birth_date=None, contact_note="電話は母へ")
    other = person(number="N1-00002", family_name="山元", town="出水", contact_note="")
    refresh_case_facts([kept.pk, other.pk])
    return kept, other


def merge(winner, loser, by=None, **more):
    fields = {"pk": uuid.uuid4(), "by": by or user_with("kanri"), "on": ON, "reason": "本人に確かめた"}
    return merge_clients(winner=winner, loser=loser, **fields | more)


def rows() -> dict[str, list[str]]:
    """Every row of the upper apps; but for the counters that refuse a form opened before, and derived ids."""
    found = {}
    for label in ("cases", "reports"):
        for model in apps.get_app_config(label).get_models():
            if hasattr(model, "pgh_tracked_model") or model.__name__ in {
                "ClientMerge", "MonthLine", "MonthMemo", "LogTiming",
            }:  # fmt: skip
                continue
            leave = {"Client": {"version"}, "MonthPresence": {"id"}}.get(model.__name__, set())
            columns = [f.attname for f in model._meta.concrete_fields if f.name not in leave]
            values = model._base_manager.values_list(*columns)
            found[model.__name__] = sorted(json.dumps(row, cls=DjangoJSONEncoder) for row in values)
    return found


def test_all_goes_over_and_comes_back(two):
    kept, other = two
    before = rows()
    done = merge(kept, other, taken={"town", "birth_date"})

    kept.refresh_from_db()
    assert (kept.town, kept.birth_date, kept.family_name) == ("出水", date(1985, 5, 10), "山本")
    assert (kept.contact_note, kept.version) == ("電話は母へ", 2)
    left = [r.key for r in relations() if r.key in FOLLOW and r.rows.filter(**{r.field: other}).exists()]
    assert left == ["cases.ClientDisability.client", "cases.Handbook.client"], "these were in the way"
    assert Handbook.unscoped.get(client=kept).grade == "1"
    closed = Case.unscoped.get(client=kept, closed_on__isnull=False)
    assert (closed.reason, closed.state, closed.closed_reason) == ("N1-00002", "closed", "統合")
    assert {r.case_id for r in Consultation.unscoped.filter(client=kept)} == {c.pk for c in kept.cases.all()}
    assert all(draft.content["clients"] == [str(kept.pk)] for draft in Draft.unscoped.all())
    assert rollups.faults(on=ON) == []
    assert Attachment.unscoped.filter(client=kept).count() == PaperOriginal.unscoped.count() == 2

    assert merge(kept, other, pk=done.pk).pk == done.pk, "sent twice is done once"
    undone = undo_merge(merge=done, by=done.merged_by, reason="別の人だった")
    assert rows() == before
    assert rollups.faults(on=ON) == []
    assert (undone.undo_reason, undone.undone_by) == ("別の人だった", done.merged_by)
    with pytest.raises(AlreadyMerged):
        undo_merge(merge=done, by=done.merged_by, reason="もう一度")


def test_what_was_changed_or_added_since_stays(two):
    kept, other = two
    done = merge(kept, other, taken={"town"})
    Client.unscoped.filter(pk=kept.pk).update(town="大江")
    later = ConsultationFactory(client=kept)
    undo_merge(merge=done, by=done.merged_by, reason="別の人だった")
    kept.refresh_from_db()
    assert kept.town == "大江" and Consultation.unscoped.get(pk=later.pk).client == kept


def test_chains_and_stubs(two):
    kept, other = two
    third = ClientFactory(number="N1-00003")
    first = merge(other, third)
    for pair in ((kept, third), (third, kept)):
        with pytest.raises(AlreadyMerged):
            merge(*pair)
    merge(kept, other)
    with pytest.raises(MergedOn):
        undo_merge(merge=first, by=first.merged_by, reason="順番が違う")
    with pytest.raises(ValueError):
        merge(kept, ClientFactory(center=center("kita1")))


def test_what_is_written_about_a_stub_goes_to_who_stays(two):
    kept, other = two
    merge(kept, other)
    writer = user_with("soudan")
    contact = Contact(date=ON, method="4", business_item=business_item(), contents=["01"], facts="電話")
    (record,) = record_entry(
        group=uuid.uuid4(),
        by=writer,
        center=center(),
        on=ON,
        subject="client",
        contact=contact,
        clients=[other],
    )
    assert record.client == kept
    known = Known(center(), ON)
    known.load_clients(["N1-00002"])
    assert known.client("N1-00002") == kept


def test_from_finding_to_undoing(sign_in, two):
    browser, _ = sign_in("kanri")
    kept, other = two
    page = browser.get(f"/clients/{kept.pk}/merge/").content.decode()
    assert "N1-00002" in page and "カナと電話が同じ" in page
    page = browser.post(f"/clients/{kept.pk}/merge/", {"q": "シケン"}).content.decode()
    assert f"?other={other.pk}" in page
    here = f"/clients/{kept.pk}/merge/?other={other.pk}"
    page = browser.get(here)
    assert "理由「統合」で終結します" in page.content.decode()
    form = page.context["form"]
    fields = {name: form[name].value() for name in ("token", "kept_version", "other_version")}
    fields |= {form.name_of(one): one.better for one in form.differences}
    assert fields["take_town"] == "other" and fields["take_contact_note"] == "kept"
    assert browser.post(here, fields).status_code == 422, "neither reason nor tick"
    fields |= {"reason": "同じ人", "sure": "on"}
    Client.unscoped.filter(pk=other.pk).update(version=9)
    assert "確かめ直してください" in browser.post(here, fields, follow=True).content.decode()
    Client.unscoped.filter(pk=other.pk).update(version=1)
    assert browser.post(here, fields).status_code == 302
    assert AccessLog.objects.filter(client_id=other.pk, page="cases:client_merge").exists()

    stub = browser.get(f"/clients/{other.pk}/").content.decode()
    assert "N1-00002 は統合済みです" in stub and f"/clients/{kept.pk}/" in stub
    assert browser.get(f"/clients/{other.pk}/edit/").status_code == 404
    assert str(kept.pk) in browser.post("/search/", {"q": "N1-00002"}).content.decode()
    assert "N1-00002 をまとめました" in browser.get(f"/clients/{kept.pk}/?tab=basic").content.decode()
    done = ClientMerge.unscoped.get()
    assert browser.post(f"/merges/{done.pk}/undo/", {"reason": ""}).status_code == 422
    browser.post(f"/merges/{done.pk}/undo/", {"reason": "別の人"})
    assert "統合済み" not in browser.get(f"/clients/{other.pk}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_leave_one():
    by = user_with("kanri")
    one, other = ClientFactory(), ClientFactory()
    results = at_once(lambda: merge(one, other, by), lambda: merge(other, one, by))
    assert sorted(type(result).__name__ for result in results) == ["AlreadyMerged", "ClientMerge"]
    assert ClientMerge.unscoped.count() == 1

    third, contact = (
        ClientFactory(),
        Contact(date=ON, method="4", business_item=business_item(), contents=["01"]),
    )
    entry = {"group": uuid.uuid4(), "by": by, "center": center(), "on": ON, "subject": "client"}
    winner = ClientMerge.unscoped.get().winner
    at_once(
        lambda: merge(winner, third, by),
        lambda: record_entry(contact=contact, clients=[third], follow_up=None, **entry),
    )
    assert Consultation.unscoped.get().client == winner, "whoever was first"
