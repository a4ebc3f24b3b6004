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

__all__ = [
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
    "Draft",
    "FollowUp",
    "GrantedService",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "LogTiming",
    "NoteIndex",
    "PlanCase",
    "RelatedPerson",
    "ShareGrant",
    "SheetDate",
    "SheetSection",
    "Supporter",
]
