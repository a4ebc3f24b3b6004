from cases.models.abuse import AbuseMember, AbuseReport, AbuseReporter, AbuseStep
from cases.models.assessment import Assessment
from cases.models.between import CenterHandover, Referral
from cases.models.case import AnonymousThread, Case, CaseMember, FollowUp, PlanCase
from cases.models.casework import (
    CaseClosing,
    CaseGoal,
    CasePlan,
    ConflictOfInterest,
    Pin,
    WorkerHandover,
)
from cases.models.client import (
    BreakGlass,
    Client,
    ClientDisability,
    ClientPhone,
    Consent,
    Handbook,
    ShareGrant,
)
from cases.models.closing import ClosedMonth
from cases.models.conference import (
    CaseConference,
    ConferenceAttendee,
    ConferenceDecision,
    ConferenceVersion,
    RegionalIssueProposal,
)
from cases.models.consultation import Consultation, ConsultationVersion, Draft, LogTiming
from cases.models.disclosure import Disclosure
from cases.models.files import Attachment, PaperOriginal
from cases.models.identification import Identification
from cases.models.imports import ImportBatch, ImportedRow
from cases.models.inquiry import Inquiry, InquiryAnswer
from cases.models.intake import Intake, IntakeVersion
from cases.models.merge import ClientMerge
from cases.models.notes import NoteIndex
from cases.models.person import (
    ClientAddress,
    GrantedService,
    RelatedPerson,
    SheetDate,
    SheetSection,
    Supporter,
)
from cases.models.rights import DiscriminationConsultation, GuardianshipStep, GuardianshipSupport
from cases.models.support import ProviderSupport, ProviderSupportVersion, QuickText

__all__ = [
    "AbuseMember",
    "AbuseReport",
    "AbuseReporter",
    "AbuseStep",
    "AnonymousThread",
    "Assessment",
    "Attachment",
    "BreakGlass",
    "Case",
    "CaseClosing",
    "CaseConference",
    "CaseGoal",
    "CaseMember",
    "CasePlan",
    "CenterHandover",
    "Client",
    "ClientAddress",
    "ClientDisability",
    "ClientMerge",
    "ClientPhone",
    "ClosedMonth",
    "ConferenceAttendee",
    "ConferenceDecision",
    "ConferenceVersion",
    "ConflictOfInterest",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "Disclosure",
    "DiscriminationConsultation",
    "Draft",
    "FollowUp",
    "GrantedService",
    "GuardianshipStep",
    "GuardianshipSupport",
    "Handbook",
    "Identification",
    "ImportBatch",
    "ImportedRow",
    "Inquiry",
    "InquiryAnswer",
    "Intake",
    "IntakeVersion",
    "LogTiming",
    "NoteIndex",
    "PaperOriginal",
    "Pin",
    "PlanCase",
    "ProviderSupport",
    "ProviderSupportVersion",
    "QuickText",
    "Referral",
    "RegionalIssueProposal",
    "RelatedPerson",
    "ShareGrant",
    "SheetDate",
    "SheetSection",
    "Supporter",
    "WorkerHandover",
]
