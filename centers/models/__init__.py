from centers.models.account import AccountStop, Invitation
from centers.models.contract import (
    BusinessCatalogue,
    BusinessItem,
    CodeEntry,
    ContractGeneration,
    ContractTerm,
    OpeningRule,
    PlanCap,
    PostRequirement,
    ReportedHolding,
    RuleSetting,
)
from centers.models.district import DistrictZone
from centers.models.mail import IdleWarning, MailPreference, NoticeMail
from centers.models.organisation import (
    Center,
    Corporation,
    NumberSequence,
    OpeningHours,
    Organization,
    OrganizationPerson,
    Ward,
    Zone,
)
from centers.models.people import RoleGrant, StaffAssignment, StaffMember, User
from centers.models.reads import ReadAlarm, ReadSample, ReadSampling
from centers.models.record import AccessLog, BackupRun, CheckRun, Finding, Notice, NoticeRead

__all__ = [
    "AccessLog",
    "AccountStop",
    "BackupRun",
    "BusinessCatalogue",
    "BusinessItem",
    "Center",
    "CheckRun",
    "CodeEntry",
    "ContractGeneration",
    "ContractTerm",
    "Corporation",
    "DistrictZone",
    "Finding",
    "IdleWarning",
    "Invitation",
    "MailPreference",
    "Notice",
    "NoticeMail",
    "NoticeRead",
    "NumberSequence",
    "OpeningHours",
    "OpeningRule",
    "Organization",
    "OrganizationPerson",
    "PlanCap",
    "PostRequirement",
    "ReadAlarm",
    "ReadSample",
    "ReadSampling",
    "ReportedHolding",
    "RoleGrant",
    "RuleSetting",
    "StaffAssignment",
    "StaffMember",
    "User",
    "Ward",
    "Zone",
]
