"""The reference data against what the two documents say, typed here by hand; and the loader."""

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from centers.models import (
    BusinessCatalogue,
    BusinessItem,
    Center,
    CodeEntry,
    ContractGeneration,
    ContractTerm,
    Corporation,
    OpeningRule,
    PlanCap,
    PostRequirement,
    ReportedHolding,
    RuleSetting,
    Ward,
    Zone,
)
from centers.reference import DATA, DEMO_MARK, TABLES, BadRow, load_reference

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]

ZONES = ["chuo1", "chuo2", "higashi1", "higashi2", "nishi", "minami1", "minami2", "kita1", "kita2"]
GENERATIONS = ["h27-29", "h30-r2", "r3-5", "r6-8"]
CITY_2021 = "障がい者相談支援センターについて(R3.11.26)"
PLAN_2017 = "基幹相談支援センター設置に係る平成29年資料"


def by_zone(rows, generation, *fields):
    """One value (or tuple of values) a zone, for rows that hang on terms."""
    found = rows.filter(term__generation=generation).values_list("term__center__zone", *fields)
    return {zone: values[0] if len(values) == 1 else tuple(values) for zone, *values in found}


def test_wards_and_zones():
    assert list(Ward.objects.values_list("code", "name", "jlis_code")) == [
        ("chuo", "中央区", "431010"),
        ("higashi", "東区", "431028"),
        ("nishi", "西区", "431036"),
        ("minami", "南区", "431044"),
        ("kita", "北区", "431052"),
    ]
    assert list(Zone.objects.values_list("code", "name", "number_prefix", "ward")) == [
        ("chuo1", "中央1", "C1", "chuo"),
        ("chuo2", "中央2", "C2", "chuo"),
        ("higashi1", "東1", "H1", "higashi"),
        ("higashi2", "東2", "H2", "higashi"),
        ("nishi", "西", "N1", "nishi"),
        ("minami1", "南1", "M1", "minami"),
        ("minami2", "南2", "M2", "minami"),
        ("kita1", "北1", "K1", "kita"),
        ("kita2", "北2", "K2", "kita"),
    ]


def test_centers_of_the_2017_list():
    """2017: 圏域・名称・受託者・住所. What came after H29 is only presumed."""
    assert list(Center.objects.values_list("zone", "name", "corporation__name", "address")) == [
        (
            "chuo1",
            "いんくる",
            "特定非営利活動法人 自立生活センター ヒューマンネットワーク熊本",
            "中央区南坪井町10番11号",
        ),
        ("chuo2", "ウィズ", "一般財団法人 杏仁会", "中央区新大江3丁目20番3号"),
        ("higashi1", "青空", "社会福祉法人 ライン工房", "東区長嶺西3丁目1番35号"),
        ("higashi2", "きらり", "社会福祉法人 熊本市社会福祉事業団", "東区尾ノ上1丁目16番21号"),
        ("nishi", "光", "社会福祉法人 熊本県コロニー協会", "西区春日1丁目3番18号"),
        ("minami1", "じょうなん", "社会福祉法人 慶信会", "南区出仲間6丁目1番1号"),
        ("minami2", "絆", "社会福祉法人 恵春会", "南区城南町沈目1502番地"),
        ("kita1", "アシスト", "医療法人 佐藤会", "北区龍田町弓削704番地2"),
        ("kita2", "なでしこ", "医療法人 横田会", "北区下硯川町480番地1"),
    ]
    runs = set(Center.objects.values_list("opened_on", "closed_on", "status"))
    assert runs == {(date(2015, 4, 1), None, "presumed")}
    assert set(Corporation.objects.values_list("status", flat=True)) == {"carried_out"}


def test_generations():
    assert list(
        ContractGeneration.objects.values_list("code", "catalogue", "starts_on", "ends_on", "status")
    ) == [
        ("h27-29", "h27", date(2015, 4, 1), date(2018, 3, 31), "carried_out"),
        ("h30-r2", "h30", date(2018, 4, 1), date(2021, 3, 31), "carried_out"),
        ("r3-5", "r3", date(2021, 4, 1), date(2024, 3, 31), "carried_out"),
        ("r6-8", "r3", date(2024, 4, 1), date(2027, 3, 31), "presumed"),
    ]


