"""Closed lists of the trade that the code itself depends on. Code lists of the forms are data (CodeEntry)."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Who one is for the access table (not the post of the contract: see Post)."""

    SOUDAN = "soudan", "相談員"
    KINOU = "kinou", "相談支援機能強化員"
    CHIIKI = "chiiki", "地域支援員"
    KANRI = "kanri", "センター管理者"
    SHI = "shi", "市 障がい保健福祉課"
    KU = "ku", "区役所福祉課"
    SYSTEM = "system", "システム管理者"
    KANSA = "kansa", "監査"


CENTER_ROLES = (Role.SOUDAN, Role.KINOU, Role.CHIIKI, Role.KANRI)
# Given by two persons: one proposes, another one approves.
TWO_PERSON_ROLES = (Role.SHI, Role.SYSTEM, Role.KANSA)


class Purpose(TextChoices):
    """What an invitation is for."""

    JOIN = "join", "招待"  # a link that makes an account with a role
    GRANT = "grant", "権限の追加"  # a role for an account that is there; no link
    MOVE = "move", "異動"  # an account that comes over from another center; no link
    PASSWORD = "password", "パスワードの再設定"
    SECOND_STEP = "second_step", "2段階目の再設定"


class AccountState(TextChoices):
    USABLE = "usable", "使える"
    WAITING = "waiting", "これから"  # every role begins on a later day
    ENDED = "ended", "権限の終わった"
    STOPPED = "stopped", "停止中"


class Post(TextChoices):
    """職種: the posts that a contract term requires, in the order of every list."""

    SOUDAN = "soudan", "相談員"
    KINOU = "kinou", "相談支援機能強化員"
    CHIIKI = "chiiki", "地域支援員"

    @property
    def rank(self) -> int:
        return list(Post).index(self)


class Qualification(TextChoices):
    SPECIALIST = "specialist", "相談支援専門員"
    SOCIAL_WORKER = "social_worker", "社会福祉士"
    PSYCHIATRIC = "psychiatric", "精神保健福祉士"
    NURSE = "nurse", "保健師"
    CARE_MANAGER = "care_manager", "介護支援専門員"


class GapEffect(TextChoices):
    """What an unfilled post means under the term."""

    BREACH = "breach", "必置(欠けると契約違反)"
    DEDUCTION = "deduction", "減算"
    INFO = "info", "参考"


class FactStatus(TextChoices):
    """How sure a contract fact is; anything but CARRIED_OUT is shown as 要確認."""

    CARRIED_OUT = "carried_out", "実施"
    PLANNED = "planned", "計画"
    PRESUMED = "presumed", "推定"


class CapBasis(TextChoices):
    OFFICE = "office", "事業所あたり"
    STAFF = "staff", "相談員1名あたり"


class PlanKind(TextChoices):
    PLAN = "plan", "計画相談"
    COMMUNITY = "community", "地域相談"
    CHILD = "child", "障害児相談支援"


class CodeList(TextChoices):
    METHOD = "method", "支援方法"
    CONTENT = "content", "支援内容"
    DISABILITY = "disability", "障がい種別"
    COUNTERPART = "counterpart", "話した人"
    ORGANIZATION = "organization", "関係機関の種別"
    HANDOVER_REASON = "handover_reason", "引き継ぎの理由"
    GLASS_REASON = "glass_reason", "緊急閲覧の理由"
    HOUSING = "housing", "住居の種別"
    LIVING = "living", "同居の状況"
    CONTACT_WAY = "contact_way", "連絡方法の希望・配慮"
    CERTIFICATE = "certificate", "受給者証の種別"
    MEDICAL_AID = "medical_aid", "自立支援医療の種別"
    INSURANCE = "insurance", "医療保険"
    PENSION = "pension", "年金"
    ALLOWANCE = "allowance", "手当"
    RELATION = "relation", "続柄"
    GUARDIAN = "guardian", "後見人等の役割"
    CONSENT_PURPOSE = "consent_purpose", "同意の利用目的"
    CONSENT_RANGE = "consent_range", "同意の範囲"
    PAPER = "paper", "文書の種類"
    ROUTE = "route", "紹介経路"
    RISK = "risk", "リスク"
    INTAKE_PLAN = "intake_plan", "今後の方針"
    ASSESSMENT_AREA = "assessment_area", "アセスメントの領域"
    NEED = "need", "支援の必要度"
    ABUSE_TYPE = "abuse_type", "虐待の類型"
    ABUSE_BY = "abuse_by", "虐待者の区分"
    ABUSE_REPORTER = "abuse_reporter", "通報・届出者の区分"
    ABUSE_CERTAINTY = "abuse_certainty", "情報の確かさ"
    ABUSE_DANGER = "abuse_danger", "いまの危険"
    ABUSE_URGENCY = "abuse_urgency", "緊急性の確かめ"
    ABUSE_SAFETY_WAY = "abuse_safety_way", "安全確認の方法"
    ABUSE_MEETING = "abuse_meeting", "虐待対応の会議"
    ABUSE_JUDGEMENT = "abuse_judgement", "市の判断"
    GUARDIAN_TYPE = "guardian_type", "後見の類型"
    GUARDIAN_APPLICANT = "guardian_applicant", "申立人"
    GUARDIAN_KIND = "guardian_kind", "後見人等の職種"
    EQUALITY_ASKER = "equality_asker", "差別解消の相談者"
    EQUALITY_DISABILITY = "equality_disability", "差別解消の障がい種別"
    EQUALITY_FIELD = "equality_field", "差別解消の対象分野"
    EQUALITY_COMPLAINT = "equality_complaint", "差別解消の主訴"
    EQUALITY_RESULT = "equality_result", "差別解消の結果"
    SPECIALIST = "specialist", "相談支援専門員の別"
    SUPPORT_METHOD = "support_method", "後方支援の方法"
    SUPPORT_CONTENT = "support_content", "後方支援の内容"
    CASE_CLOSING = "case_closing", "終結の理由"
    CONFERENCE = "conference", "ケース会議の種別"


class DistrictKind(TextChoices):
    """What of an address tells the 圏域."""

    TOWN = "town", "町丁"
    SCHOOL = "school", "校区"


class Scope(TextChoices):
    CENTER = "center", "センター"
    WARD = "ward", "区"
    CITY = "city", "市"


class Severity(TextChoices):
    BREACH = "breach", "違反"
    WARN = "warn", "注意"
    INFO = "info", "参考"


class AccessVerb(TextChoices):
    READ = "read", "閲覧"
    SEARCH = "search", "検索"
    PRINT = "print", "印刷"
    DOWNLOAD = "download", "ダウンロード"
    EXPORT = "export", "開示の出力"
    DENIED = "denied", "見られないページ"


class SampleState(TextChoices):
    """What is said of a read that was drawn for サンプル確認."""

    OPEN = "open", "まだ"
    FINE = "fine", "問題なし"
    ASK = "ask", "確かめる"


class MailTime(TextChoices):
    """When the mails go out: the times of kumamoto_soudan/celery.py."""

    NONE = "none", "受け取らない"
    MORNING = "morning", "平日の朝(8:30)にまとめて"
    AT_ONCE = "at_once", "違反のお知らせはすぐに、ほかは平日の朝にまとめて"
