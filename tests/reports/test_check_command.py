import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from centers.models import CheckRun, Finding

pytestmark = pytest.mark.django_db


def check(*args) -> str:
    out = StringIO()
    call_command("soudan_check", *args, stdout=out)
    return out.getvalue()


def test_another_day_is_only_printed(on):
    facts = json.loads(check("--on", "2021-11-26", "--json"))
    over = {fact["target"]: fact["figures"]["over"] for fact in facts if fact["kind"] == "plan_cap_over"}
    assert over == {"中央1": 40, "中央2": 40, "南1": 150, "南2": 30, "北1": 5, "北2": 100}
    assert set(facts[0]) == {
        "kind", "scope", "target", "period", "since", "severity", "figures", "message",
    }  # fmt: skip
    assert not Finding.objects.exists()
    assert not CheckRun.objects.exists()


def test_today_is_stored_and_a_second_run_changes_nothing(on):
    first = check("--json")
    stored = list(Finding.objects.order_by("pk").values())
    assert len(stored) == len(json.loads(first)) > 0
    assert check("--json", "--on", on.isoformat()) == first
    assert list(Finding.objects.order_by("pk").values()) == stored


def test_people_read_lines(on):
    text = check("--on", "2021-11-26")
    assert "注意  北1 計画相談 55/50件 5件超過" in text
    assert text.endswith("2021-11-26 の指摘: 35件\n")


@pytest.mark.parametrize("bad", ["yesterday", "2026-02-30", "26/10/01", "２０２６"])
def test_a_day_that_cannot_be_read_is_refused(on, bad):
    with pytest.raises(CommandError) as refused:
        check("--on", bad)
    assert refused.value.returncode == 2
    assert bad in str(refused.value)
    assert not CheckRun.objects.exists()