def test_terms_of_nine_centers_in_four_generations():
    assert ContractTerm.objects.count() == 36
    for code, meetings, status in [
        ("h27-29", None, "carried_out"),
        ("h30-r2", None, "planned"),
        ("r3-5", 4, "carried_out"),
        ("r6-8", 4, "presumed"),
    ]:
        terms = ContractTerm.objects.filter(generation=code)
        assert [term.center.zone_id for term in terms.select_related("center")] == ZONES
        assert set(terms.values_list("ward_meetings_per_year", "status")) == {(meetings, status)}
        generation = ContractGeneration.objects.get(code=code)
        assert set(terms.values_list("starts_on", "ends_on")) == {(generation.starts_on, generation.ends_on)}


def items(catalogue):
    return list(BusinessItem.objects.filter(catalogue=catalogue).order_by("position"))


def test_items_of_h27():
    found = items("h27")
    assert [item.code for item in found] == [str(number) for number in range(1, 14)] + ["4-0-0"]
    assert "".join(item.mark for item in found[:13]) == "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"
    assert [item.label for item in found[:13]] == [
        "福祉サービスの利用援助に関すること。",
        "社会資源を活用するための支援に関すること。",
        "社会生活力を高めるための支援に関すること。",
        "ピアカウンセリングに関すること。",
        "権利の擁護のために必要な援助に関すること。",
        "専門機関の紹介に関すること。",
        "虐待の防止及び早期発見のための情報収集、関係機関との連絡調整及び対応協力に関すること。",
        "アウトリーチに関すること。",
        "市長が必要と認めるもの",
        "専門的な知識を必要とする困難ケース等への対応に関すること。",
        "熊本市障がい者自立支援協議会において総合的に課題を集約し、既存の社会資源を地域ニーズに合わせて改善又は新たに"
        "開発することに向けた取組みに関すること。",
        "区毎の障がい福祉ネットワーク会議の開催及び運営に関すること。",
        "担当区域内の指定一般相談支援事業者、指定特定相談支援事業者及び指定障害児相談支援事業者に対する後方支援に関すること。",
    ]
    parts = [(item.part, item.part_label) for item in found[:13]]
    assert parts == [("1", "相談員業務")] * 9 + [("2", "相談支援機能強化員業務")] * 4


def test_items_of_h30():
    found = items("h30")
    assert [item.code for item in found] == [str(number) for number in range(1, 19)] + ["4-0-0"]
    h27 = items("h27")
    same = [*range(8), *range(9, 12)]
    assert [found[place].label for place in same] == [h27[place].label for place in same]
    assert {place + 1: found[place].label for place in [8, *range(12, 18)]} == {
        9: "障がい者への差別的取り扱いに関する相談に関すること。",
        13: "担当区域内の指定一般相談支援事業者、指定特定相談支援事業者及び指定障害児相談支援事業者に対する後方支援及び"
        "相談支援専門員の人材育成に関すること。",
        14: "地域における障がい福祉に関する各種情報の収集・提供及び様々な関係機関とのネットワークの構築に関すること。",
        15: "地域における障がい者差別の解消や障がい者理解の促進に向けた取り組みに関すること。",
        16: "災害時における障がい者への支援への協力に関すること。",
        17: "地域生活支援拠点等の運用に関すること。",
        18: "市長が必要と認めるもの。",
    }
    assert [item.part for item in found[:18]] == ["1"] * 9 + ["2"] * 4 + ["3"] * 4 + ["1"]
    assert BusinessCatalogue.objects.get(code="h30").status == "planned"
    assert found[17].status == "presumed"  # the document does not say to which part it belongs


