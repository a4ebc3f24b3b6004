from cases.models.abuse import AbuseMember, AbuseReport, AbuseReporter, AbuseStep
from cases.models.between import CenterHandover, Referral
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
from cases.models.inquiry import Inquiry, InquiryAnswer
from cases.models.notes import NoteIndex
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
    "CenterHandover",
    "Client",
    "ClientDisability",
    "ClientPhone",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "DiscriminationConsultation",
    "Draft",
    "FollowUp",
    "GuardianshipStep",
    "GuardianshipSupport",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "Inquiry",
    "InquiryAnswer",
    "LogTiming",
    "NoteIndex",
    "PlanCase",
    "ProviderSupport",
    "ProviderSupportVersion",
    "QuickText",
    "Referral",
    "ShareGrant",
]
