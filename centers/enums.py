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
    CASE_CLOSING = "case_closing", "終結の理由"
    CONFERENCE = "conference", "ケース会議の種別"


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
    DENIED = "denied", "見られないページ"


class MailTime(TextChoices):
    """When the mails go out: the times of kumamoto_soudan/celery.py."""

    NONE = "none", "受け取らない"
    MORNING = "morning", "平日の朝(8:30)にまとめて"
    AT_ONCE = "at_once", "違反のお知らせはすぐに、ほかは平日の朝にまとめて"