def test_items_of_r3():
    assert [(item.code, item.mark, item.label) for item in items("r3")[:-1]] == [
        ("1-1-1", "Ⅰ(1)①", "各種相談受付・聞き取り・課題整理"),
        ("1-1-2", "Ⅰ(1)②", "福祉サービスの利用援助"),
        ("1-1-3", "Ⅰ(1)③", "社会資源を活用するための支援"),
        ("1-1-4", "Ⅰ(1)④", "社会生活力を高めるための支援"),
        ("1-1-5", "Ⅰ(1)⑤", "専門機関の紹介等"),
        ("1-1-6", "Ⅰ(1)⑥", "ピアカウンセリングに関する支援"),
        ("1-2-1", "Ⅰ(2)①", "成年後見制度利用支援事業への支援・相談対応"),
        ("1-2-2", "Ⅰ(2)②", "虐待防止や差別解消に関する相談支援・相談対応"),
        ("1-3-1", "Ⅰ(3)①", "災害等の緊急時における支援の協力"),
        ("2-1-1", "Ⅱ(1)①", "複雑・困難な相談ケースへの支援"),
        ("2-1-2", "Ⅱ(1)②", "指定相談支援事業所への後方支援及び人材育成"),
        ("2-1-3", "Ⅱ(1)③", "研修等の企画・運営"),
        ("2-2-1", "Ⅱ(2)①", "区障がい福祉ネットワーク会議の企画・運営等"),
        ("2-2-2", "Ⅱ(2)②", "相談支援機能強化員連絡会議への参加"),
        ("2-2-3", "Ⅱ(2)③", "熊本市障がい者自立支援協議会の各部会への参加"),
        ("3-1-1", "Ⅲ(1)①", "地域における障がい福祉に関する様々な関係機関とのネットワークの構築及び連携"),
        ("3-1-2", "Ⅲ(1)②", "アウトリーチの実施"),
        ("3-1-3", "Ⅲ(1)③", "社会資源の情報収集や共有化、開発等"),
        ("3-1-4", "Ⅲ(1)④", "地域における障がい者等への理解促進"),
        ("3-1-5", "Ⅲ(1)⑤", "災害時における障がい者等の支援体制の構築"),
        ("3-1-6", "Ⅲ(1)⑥", "地域生活支援拠点の各種取り組み"),
    ]
    labels = dict(
        BusinessItem.objects.filter(catalogue="r3").exclude(part="4").values_list("part", "part_label")
    )
    assert labels == {
        "1": "相談支援業務(委託相談)",
        "2": "機能強化業務(基幹相談)",
        "3": "地域支援業務(基幹相談)",
    }


def test_own_plan_work_is_in_every_catalogue_and_never_in_the_contacts():
    own = BusinessItem.objects.filter(in_contacts=False)
    assert sorted(own.values_list("catalogue", "code")) == [
        ("h27", "4-0-0"),
        ("h30", "4-0-0"),
        ("r3", "4-0-0"),
    ]


def test_short_labels_fit_the_screen():
    short = [*BusinessItem.objects.values_list("short_label", flat=True)]
    short += CodeEntry.objects.values_list("short_label", flat=True)
    assert [label for label in short if not 0 < len(label) <= 12] == []


def test_caps():
    fields = ("basis", "limit", "counts", "starts_on", "ends_on", "deadline", "status")
    h27 = (
        "staff",
        20,
        ["plan", "community"],
        date(2015, 4, 1),
        date(2016, 4, 13),
        date(2017, 3, 31),
        "presumed",
    )
    h30 = ("office", 50, ["plan", "community"], date(2018, 4, 1), date(2021, 3, 31), None, "planned")
    r3 = ("office", 50, ["plan"], date(2021, 4, 1), date(2024, 3, 31), date(2023, 3, 31), "carried_out")
    r6 = ("office", 50, ["plan"], date(2024, 4, 1), date(2027, 3, 31), date(2023, 3, 31), "presumed")
    west = {"r3-5": 75, "r6-8": 75}
    for generation, values in zip(GENERATIONS, (h27, h30, r3, r6), strict=True):
        expected = dict.fromkeys(ZONES, values)
        if generation in west:
            expected["nishi"] = ("office", west[generation], *values[2:])
        assert by_zone(PlanCap.objects, generation, *fields) == expected


def posts(generation, *fields):
    rows = PostRequirement.objects.filter(term__generation=generation)
    found = rows.values_list("term__center__zone", "post", *fields)
    return {(zone, post): values[0] if len(values) == 1 else tuple(values) for zone, post, *values in found}


def test_posts_required():
    """R3: one 機能強化員, two 相談員 (西 three), one 地域支援員; before, 地域支援員 only in the model of 中央2."""
    two = {(zone, post): number for zone in ZONES for post, number in [("kinou", 1), ("soudan", 2)]}
    four = two | {(zone, "chiiki"): 1 for zone in ZONES} | {("nishi", "soudan"): 3}
    assert posts("h27-29", "required") == two
    assert posts("h30-r2", "required") == two | {("chuo2", "chiiki"): 1}
    assert posts("r3-5", "required") == posts("r6-8", "required") == four


