from cases.models.abuse import AbuseMember, AbuseReport, AbuseReporter, AbuseStep
from cases.models.assessment import Assessment
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
from cases.models.closing import ClosedMonth
from cases.models.consultation import Consultation, ConsultationVersion, Draft, LogTiming
from cases.models.identification import Identification
from cases.models.imports import ImportBatch, ImportedRow
from cases.models.intake import Intake, IntakeVersion
from cases.models.notes import NoteIndex
from cases.models.rights import DiscriminationConsultation, GuardianshipStep, GuardianshipSupport
from cases.models.support import ProviderSupport, ProviderSupportVersion, QuickText

__all__ = [
    "AbuseMember",
    "AbuseReport",
    "AbuseReporter",
    "AbuseStep",
    "AnonymousThread",
    "Assessment",
    "BreakGlass",
    "Case",
    "CaseMember",
    "Client",
    "ClientDisability",
    "ClientPhone",
    "ClosedMonth",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "DiscriminationConsultation",
    "Draft",
    "FollowUp",
    "GuardianshipStep",
    "GuardianshipSupport",
    "Handbook",
    "Identification",
    "ImportBatch",
    "ImportedRow",
    "Intake",
    "IntakeVersion",
    "LogTiming",
    "NoteIndex",
    "PlanCase",
    "ProviderSupport",
    "ProviderSupportVersion",
    "QuickText",
    "ShareGrant",
]
