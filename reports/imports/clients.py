"""利用者: a row becomes a person with an open case, as cases.actions.clients registers one."""

import re

from cases.actions.clients import NewClient
from cases.actions.imports import ImportedClient
from cases.doubles import SHOWN, traits
from cases.enums import HandbookKind, Sex
from cases.rules import SAME_PERSON
from cases.values import (
    RECIPIENT_DIGITS,
    SUPPORT_LEVELS,
    postal_code,
    recipient_number,
    split_name,
)
from centers.enums import CodeList
from centers.models import User
from centers.periods import Birth, age_on, parse_birth
from centers.text import clean_line, digits, to_katakana
from reports.imports.known import Known, client_number
from reports.imports.rows import Row, Vocabulary, parts

NAME_LIMIT = 60
PHONE_LIMIT = 20
GRADE_LIMIT = 10
_SEXES = Vocabulary(
    "性別",
    {
        Sex.MALE.value: ("男", "男性"),
        Sex.FEMALE.value: ("女", "女性"),
        Sex.OTHER.value: ("その他",),
        Sex.UNKNOWN.value: ("不明・回答しない", "不明", "回答しない"),
    },
    coded=False,
)
_LEVELS = Vocabulary(
    "障害支援区分", {level: (level, f"区分{level}") for level in SUPPORT_LEVELS}, coded=False
)
_HANDBOOKS = {
    HandbookKind.PHYSICAL: ("身体障害者手帳", "身体障がい者手帳", "身体手帳", "身体", "身障"),
    HandbookKind.INTELLECTUAL: ("療育手帳", "療育"),
    HandbookKind.MENTAL: ("精神障害者保健福祉手帳", "精神障がい者保健福祉手帳", "精神手帳", "精神"),
}
_AROUND_GRADE = re.compile(r"[\s:：()()]+")
_NO_HANDBOOK = ("なし", "無", "無し")
_LOST_ZERO = re.compile(r"[1-9][0-9]{8,9}")