def test_what_a_gap_means_is_known_since_r3():
    for generation in ("r3-5", "r6-8"):
        found = posts(generation, "on_gap")
        assert {post: found["kita1", post] for post in ("kinou", "soudan", "chiiki")} == {
            "kinou": "breach",
            "soudan": "deduction",
            "chiiki": "breach",
        }
        assert len({(post, gap) for (_, post), gap in found.items()}) == 3
    for generation in ("h27-29", "h30-r2"):
        assert set(posts(generation, "on_gap").values()) == {"info"}


def test_concurrent_posts_and_qualifications():
    """2017 (2)人員配置: until H29 機能強化員 are 専従; from H30 they may do plan work; 地域支援員 never."""
    any_of = ["social_worker", "psychiatric", "nurse", "care_manager"]
    fields = ("exclusive", "may_hold_plans", "all_of", "any_of", "experience_months", "qualification_settled")
    soudan = (False, True, ["specialist"], [], 0, True)
    kinou = (False, True, ["specialist"], any_of, 36, True)
    chiiki = (True, False, [], any_of, 0, False)
    found = posts("h27-29", *fields)
    assert (found["nishi", "kinou"], found["nishi", "soudan"]) == ((True, False, *kinou[2:]), soudan)
    for generation in ("h30-r2", "r3-5", "r6-8"):
        found = posts(generation, *fields)
        assert (found["chuo2", "kinou"], found["chuo2", "soudan"]) == (kinou, soudan)
        assert found["chuo2", "chiiki"] == chiiki
    assert set(PostRequirement.objects.values_list("full_time", flat=True)) == {True}


def test_duties_of_the_posts():
    parts = posts("r3-5", "main_parts", "optional_parts")
    assert parts["kita2", "kinou"] == (["1", "2"], ["3"])
    assert parts["kita2", "soudan"] == (["1", "2"], [])
    assert parts["kita2", "chiiki"] == (["3"], ["1", "2"])


def test_how_sure_the_posts_are():
    status = {g: set(posts(g, "status").values()) for g in GENERATIONS}
    assert status == {
        "h27-29": {"carried_out"},
        "h30-r2": {"planned", "presumed"},
        "r3-5": {"carried_out"},
        "r6-8": {"presumed"},
    }
    assert posts("h30-r2", "status")["chuo2", "chiiki"] == "presumed"


def test_opening_rules():
    fields = (
        "required_weekdays",
        "one_of_weekdays",
        "min_days",
        "min_minutes",
        "emergency_contact",
        "all_day_desk",
        "status",
    )
    rule = ([1, 2, 3, 4, 5], [6, 7], 5, 480, True, False)
    assert by_zone(OpeningRule.objects, "h27-29", *fields) == {}
    for generation, status in [("h30-r2", "planned"), ("r3-5", "presumed"), ("r6-8", "presumed")]:
        assert by_zone(OpeningRule.objects, generation, *fields) == dict.fromkeys(ZONES, (*rule, status))


def test_holdings_of_march_2017():
    found = dict(ReportedHolding.objects.filter(on=date(2017, 3, 31)).values_list("center__zone", "held"))
    assert found == dict(zip(ZONES, [90, 90, 50, 36, 70, 200, 80, 55, 150], strict=True))
    assert sum(found.values()) == 821 and ReportedHolding.objects.count() == 9


def entries(code_list, order="code"):
    return list(CodeEntry.objects.filter(list=code_list).order_by(order))


def test_methods():
    assert [(entry.code, entry.label) for entry in entries("method")] == [
        ("1", "訪問"),
        ("2", "来所相談"),
        ("3", "同行"),
        ("4", "電話相談"),
        ("5", "電子メール"),
        ("6", "個別支援会議"),
        ("7", "関係機関"),
        ("8", "その他"),
    ]
    screen = [entry.short_label for entry in entries("method", "display_order")]
    assert screen == ["電話", "来所", "訪問", "同行", "メール", "個別支援会議", "関係機関", "その他"]


