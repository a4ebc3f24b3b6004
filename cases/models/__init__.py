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
from cases.models.notes import NoteIndex

__all__ = [
    "AnonymousThread",
    "BreakGlass",
    "Case",
    "CaseMember",
    "Client",
    "ClientDisability",
    "ClientPhone",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "Draft",
    "FollowUp",
    "Handbook",
    "LogTiming",
    "NoteIndex",
    "PlanCase",
    "ShareGrant",
]
