"""What stands in each section of the フェイスシート: the one table behind its forms, its words and its print.

Source: the fields of 基本情報(申請者の現状) as the offices use it. A field with `home` is not kept in the section's
content but in a column of its own: of Client, of a Handbook, or as a SheetDate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.enums import ExpiryKind, HandbookKind, SheetKind
from centers.enums import CodeList


class Kind(StrEnum):
    """How a field is typed, kept and shown."""

    LINE = "line"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    FLAG = "flag"
    MONEY = "money"
    LEVEL = "level"
    DAY = "day"  # a full day
    PARTIAL = "partial"  # a day as far as it is known


class Home(StrEnum):
    CLIENT = "client"
    HANDBOOK = "handbook"
    DATE = "date"


@dataclass(frozen=True)
class Field:
    """`list` is the code list of a code; `home_key` the column of Client, the ExpiryKind, or "kind.column" of a Handbook."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    list: CodeList | None = None
    hint: str = ""
    home: Home | None = None
    home_key: str = ""
    limit: int = 200
    columns: int = 6  # of the twelve of a row; on a phone twice as many


@dataclass(frozen=True)
class Section:
    kind: SheetKind
    fields: tuple[Field, ...]

    @property
    def label(self) -> str:
        return self.kind.label


def _text(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, Kind.TEXT, hint=hint, columns=12)


def _codes(name: str, label: str, codes: CodeList, hint: str = "") -> Field:
    return Field(name, label, Kind.CODES, codes, hint=hint, columns=12)


def _until(name: str, label: str, expiry: ExpiryKind, hint: str = "") -> Field:
    return Field(name, label, Kind.PARTIAL, hint=hint, home=Home.DATE, home_key=expiry)


def _handbook(kind: HandbookKind) -> Iterable[Field]:
    def field(name: str, label: str, of: Kind = Kind.LINE, limit: int = 10, hint: str = "") -> Field:
        return Field(
            f"{kind}_{name}",
            f"{_SHORT[kind]} {label}",
            of,
            home=Home.HANDBOOK,
            home_key=f"{kind}.{name}",
            limit=limit,
            hint=hint,
            columns=3,
        )

    yield field("grade", "等級", hint=_GRADES[kind])
    yield field("number", "手帳番号", limit=30)
    yield field("issued", "交付日", Kind.PARTIAL)
    yield field("next", "次回判定・期限", Kind.PARTIAL)


_SHORT = {
    HandbookKind.PHYSICAL: "身体",
    HandbookKind.INTELLECTUAL: "療育",
    HandbookKind.MENTAL: "精神",
}
_GRADES = {
    HandbookKind.PHYSICAL: "例: 2級、申請中",
    HandbookKind.INTELLECTUAL: "例: B1",
    HandbookKind.MENTAL: "例: 2級",
}

SECTIONS: dict[SheetKind, Section] = {
    section.kind: section
    for section in (
        Section(
            SheetKind.HOUSING,
            (
                Field("home", "住居の種別", Kind.CODE, CodeList.HOUSING),
                Field("living", "同居", Kind.CODE, CodeList.LIVING),
                _text("home_note", "住まいのこと", "例: 2階、エレベーターなし。大家は1階"),
            ),
        ),
        Section(
            SheetKind.CONTACT,
            (
                _codes("ways", "連絡方法の希望・配慮", CodeList.CONTACT_WAY),
                Field("alias", "旧姓・通称", limit=60),
                Field("mail", "メール", limit=120),
                Field("hours", "連絡のつく時間", hint="例: 平日15時以降"),
                Field("fax", "FAX", limit=30),
                _text("contact_note", "連絡と配慮のこと"),
            ),
        ),
        Section(
            SheetKind.CAUTION,
            (
                _text("consider", "配慮すること"),
                _text("taboo", "避けること(禁忌)"),
                _text("danger", "危険に関する情報", "訪問する人が先に知っておくこと"),
                _until(
                    "review_on",
                    "見直しの日",
                    ExpiryKind.CAUTION,
                    "この日に、まだ要るかを見直します。例: R9.4.1",
                ),
            ),
        ),
        Section(
            SheetKind.PAPERS,
            (
                *(field for kind in HandbookKind for field in _handbook(kind)),
                Field("level", "障害支援区分", Kind.LEVEL, home=Home.CLIENT, home_key="support_level"),
                Field(
                    "level_until",
                    "支援区分の期限",
                    Kind.DAY,
                    home=Home.CLIENT,
                    home_key="support_level_until",
                ),
                Field(
                    "recipient_number",
                    "受給者証番号",
                    hint="10桁の数字です。頭の0も入れてください。",
                    limit=20,
                    home=Home.CLIENT,
                    home_key="recipient_number",
                ),
                _until("certificate_until", "受給者証の期限", ExpiryKind.CERTIFICATE),
                _codes("certificates", "受給者証の種別", CodeList.CERTIFICATE),
                Field("burden", "利用者負担上限額(円)", Kind.MONEY, hint="例: 9300。負担なしは 0"),
                Field("care_level", "要介護度", limit=20, hint="介護保険があるとき。例: 要介護2"),
            ),
        ),
        Section(
            SheetKind.MEDICAL,
            (
                Field("aid", "自立支援医療", Kind.CODE, CodeList.MEDICAL_AID),
                _until("aid_until", "自立支援医療の期限", ExpiryKind.MEDICAL_AID),
                Field("disease", "指定難病", hint="病名"),
                _until("disease_until", "指定難病の期限", ExpiryKind.RARE_DISEASE),
                Field("doctor", "主治医", hint="例: 架空病院 精神科 田中医師"),
                Field("family_doctor", "かかりつけ医"),
                Field("insurance", "医療保険", Kind.CODE, CodeList.INSURANCE),
                Field("allergy", "アレルギー"),
                _text("medicine", "服薬"),
                _text("medical_care", "医療的ケア"),
            ),
        ),
        Section(
            SheetKind.MONEY,
            (
                Field("pension", "年金", Kind.CODE, CodeList.PENSION),
                Field("welfare", "生活保護を受けている", Kind.FLAG),
                _codes("allowances", "手当", CodeList.ALLOWANCE),
                Field("case_worker", "生活保護の担当(CW)", limit=60),
                Field("work", "就労", hint="例: 就労継続支援B型 週4日"),
                _text("income", "収入・支出のこと"),
            ),
        ),
        Section(
            SheetKind.LIFE,
            (
                _text("life", "生活歴"),
                _text("illness", "病歴"),
                _text("schooling", "教育歴・職歴"),
                _text("day", "一日の流れ"),
                _text("week", "週の流れ"),
            ),
        ),
        Section(
            SheetKind.WISHES,
            (
                _text("own_wish", "本人の希望", "本人の言葉のままに"),
                _text("family_wish", "家族の希望"),
            ),
        ),
    )
}