def test_contents():
    assert [
        (entry.code, entry.label, entry.short_label) for entry in entries("content", "display_order")
    ] == [
        ("01", "福祉サービスの利用等に関する支援", "福祉サービスの利用"),
        ("02", "障害や病状の理解に関する支援", "障害や病状の理解"),
        ("03", "健康・医療に関する支援", "健康・医療"),
        ("04", "不安の解消・情緒安定に関する支援", "不安解消・情緒安定"),
        ("05", "保育・教育に関する支援", "保育・教育"),
        ("06", "家族関係・人間関係に関する支援", "家族・人間関係"),
        ("07", "家計・経済に関する支援", "家計・経済"),
        ("08", "生活技術に関する支援", "生活技術"),
        ("09", "就労に関する支援", "就労"),
        ("10", "社会参加・余暇活動に関する支援", "社会参加・余暇"),
        ("11", "権利擁護に関する支援", "権利擁護"),
        ("12", "その他", "その他"),
    ]


def test_disabilities_and_counterparts():
    assert [(entry.code, entry.label) for entry in entries("disability")] == [
        ("01", "身体障害"),
        ("02", "重症心身障害"),
        ("03", "知的障害"),
        ("04", "精神障害"),
        ("05", "発達障害"),
        ("06", "高次脳機能障害"),
        ("07", "その他"),
    ]
    assert [(entry.code, entry.label) for entry in entries("counterpart")] == [
        ("01", "本人"),
        ("02", "家族・親族"),
        ("03", "民生委員・児童委員"),
        ("04", "近隣・知人"),
        ("05", "相談支援専門員・指定特定"),
        ("06", "サービス事業所"),
        ("07", "医療機関"),
        ("08", "学校・保育所・教育機関"),
        ("09", "区役所(福祉課・保健子ども課・保護課)"),
        ("10", "ささえりあ(地域包括支援センター)"),
        ("11", "まちづくりセンター"),
        ("12", "社会福祉協議会"),
        ("13", "就業・生活支援センター"),
        ("14", "警察・消防"),
        ("15", "司法・弁護士・後見人"),
        ("16", "他の障がい者相談支援センター"),
        ("17", "その他"),
        ("18", "匿名・不明"),
    ]


def test_settings():
    assert dict(RuleSetting.objects.filter(ends_on=None).values_list("key", "value")) == {
        "monthly_definition": "R3-1",
        "count_without_person": True,
        "count_unanswered": False,
        "plan_near_tenths": 9,
        "inactive_days": 90,
        "inactive_days_high": 30,
        "pin_limit": 20,
        "presence_minutes": 5,
        "print_records": 300,
        "known_elsewhere": False,
        "draft_days": 30,
        "expiry_days": [90, 60, 30, 0],
        "consent_days": 30,
        "account_idle_days": 90,
        "account_idle_warnings": [14, 3],
        "followup_presets": [
            {"label": "1週間", "days": 7},
            {"label": "2週間", "days": 14},
            {"label": "1か月", "months": 1},
        ],
        "backup_keep_days": 35,
        "backup_keep_months": 12,
        "backup_alarm_hours": 30,
        "import_limits": {
            "file_bytes": 20 * 1024**2,
            "rows": 20_000,
            "columns": 200,
            "cell_characters": 12_000,
            "zip_entries": 500,
            "unpacked_bytes": 50 * 1024**2,
            "unpacked_ratio": 100,
            "memory_bytes": 512 * 1024**2,
            "cpu_seconds": 20,
            "wall_seconds": 60,
        },
        "import_oldest_age": 120,
        "invitation_days": 7,
        "reset_days": 1,
        "proposal_days": 14,
        "handover_digest_days": 30,
        "referral_consent_words": {
            "center": ["センター", "関係機関"],
            "agency": ["関係機関", "事業所", "医療", "行政", "学校"],
        },
        "known_tries_a_day": 60,
        "glass_tries_a_day": 10,
        "glass_minutes": 60,
        "glass_proof_seconds": 300,
        "glass_judge_days": 5,
        "glass_reason_letters": 10,
        "organization_stale_days": 180,
        "support_silence_days": 90,
        "support_items": ["2-1-1", "2-1-2"],
        "quick_text_limits": {"own": 30, "center": 50},
        "abuse_city_notice_hours": 1,
        "abuse_safety_hours": 48,
        "abuse_safety_reminders": [24, 40],
        "attachment_limits": {
            "file_bytes": 10 * 1024**2,
            "zip_entries": 3000,
            "unpacked_bytes": 100 * 1024**2,
            "unpacked_ratio": 200,
        },
        "persons_a_day": 200,
        "read_sample_days": 14,
        "read_sample_size": 10,
    }


