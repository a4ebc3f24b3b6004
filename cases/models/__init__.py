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

__all__ = [
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
    "Draft",
    "FollowUp",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "Inquiry",
    "InquiryAnswer",
    "LogTiming",
    "NoteIndex",
    "PlanCase",
    "Referral",
    "ShareGrant",
]
