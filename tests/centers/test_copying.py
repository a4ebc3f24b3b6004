"""COPY: what a row holds comes back as it was, and the triggers see it."""

from datetime import date, time

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from cases.models import Consultation, NoteIndex
from centers.copying import copy_objects, copy_rows
from tests.factories import ConsultationFactory

pytestmark = pytest.mark.django_db

AWKWARD = "タブ\t改行\n復帰\r円\\ 引用\"' \\N \\. {1,2} 𠮷"


@pytest.fixture
def copied():
    like = ConsultationFactory()
    record = Consultation(
        center=like.center,
        subject=like.subject,
        client=like.client,
        date=date(2026, 10, 1),
        start_time=time(9, 30),
        method=like.method,
        contents=["01", "04"],
        business_item=like.business_item,
        facts=AWKWARD,
        counted=False,
        uncounted_reason="\\N",
        written_by=like.written_by,
    )
    assert copy_objects(Consultation, [record]) == 1
    return record


def test_values_come_back_as_they_were(copied):
    stored = Consultation.unscoped.get(pk=copied.pk)
    names = [field.attname for field in Consultation._meta.concrete_fields]
    assert {name: getattr(stored, name) for name in names} == {name: getattr(copied, name) for name in names}
    assert stored.created_at is not None


def test_the_history_keeps_a_copied_row(copied):
    event = apps.get_model("cases", "ConsultationEvent").objects.get(pgh_obj_id=copied.pk)
    assert (event.pgh_label, event.facts) == ("insert", AWKWARD)


@pytest.mark.parametrize("numbers", [[], [-(2**31), 0, 2**31 - 1]], ids=["none", "widest"])
def test_arrays_of_numbers(copied, numbers):
    copy_rows(NoteIndex, ["consultation_id", "folded", "grams"], [(copied.pk, "", numbers)])
    assert NoteIndex.unscoped.get(pk=copied.pk).grams == numbers


def test_a_row_that_breaks_a_rule_is_refused(copied):
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_objects(Consultation, [copied])


def test_nothing_is_copied_from_nothing():
    assert copy_objects(Consultation, []) == 0


def test_an_unknown_kind_of_value_is_refused():
    with pytest.raises(TypeError):
        copy_rows(NoteIndex, ["folded"], [(b"bytes",)])


def test_the_triggers_need_not_ask_what_to_leave_out():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pgtrigger.ignore')")
        assert cursor.fetchone() == ("{}",)