def test_no_setting_promises_what_the_code_does_not_do():
    files = [path for app in ("centers", "cases", "reports") for path in (ROOT / app).rglob("*.py")]
    code = "".join(path.read_text() for path in files)
    keys = RuleSetting.objects.values_list("key", flat=True)
    assert not [key for key in keys if f'"{key}"' not in code]


def test_every_fact_of_a_document_names_it():
    """A row that is 実施 or 計画 stands in one of the two documents, or says that the product settled it."""
    laws = ("障害者虐待防止法 第2条", "民法の法定後見")
    own = (*laws, "このシステムの決め", "障害者相談支援事業の実施状況等の調査(厚生労働省)")
    for table in TABLES[2:]:
        for row in table.model._default_manager.exclude(status="presumed"):
            assert row.source.startswith((CITY_2021, PLAN_2017, *own)), row


# ---- the loader ----


def history_rows() -> int:
    events = [m for m in apps.get_app_config("centers").get_models() if m.__name__.endswith("Event")]
    assert len(events) > 10
    return sum(event.objects.count() for event in events)


@pytest.fixture
def files(tmp_path):
    """A copy of the data files; files("codes.csv", old, new) changes one text that stands there once."""
    for path in DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)

    def _change(name: str, old: str, new: str):
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    _change.folder = tmp_path
    return _change


def test_loading_again_changes_nothing():
    before = history_rows()
    loaded = load_reference()
    assert list(loaded) == [table.file for table in TABLES]
    assert all((count.added, count.updated) == (0, 0) for count in loaded.values())
    assert history_rows() == before


def test_a_changed_row_is_brought_up_to_date_and_leaves_history(files):
    folder = files("codes.csv", "method,4,電話相談,電話", "method,4,電話相談,でんわ")
    before = history_rows()
    loaded = load_reference(folder)
    assert (loaded["codes.csv"].added, loaded["codes.csv"].updated) == (0, 1)
    assert CodeEntry.objects.get(list="method", code="4").short_label == "でんわ"
    assert history_rows() == before + 1


def test_a_changed_condition_reaches_every_zone_of_its_row(files):
    load_reference(
        files(
            "plan_caps.csv",
            "nishi,r3-5,2021-04-01,2024-03-31,office,75",
            "nishi,r3-5,2021-04-01,2024-03-31,office,80",
        )
    )
    assert by_zone(PlanCap.objects, "r3-5", "limit") == dict.fromkeys(ZONES, 50) | {"nishi": 80}


def test_a_period_can_be_split_in_two(files):
    line = "method,8,その他,その他,8,2015-04-01,"
    files(
        "codes.csv", line, "method,8,その他,その他,8,2026-04-01,,carried_out,市の通知\n" + line + "2026-03-31"
    )
    load_reference(files.folder)
    found = CodeEntry.objects.filter(list="method", code="8").order_by("starts_on")
    assert list(found.values_list("starts_on", "ends_on")) == [
        (date(2015, 4, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), None),
    ]


def test_what_was_ended_in_the_database_stays_ended():
    RuleSetting.objects.filter(key="count_unanswered").update(ends_on=date(2027, 3, 31))
    RuleSetting.objects.create(
        key="count_unanswered", value=True, label="市の決め", starts_on=date(2027, 4, 1), source="市の通知"
    )
    load_reference()
    values = (
        RuleSetting.objects.filter(key="count_unanswered")
        .order_by("starts_on")
        .values_list("value", "ends_on")
    )
    assert list(values) == [(False, date(2027, 3, 31)), (True, None)]


def test_a_row_that_is_no_longer_in_the_file_stays(files):
    line = next(
        row
        for row in (DATA / "codes.csv").read_text(encoding="utf-8").splitlines()
        if row.startswith("method,8")
    )
    load_reference(files("codes.csv", line + "\n", ""))
    assert CodeEntry.objects.filter(list="method", code="8").exists()


