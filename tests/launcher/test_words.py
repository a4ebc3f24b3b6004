import re

import pytest

from kumamoto_soudan.launcher.welcome import ACCOUNTS, demo_accounts, padded
from kumamoto_soudan.launcher.words import Failure, Stopped, complain, step


def test_a_step_that_ends_well_says_so(capsys):
    with step("データベースの起動"):
        pass
    assert re.fullmatch(r"・データベースの起動 … 済み\(0\.\d秒\)\n", capsys.readouterr().out)


def test_a_step_that_fails_says_so_and_passes_the_reason_on(capsys):
    with pytest.raises(Failure, match="止まりました"), step("画面の起動"):
        raise Failure("止まりました。", "もう一度。")
    assert capsys.readouterr().out == "・画面の起動 … できませんでした\n"


def test_a_step_that_a_person_breaks_off_is_no_failure(capsys):
    with pytest.raises(Stopped), step("画面の起動"):
        raise Stopped
    assert capsys.readouterr().out == "・画面の起動 … やめました\n"


def test_a_failure_tells_what_happened_and_what_to_do(capsys):
    complain(Failure("書き込めません。", "持ち主を確かめてください。"))
    assert capsys.readouterr().err == "書き込めません。\n→ 持ち主を確かめてください。\n"


def test_the_demo_accounts_are_listed_with_their_password():
    text = demo_accounts()
    assert "kumamoto-demo-2026" in text
    assert all(name in text for _, name, _ in ACCOUNTS)


def test_japanese_letters_take_two_columns():
    assert padded("監査a", 8) == "監査a   "
