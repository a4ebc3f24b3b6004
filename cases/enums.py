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


class DisclosureAsker(TextChoices):
    """開示を請求した人"""

    SELF = "self", "本人"
    LEGAL = "legal", "法定代理人"
    AGENT = "agent", "任意代理人"


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


class PassState(TextChoices):
    """Where a 紹介 or a 引き継ぎ stands."""

    PROPOSED = "proposed", "承認待ち"
    SENT = "sent", "返事待ち"
    ACCEPTED = "accepted", "受け取り済み"
    REFUSED = "refused", "受けられない"
    WITHDRAWN = "withdrawn", "取り下げ"


class PassBasis(TextChoices):
    """What allows to tell another office about a person."""

    CONSENT = "consent", "本人の同意"
    LAW = "law", "法令(同意なし)"


class InquiryState(TextChoices):
    WAITING = "waiting", "返事待ち"
    OPENED = "opened", "開く"
    DECLINED = "declined", "開かない"


class Verdict(TextChoices):
    """What became of the judgement on a 緊急閲覧."""

    PROPER = "proper", "妥当"
    IMPROPER = "improper", "不当"


class SheetKind(TextChoices):
    """The sections of the フェイスシート, in their order (domain: 基本情報・申請者の現状)."""

    CAUTION = "caution", "注意"
    CONTACT = "contact", "連絡と配慮"
    HOUSING = "housing", "住まい"
    PAPERS = "papers", "手帳・支援区分・受給者証"
    MEDICAL = "medical", "医療"
    MONEY = "money", "経済"
    LIFE = "life", "暮らし"
    WISHES = "wishes", "希望"


class ExpiryKind(TextChoices):
    """What of a person runs out: the first four are kept in SheetDate, the others in rows of their own."""

    CERTIFICATE = "certificate", "受給者証"
    MEDICAL_AID = "medical_aid", "自立支援医療"
    RARE_DISEASE = "rare_disease", "指定難病"
    CAUTION = "caution", "注意の見直し"
    HANDBOOK = "handbook", "手帳"
    LEVEL = "level", "障害支援区分"
    SERVICE = "service", "支給決定"
    CONSENT = "consent", "同意の期間"


class ConsentWay(TextChoices):
    PAPER = "paper", "書面"
    ELECTRONIC = "electronic", "電磁的記録"
    ORAL = "oral", "口頭(記録に残す)"


class Signer(TextChoices):
    """Who has given a consent."""

    SELF = "self", "本人"
    PROXY = "proxy", "代筆"
    GUARDIAN = "guardian", "後見人等"


class IntakeState(TextChoices):
    """相談受付票"""

    WAITING = "waiting", "承認待ち"
    RETURNED = "returned", "差し戻し"
    APPROVED = "approved", "承認済み"


class CallBack(TextChoices):
    """折返し可否"""

    YES = "yes", "してよい"
    NO = "no", "しない"
    UNKNOWN = "unknown", "聞いていない"


class Aware(TextChoices):
    """Whether the person knows of the call that is about them."""

    AGREED = "agreed", "知っていて同意"
    KNOWS = "knows", "知っている"
    NOT = "not", "知らない"
    UNKNOWN = "unknown", "わからない"


class AssessmentPlace(TextChoices):
    HOME = "home", "居宅"
    OTHER = "other", "そのほか"


class ReportOrigin(TextChoices):
    """Where an abuse report came to the center from."""

    CENTER = "center", "センターで受付"
    CITY = "city", "市からの依頼"


class YesNo(TextChoices):
    """An answer that may be missing."""

    YES = "yes", "はい"
    NO = "no", "いいえ"
    UNKNOWN = "unknown", "わからない"


class AbuseStepKind(TextChoices):
    """What was done about an abuse report, in the order of the procedure."""

    RECEIVED = "received", "受付"
    TAKEN = "taken", "センターの引き受け"
    NOTIFIED = "notified", "市への連絡"
    RESPONSE = "response", "初動の決定"
    SAFETY = "safety", "安全確認"
    VISIT = "visit", "訪問"
    MEETING = "meeting", "会議"
    SUPPORT = "support", "支援"
    JUDGEMENT = "judgement", "市の判断"
    FEEDBACK = "feedback", "フィードバック"
    MONITORING = "monitoring", "モニタリング"
    CLOSED = "closed", "終結"


class GuardianshipStage(TextChoices):
    """対応段階 of 成年後見制度利用支援, in their order."""

    CONSULT = "consult", "相談"
    PAPERS = "papers", "書類支援"
    FILED = "filed", "申立"
    DECIDED = "decided", "審判"
    IN_USE = "in_use", "利用中"
    ENDED = "ended", "終了"