class ClientRows:
    """Reads the rows of one file."""

    def __init__(self, known: Known, by: User):
        self.known, self.by = known, by
        self.taken: dict[str, int] = {}

    def object_of(self, row: Row) -> ImportedClient | None:
        """None where the row has a problem, which it keeps."""
        number = self._number(row)
        names = self._names(row)
        birth = self._birth(row)
        made = ImportedClient(
            number=number,
            person=NewClient(
                **names,
                birth=birth,
                sex=row.code("性別", _SEXES, Sex.UNKNOWN),
                phones=row.read("電話", lambda text: self._phones(row, text), []),
                disabilities=row.codes("障がい種別", self.known.codes.on(CodeList.DISABILITY, self.known.on)),
            ),
            columns={
                "postal_code": row.read("郵便番号", postal_code, ""),
                "address": row.line_of("住所", limit=200),
                "school_district": row.line_of("校区", limit=30),
                "support_level": row.code("障害支援区分", _LEVELS),
                "recipient_number": self._recipient_number(row),
            },
            handbooks=row.read("手帳", _handbooks, {}),
            consent_on=row.day("同意日"),
            responsible=row.read("担当者", lambda text: self.known.staff.on(text, self.known.on), None),
        )
        self._tell_doubles(row, made.person)
        return made if row.sound else None

    def _tell_doubles(self, row: Row, person: NewClient) -> None:
        typed = traits(
            kana=person.family_kana + person.given_kana,
            name=person.family_name + person.given_name,
            birth=person.birth,
            phones=person.phones,
        )
        if typed.known >= SAME_PERSON and (found := self.known.doubles.find(typed)):
            told = "、".join(map(str, found[:SHOWN]))
            row.warn(
                "利用者番号",
                f"同じ人かもしれない登録があります: {told}。同じ人なら、この行を消してください。",
            )

    def _number(self, row: Row) -> str:
        number = row.read("利用者番号", client_number, "")
        if number in self.known.clients:
            row.bad("利用者番号", "この利用者番号はもう使われています。番号を直すか、行を消してください。")
        elif number in self.taken:
            row.bad(
                "利用者番号",
                f"{self.taken[number]:,}行目と同じ番号です。番号を直すか、1行にまとめてください。",
            )
        elif number:
            self.taken[number] = row.line
        return number

    def _names(self, row: Row) -> dict[str, str]:
        if "氏名" in row.cells or "フリガナ" in row.cells:
            family, given = split_name(row.line_of("氏名", limit=2 * NAME_LIMIT + 1))
            family_kana, given_kana = split_name(row.read("フリガナ", _kana(2 * NAME_LIMIT + 1), ""))
            for column, name in (("氏名", (family, given)), ("フリガナ", (family_kana, given_kana))):
                if any(len(part) > NAME_LIMIT for part in name):
                    row.bad(column, f"姓と名はそれぞれ{NAME_LIMIT}字までです。短くしてください。")
        else:
            family, given = (row.line_of(column, limit=NAME_LIMIT) for column in ("姓", "名"))
            family_kana, given_kana = (row.read(column, _kana(NAME_LIMIT), "") for column in ("セイ", "メイ"))
        return {
            "family_name": family,
            "given_name": given,
            "family_kana": family_kana,
            "given_kana": given_kana,
        }

    def _birth(self, row: Row) -> Birth | None:
        birth = row.read(
            "生年月日", row.day_only("生年月日", lambda text: parse_birth(text, self.known.on)), None
        )
        if birth is None:
            return None
        age = age_on(birth.day, self.known.on)
        if age > self.known.oldest_age:
            row.bad("生年月日", f"いま{age}歳になる生年月日です。年を確かめてください。")
            return None
        row.reading.understood.note_day("生年月日", birth.day)
        return birth

    def _phones(self, row: Row, text: str) -> list[str]:
        return [self._phone(row, clean_line(part, limit=PHONE_LIMIT)) for part in parts(text)]

    def _phone(self, row: Row, number: str) -> str:
        if not _LOST_ZERO.fullmatch(digits(number)) or number.startswith("+"):
            return number
        row.warn("電話", "頭の0が抜けているとみて、0を補います。")
        return f"0{number}"

    def _recipient_number(self, row: Row) -> str:
        number = row.read("受給者証番号", recipient_number, "")
        if not number or len(number) == RECIPIENT_DIGITS:
            return number
        row.warn("受給者証番号", f"{len(number)}桁なので、頭に0を補って{RECIPIENT_DIGITS}桁にします。")
        return number.zfill(RECIPIENT_DIGITS)


def _kana(limit: int):
    """As the forms read it: measured again as katakana."""
    return lambda text: clean_line(to_katakana(clean_line(text, limit=limit)), limit=limit)


def _handbooks(text: str) -> dict[str, str]:
    """身体2級; 療育B1 as kind → grade. Raises ValueError."""
    found: dict[str, str] = {}
    for part in parts(text):
        if part in _NO_HANDBOOK:
            continue
        kind, grade = _handbook(clean_line(part, limit=PHONE_LIMIT + GRADE_LIMIT))
        if kind in found:
            raise ValueError(f"{kind.label}が2つあります。1つにしてください。")
        found[kind] = grade
    return found


def _handbook(text: str) -> tuple[HandbookKind, str]:
    for kind, words in _HANDBOOKS.items():
        word = next((word for word in words if text.startswith(word)), None)
        if word is None:
            continue
        grade = _AROUND_GRADE.sub("", text.removeprefix(word))
        if not grade:
            raise ValueError(
                f"「{text}」に等級がありません。身体2級、療育B1、精神3級 のように入れてください。"
            )
        return kind, clean_line(grade, limit=GRADE_LIMIT)
    raise ValueError(f"「{text}」の手帳の種類が読めません。身体2級、療育B1、精神3級 のように入れてください。")
