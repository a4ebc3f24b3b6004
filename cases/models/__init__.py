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
from cases.models.disclosure import Disclosure
from cases.models.files import Attachment, PaperOriginal
from cases.models.imports import ImportBatch, ImportedRow
from cases.models.merge import ClientMerge
from cases.models.notes import NoteIndex
from cases.models.rights import DiscriminationConsultation, GuardianshipStep, GuardianshipSupport
from cases.models.support import ProviderSupport, ProviderSupportVersion, QuickText

__all__ = [
    "AbuseMember",
    "AbuseReport",
    "AbuseReporter",
    "AbuseStep",
    "AnonymousThread",
    "Attachment",
    "BreakGlass",
    "Case",
    "CaseMember",
    "Client",
    "ClientDisability",
    "ClientMerge",
    "ClientPhone",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "Disclosure",
    "DiscriminationConsultation",
    "Draft",
    "FollowUp",
    "GuardianshipStep",
    "GuardianshipSupport",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "LogTiming",
    "NoteIndex",
    "PaperOriginal",
    "PlanCase",
    "ProviderSupport",
    "ProviderSupportVersion",
    "QuickText",
    "ShareGrant",
]