def test_a_demo_keeps_its_invented_corporations():
    RuleSetting.objects.create(
        key=DEMO_MARK, value={}, label="デモ", starts_on=date(2015, 4, 1), source="デモ"
    )
    nishi = Center.objects.get(zone="nishi")
    Corporation.objects.filter(pk=nishi.corporation_id).update(name="架空の法人")
    load_reference()
    assert Corporation.objects.count() == 9
    assert Center.objects.get(zone="nishi").corporation.name == "架空の法人"


BAD = {
    "unknown ward": ("zones.csv", "C1,chuo,1", "C1,nowhere,1", "zones.csv 2行目 ward: 「nowhere」"),
    "unknown zone": (
        "plan_caps.csv",
        "nishi,r3-5",
        "atlantis,r3-5",
        "plan_caps.csv 5行目 term: 「atlantis」",
    ),
    "unknown generation": ("plan_caps.csv", "nishi,r3-5", "nishi,r9-11", "plan_caps.csv 5行目 term"),
    "outside the term": (
        "reported_holdings.csv",
        "nishi,2017-03-31",
        "nishi,2014-03-31",
        "reported_holdings.csv 6行目 center",
    ),
    "impossible date": (
        "codes.csv",
        "method,8,その他,その他,8,2015-04-01",
        "method,8,その他,その他,8,2015-02-30",
        "codes.csv 9行目 starts_on: 「2015-02-30」",
    ),
    "not a number": (
        "reported_holdings.csv",
        "nishi,2017-03-31,70",
        "nishi,2017-03-31,七十",
        "reported_holdings.csv 6行目 held: 「七十」",
    ),
    "negative": (
        "reported_holdings.csv",
        "nishi,2017-03-31,70",
        "nishi,2017-03-31,-1",
        "reported_holdings.csv 6行目 held",
    ),
    "unknown choice": (
        "codes.csv",
        "method,8,その他",
        "methods,8,その他",
        "codes.csv 9行目 list: 「methods」",
    ),
    "unknown status": (
        "zones.csv",
        "C1,chuo,1,carried_out",
        "C1,chuo,1,perhaps",
        "zones.csv 2行目 status: 「perhaps」",
    ),
    "no source": (
        "settings.csv",
        "inactive_days,90,動きのないケースとみる日数,2015-04-01,,carried_out,このシステムの決め",
        "inactive_days,90,動きのないケースとみる日数,2015-04-01,,carried_out,",
        "settings.csv 6行目 source",
    ),
    "not JSON": (
        "settings.csv",
        "known_elsewhere,false",
        "known_elsewhere,no",
        "settings.csv 7行目 value: 「no」",
    ),
    "too long": (
        "codes.csv",
        "\nmethod,1,訪問,訪問",
        "\nmethod,1,訪問," + "訪" * 31,
        "codes.csv 2行目 short_label",
    ),
    "too many cells": (
        "codes.csv",
        "method,1,訪問,訪問,3",
        "method,1,訪問,訪問,3,3",
        "codes.csv 2行目: 見出しより多くの列",
    ),
    "same row twice": (
        "reported_holdings.csv",
        "chuo2,2017-03-31",
        "chuo1,2017-03-31",
        "reported_holdings.csv 3行目: 2行目と同じ行",
    ),
    "missing column": (
        "zones.csv",
        "number_prefix",
        "prefix",
        "zones.csv 1行目: 足りない列 ['number_prefix']、知らない列 ['prefix']",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_named_and_nothing_is_changed(case, files):
    name, old, new, told = BAD[case]
    files("wards.csv", "中央区", "中央くっ")  # loaded before; must be taken back
    with pytest.raises(BadRow) as refused:
        load_reference(files(name, old, new))
    assert told in str(refused.value)
    assert Ward.objects.get(code="chuo").name == "中央区"


def test_the_command_refuses_a_bad_row_with_exit_2(files, monkeypatch):
    files("zones.csv", "C1,chuo,1", "C1,nowhere,1")
    command = "centers.management.commands.soudan_reference.load_reference"
    monkeypatch.setattr(command, partial(load_reference, files.folder))
    with pytest.raises(CommandError) as refused:
        call_command("soudan_reference")
    assert refused.value.returncode == 2 and "zones.csv 2行目" in str(refused.value)


def test_the_command_tells_what_it_did(capsys):
    call_command("soudan_reference")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "wards.csv: 追加 0・更新 0・変わりなし 5" and len(told) == len(TABLES)
