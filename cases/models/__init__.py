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

__all__ = [
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
    "Draft",
    "FollowUp",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "LogTiming",
    "NoteIndex",
    "PaperOriginal",
    "PlanCase",
    "ShareGrant",
]
