from cases.models.abuse import AbuseMember, AbuseReport, AbuseReporter, AbuseStep
from cases.models.case import AnonymousThread, Case, CaseMember, FollowUp, PlanCase
from cases.models.client import (
    BreakGlass,
    Client,
    ClientDisability,
    ClientPhone,
    Consent,
    Handbook,
    ShareGrant,
)
from cases.models.consultation import Consultation, ConsultationVersion, Draft, LogTiming
from cases.models.imports import ImportBatch, ImportedRow
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
    "BreakGlass",
    "Case",
    "CaseMember",
    "Client",
    "ClientAddress",
    "ClientDisability",
    "ClientPhone",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "DiscriminationConsultation",
    "Draft",
    "FollowUp",
    "GrantedService",
    "GuardianshipStep",
    "GuardianshipSupport",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "LogTiming",
    "NoteIndex",
    "PlanCase",
    "ProviderSupport",
    "ProviderSupportVersion",
    "QuickText",
    "RelatedPerson",
    "ShareGrant",
    "SheetDate",
    "SheetSection",
    "Supporter",
]
