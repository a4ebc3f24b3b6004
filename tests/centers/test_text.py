"""Kana, keys, cleaning and the reading of search queries (domain: names, 外字・異体字)."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centers.periods import Birth
from centers.text import (
    KanaInputError,
    SearchQuery,
    TextInputError,
    classify,
    clean_line,
    clean_text,
    digits,
    fold,
    kana_key,
    name_key,
    phone_tail,
    term_grams,
    text_grams,
    to_katakana,
)
from centers.text.variants import VARIANT_GROUPS

ON = date(2026, 11, 22)
KANA = st.text(alphabet="あかがぱっゃんーアカガパッャヴンｱｶﾊﾞﾟｯｬﾝｰ ・･　", max_size=20)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=30)  # lone surrogates included


# --- katakana --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "katakana"),
    [
        ("くまもと たろう", "クマモト タロウ"),
        ("クマモト タロウ", "クマモト タロウ"),
        ("ｸﾏﾓﾄ ﾀﾛｳ", "クマモト タロウ"),
        ("ﾖｼﾀﾞ ﾊﾟﾊﾟ", "ヨシダ パパ"),
        ("　やまだ　　はなこ ", "ヤマダ ハナコ"),
        ("ジョン・スミス", "ジョン・スミス"),
        ("ｱﾝ･ﾏﾘｰ", "アン・マリー"),
        ("ゔぃくたー", "ヴィクター"),
        ("ｳﾞｨｸﾀｰ", "ヴィクター"),
        ("う゛ぃ", "ヴィ"),
        ("か\u3099", "ガ"),
        ("をﾞ", "ヺ"),
        ("はつゝ", "ハツヽ"),
        ("ゐゑを", "ヰヱヲ"),
        ("やまだ\nはなこ", "ヤマダ ハナコ"),
        ("", ""),
    ],
)
def test_to_katakana(text, katakana):
    assert to_katakana(text) == katakana


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("地", "地"),
        ("やま地", "地"),
        ("クマモト太郎", "太"),
        ("Smith", "S"),
        ("Ｓｍｉｔｈ", "S"),
        ("ヤマダ1", "1"),
        ("ヤマダ、", "、"),
        ("𠮷ダ", "𠮷"),
        ("ヤマ\x00ダ", "U+0000"),
        ("ヤマ\ud83d", "U+D83D"),
        ("ヤマ\u200bダ", "U+200B"),
        ("゠", "゠"),
    ],
)
def test_to_katakana_names_the_first_character_without_a_reading(text, shown):
    with pytest.raises(KanaInputError) as refused:
        to_katakana(text)
    assert str(refused.value) == f"『{shown}』はカタカナに直せません。読みで入れてください。"


@pytest.mark.parametrize(("text", "shown"), [("サト-", "-"), ("サト－", "-"), ("サト―", "―")])
def test_to_katakana_tells_how_to_type_a_long_vowel(text, shown):
    with pytest.raises(KanaInputError) as refused:
        to_katakana(text)
    assert str(refused.value) == (
        f"『{shown}』はカタカナに直せません。のばす音は『ー』、区切りは『・』で入れてください。"
    )


@given(KANA)
def test_katakana_stays_as_it_is(text):
    try:
        katakana = to_katakana(text)
    except KanaInputError:
        return
    assert to_katakana(katakana) == katakana
    assert kana_key(katakana) == kana_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "ショウ・ジョー",
        "しょう じょー",
        "ｼｮｳｼﾞｮｰ",
        "シヨウジヨー",
        "ショウジョ‐",
        "ショウジョ-",
        "ショウジョ－",
        "しょうじょ―",
    ],
)
def test_kana_key_is_one_for_all_ways_to_type(text):
    assert kana_key(text) == "シヨウジヨー"


def test_kana_key_keeps_voiced_marks_and_order():
    assert kana_key("かば") != kana_key("かは")
    assert kana_key("ハハ") != kana_key("パパ")
    assert kana_key("ヴ") == "ヴ"
    assert kana_key("三ヶ田") == "三ケ田"


@given(st.text(alphabet="あかがぱっゃんーアカガパッヴ ・", max_size=10), KANA)
def test_kana_key_of_a_beginning_begins_the_key(beginning, rest):
    if not rest.startswith(("ﾞ", "ﾟ")):
        assert kana_key(beginning + rest).startswith(kana_key(beginning))


# --- names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("澤田", "沢田"),
        ("齋藤", "斎藤"),
        ("齊藤", "斎藤"),
        ("斉藤", "斎藤"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("廣瀨", "広瀬"),
        ("嶋田", "島田"),
        ("嶌田", "島田"),
        ("德永", "徳永"),
        ("𠮷田", "吉田"),
        ("栁", "柳"),
        ("桒原", "桑原"),
        ("眞子", "真子"),
        ("國武", "国武"),
        ("櫻井", "桜井"),
        ("龍田", "竜田"),
        ("惠子", "恵子"),
        ("禮子", "礼子"),
        ("榮一", "栄一"),
        ("上條", "上条"),
        ("壽子", "寿子"),
        ("曾田", "曽田"),
        ("冨田", "富田"),
        ("大埜", "大野"),
        ("古舘", "古館"),
        ("靏田", "鶴田"),
        ("靍田", "鶴田"),
        ("緖方", "緒方"),
        ("三ヶ田", "三ケ田"),
        ("葛\U000e0100西", "葛西"),
        ("葛\U000e01ef西", "葛西"),
        ("辻\ufe00", "辻"),
        ("辻\ufe0f", "辻"),
        ("神\u3000 太郎", "神太郎"),
        ("\ufa19\u3000太郎", "神太郎"),
        ("Ｊｏｈｎ Smith", "johnsmith"),
    ],
)
def test_name_key_folds_what_is_the_same_name(written, plain):
    assert name_key(written) == name_key(plain) == plain


def test_name_key_keeps_different_names_apart():
    names = ["高田", "吉田", "島田", "林", "森", "辺見", "沢田", "浜田", "みどり", "ミドリ"]
    assert len({name_key(name) for name in names}) == len(names)


def test_variant_groups_name_each_character_once_and_survive_nfkc():
    characters = Counter("".join(VARIANT_GROUPS))
    assert [c for c, times in characters.items() if times > 1] == []
    assert [c for c in characters if unicodedata.normalize("NFKC", c) != c] == []
    assert [group for group in VARIANT_GROUPS if len(group) < 2] == []


@given(ANY_TEXT)
def test_keys_take_any_text_and_are_stable(text):
    assert " " not in name_key(text)
    assert name_key(name_key(text)) == name_key(name_key(name_key(text)))
    assert isinstance(kana_key(text), str)


# --- search in notes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("サービス", "ｻｰﾋﾞｽ"),
        ("さーびす", "サービス"),
        ("ＡＢＣ", "abc"),
        ("Ｂ型", "b型"),
        ("髙橋さん", "高橋さん"),
        ("障がい者", "障害者"),
        ("障碍者", "障がい者"),
        ("山田　太郎", "山田 太郎"),
        ("山田\n\n太郎", "山田 太郎"),
        ("①", "1"),
    ],
)
def test_fold_makes_spellings_equal(written, typed):
    assert fold(written) == fold(typed)


def test_fold_keeps_other_words_apart():
    assert fold("虐待 就労") == "虐待 就労"
    assert fold("病院") != fold("美容院")


def test_grams_are_sorted_unique_and_packed():
    year, money = 0x5E74 << 16, (0x91D1 << 16) - 2**32
    assert text_grams("年金年金") == sorted({year, money, year | 0x91D1, money | 0x5E74})
    assert text_grams("年 金") == sorted({year, money})
    assert text_grams("😀") == [(0xF600 << 16) - 2**32]
    assert text_grams("") == []
    assert text_grams("障がい") == text_grams("障害")
    assert text_grams("ﾈﾝｷﾝ") == text_grams("ねんきん")


def test_a_term_is_sought_by_its_pairs_or_its_only_character():
    assert term_grams("年金") == [0x5E74 << 16 | 0x91D1]
    assert term_grams("年") == [0x5E74 << 16]


JAPANESE = st.text(alphabet="虐待就労年金の相談をＡａｱｻﾞ髙𠮷がい障害 \n", max_size=40)


@given(JAPANESE, JAPANESE, JAPANESE)
def test_the_grams_of_a_word_lie_within_those_of_its_note(before, word, after):
    note = fold(f"{before} {word} {after}")
    assert fold(word) in note
    assert {gram for term in fold(word).split() for gram in term_grams(term)} <= set(text_grams(note))
    assert all(-(2**31) <= gram < 2**31 for gram in text_grams(note))


# --- cleaning ----------------------------------------------------------------------------


def test_clean_text_keeps_what_is_written_but_line_ends():
    assert clean_text("一行目\r\n二行目\r三行目\n\t髙橋 𠮷田 葛\U000e0100 ") == (
        "一行目\n二行目\n三行目\n\t髙橋 𠮷田 葛\U000e0100 "
    )
    assert clean_text("") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\x00", "1文字目に使えない文字(制御文字 U+0000)"),
        ("相談\x00", "3文字目に使えない文字(制御文字 U+0000)"),
        ("相\x08談", "2文字目に使えない文字(制御文字 U+0008)"),
        ("\x1b[31m", "1文字目に使えない文字(制御文字 U+001B)"),
        ("相談\x7f", "3文字目に使えない文字(制御文字 U+007F)"),
        ("相談\x85", "3文字目に使えない文字(制御文字 U+0085)"),
        ("a\r\n\x00", "3文字目に使えない文字(制御文字 U+0000)"),
        ("\ud83d", "1文字目に使えない文字(こわれた文字 U+D83D)"),
        ("相談\udfff", "3文字目に使えない文字(こわれた文字 U+DFFF)"),
        ("\ufffe", "1文字目に使えない文字(こわれた文字 U+FFFE)"),
    ],
)
def test_clean_text_refuses_what_cannot_be_stored(text, found):
    with pytest.raises(TextInputError) as refused:
        clean_text(text)
    assert str(refused.value) == f"{found}があります。その文字を消してください。"


def test_clean_text_takes_up_to_the_limit():
    full = "あ" * 3413 + "a"
    assert len(full.encode()) == 10_240
    assert clean_text(full) == full
    assert clean_text("\r\n" * 10_240) == "\n" * 10_240
    with pytest.raises(TextInputError) as refused:
        clean_text(full + "b")
    assert str(refused.value) == (
        "記録は10,240バイト(日本語で約3,400字)までです。いまは10,241バイトです。分けて記録してください。"
    )


def test_clean_text_names_another_limit():
    with pytest.raises(TextInputError) as refused:
        clean_text("あ" * 34, limit_bytes=100)
    assert str(refused.value) == (
        "記録は100バイト(日本語で約33字)までです。いまは102バイトです。分けて記録してください。"
    )


def test_clean_line_counts_code_points():
    assert clean_line(" 𠮷田\t髙子\r\n", limit=5) == "𠮷田 髙子"
    with pytest.raises(TextInputError) as refused:
        clean_line("𠮷田 髙子さん", limit=5)
    assert str(refused.value) == "5字までです。いまは7字です。短くしてください。"


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\u2029b"])
def test_clean_line_refuses_line_breaks(text):
    with pytest.raises(TextInputError) as refused:
        clean_line(text, limit=100)
    assert str(refused.value) == "途中に改行が入っています。1行で入れてください。"


@pytest.mark.parametrize("text", ["\u200b", "\u202e\u200f", " \ufeff "])
def test_clean_line_refuses_what_nobody_sees(text):
    with pytest.raises(TextInputError, match="目に見える文字がありません"):
        clean_line(text, limit=100)


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "a\ud800"])
def test_clean_line_refuses_what_cannot_be_stored(text):
    with pytest.raises(TextInputError, match="使えない文字"):
        clean_line(text, limit=100)


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored(text):
    try:
        cleaned = clean_text(text)
    except TextInputError:
        return
    assert cleaned.encode().decode() == cleaned
    assert "\x00" not in cleaned
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned


# --- figures -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figures", "tail"),
    [
        ("096-123-4567", "0961234567", "4567"),
        ("（０９６）１２３－４５６７", "0961234567", "4567"),
        ("4567", "4567", "4567"),
        ("567", "567", ""),
        ("なし", "", ""),
        ("", "", ""),
        ("٤٥٦٧", "", ""),
        ("①②③④", "1234", "1234"),
    ],
)
def test_digits_and_phone_tail(text, figures, tail):
    assert digits(text) == figures
    assert phone_tail(text) == tail


# --- queries -----------------------------------------------------------------------------

BIRTH = Birth(date(1985, 5, 10), "day")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("よしだたかこ", SearchQuery(kana="ヨシダタカコ")),
        ("ﾖｼﾀﾞ", SearchQuery(kana="ヨシダ")),
        ("ヨシダ タカコ", SearchQuery(kana="ヨシダタカコ")),
        ("ジョン・スミス", SearchQuery(kana="ジヨンスミス")),
        ("サト-", SearchQuery(kana="サトー")),
        ("吉田", SearchQuery(name="吉田")),
        ("𠮷田 髙子", SearchQuery(name="吉田高子")),
        ("林", SearchQuery(name="林")),
        ("山田 たろう", SearchQuery(name="山田たろう")),
        ("John Smith", SearchQuery(name="johnsmith")),
        ("S60.5.10", SearchQuery(birth=BIRTH)),
        ("ｓ６０．５．１０", SearchQuery(birth=BIRTH)),
        ("昭和60年5月10日", SearchQuery(birth=BIRTH)),
        ("1985/5/10", SearchQuery(birth=BIRTH)),
        ("19850510", SearchQuery(birth=BIRTH, number="19850510")),
        ("昭和60年", SearchQuery(birth=Birth(date(1985, 1, 1), "year"))),
        ("令和元年", SearchQuery(birth=Birth(date(2019, 5, 1), "year"))),
        ("S60.5", SearchQuery(birth=Birth(date(1985, 5, 1), "month"))),
        ("1118", SearchQuery(birthday=(11, 18), phone_tail="1118", number="1118")),
        ("１１１８", SearchQuery(birthday=(11, 18), phone_tail="1118", number="1118")),
        ("11/18", SearchQuery(birthday=(11, 18))),
        ("5月10日", SearchQuery(birthday=(5, 10))),
        ("4567", SearchQuery(phone_tail="4567", number="4567")),
        ("1985", SearchQuery(phone_tail="1985", number="1985")),
        ("090-1234-5678", SearchQuery(phone_tail="5678")),
        ("（０９６）１２３－４５６７", SearchQuery(phone_tail="4567")),
        ("09012345678", SearchQuery(phone_tail="5678")),
        ("345-6789", SearchQuery(phone_tail="6789", number="345-6789")),
        ("C2-00418", SearchQuery(number="C2-00418")),
        ("ｃ２ー００４１８", SearchQuery(number="C2-00418")),
        ("H2-00418", SearchQuery(number="H2-00418")),
        ("418", SearchQuery(number="418")),
        ("1234567890", SearchQuery(number="1234567890")),
        ("0012345678", SearchQuery(phone_tail="5678", number="0012345678")),
        ("", SearchQuery()),
        ("　 ", SearchQuery()),
        ("\x00\ud83d", SearchQuery()),
        ("吉\x00田", SearchQuery(name="吉田")),
        ("山田1", SearchQuery()),
        ("林" * 200, SearchQuery(name="林" * 100)),
    ],
)
def test_classify(text, query):
    assert classify(text, ON) == query


def test_a_birth_that_has_not_come_is_none():
    assert classify("2026-11-23", ON).birth is None


def test_kinds_list_what_applies_the_most_exact_first():
    assert classify("1118", ON).kinds == ("number", "birthday", "phone_tail")
    assert classify("林", ON).kinds == ("name",)
    assert classify("", ON).kinds == ()


@given(ANY_TEXT)
def test_classify_takes_any_text(text):
    query = classify(text, ON)
    for value in (query.name, query.kana, query.phone_tail, query.number):
        assert "\x00" not in value
        assert value.encode().decode() == value
