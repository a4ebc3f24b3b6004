from django.db.models import TextChoices


class Sex(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"
    OTHER = "other", "その他"
    UNKNOWN = "unknown", "不明・回答しない"


class DatePrecision(TextChoices):
    DAY = "day", "日まで"
    MONTH = "month", "月まで"
    YEAR = "year", "年まで"


class CaseState(TextChoices):
    RECEIVED = "received", "受付"
    ACTIVE = "active", "支援中"
    HANDOVER = "handover", "引き継ぎ中"
    WATCH = "watch", "見守り"
    CLOSED = "closed", "終結"


class Priority(TextChoices):
    HIGH = "high", "高"
    NORMAL = "normal", "中"
    LOW = "low", "低"


class Subject(TextChoices):
    """だれの相談か"""

    CLIENT = "client", "利用者"
    ANONYMOUS = "anonymous", "匿名・氏名不明"
    ORGANIZATION = "organization", "機関・地域の方"


class Direction(TextChoices):
    INCOMING = "in", "受けた"
    OUTGOING = "out", "かけた"


class AgeBand(TextChoices):
    """Rough age of a caller without a name."""

    CHILD = "0-17", "18歳未満"
    YOUNG = "18-39", "18〜39歳"
    MIDDLE = "40-64", "40〜64歳"
    OLD = "65+", "65歳以上"
    UNKNOWN = "unknown", "不明"


class HandbookKind(TextChoices):
    PHYSICAL = "physical", "身体障害者手帳"
    INTELLECTUAL = "intellectual", "療育手帳"
    MENTAL = "mental", "精神障害者保健福祉手帳"


class ShareBasis(TextChoices):
    CONSENT = "consent", "本人の同意"
    HANDOVER = "handover", "引き継ぎ"
    REFERRAL = "referral", "紹介"
    LAW = "law", "法令"


class ShareScope(TextChoices):
    IDENTITY = "identity", "基本情報"
    NOTES = "notes", "基本情報と経過"


class VoidReason(TextChoices):
    WRONG_PERSON = "wrong_person", "別の人の記録だった"
    DOUBLE = "double", "二重に記録した"
    NOT_HAPPENED = "not_happened", "実際には行われなかった"
    OTHER = "other", "そのほか"


class FollowUpKind(TextChoices):
    CALL = "call", "電話"
    VISIT = "visit", "訪問"
    COME = "come", "来所"
    ACCOMPANY = "accompany", "同行"
    MEETING = "meeting", "会議"
    OTHER = "other", "そのほか"


class Who(TextChoices):
    """だれの相談か as the quick log asks it."""

    CLIENT = "client", "利用者"
    NEW = "new", "新しい利用者"
    ANONYMOUS = "anonymous", "匿名・氏名不明"
    ORGANIZATION = "organization", "機関・地域の方"

    @property
    def subject(self) -> Subject:
        return Subject.CLIENT if self == Who.NEW else Subject(self.value)


class Part(TextChoices):
    """業務の区分 as the quick log offers it: the parts of the contract, 権利擁護 and the own 計画相談 apart."""

    CONSULT = "consult", "委託相談"
    RIGHTS = "rights", "権利擁護"
    STRENGTHEN = "strengthen", "機能強化"
    COMMUNITY = "community", "地域支援"
    PLAN = "plan", "計画相談"


class LogVia(TextChoices):
    """How the quick log was opened."""

    BLANK = "blank", "相談を記録"
    PERSON = "person", "利用者ページ"


class ConferencePlace(TextChoices):
    """How people met."""

    MEETING = "meeting", "対面"
    ONLINE = "online", "オンライン"
    BOTH = "both", "対面とオンライン"


class TookPart(TextChoices):
    """本人・家族の参加"""

    CLIENT = "client", "本人"
    FAMILY = "family", "家族"
    BOTH = "both", "本人と家族"
    NEITHER = "neither", "参加なし"


class SharingBasis(TextChoices):
    """On what ground a conference shared what it knows of a person."""

    CONSENT = "consent", "本人の同意"
    LAW = "law", "法令"
    NOTHING = "nothing", "個人の情報を出していない"


class StepFate(TextChoices):
    """What becomes of an open next step when its case is closed."""

    DONE = "done", "済み"
    DROPPED = "dropped", "しない"
    HANDED = "handed", "引き継ぐ"


class ImportKind(TextChoices):
    """What a file holds that is taken in."""

    CLIENTS = "clients", "利用者"
    CONSULTATIONS = "consultations", "相談記録"
    PLAN_CASES = "plan_cases", "計画相談"
