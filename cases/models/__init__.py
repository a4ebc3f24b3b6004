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
from cases.models.conference import (
    CaseConference,
    ConferenceAttendee,
    ConferenceDecision,
    ConferenceVersion,
    RegionalIssueProposal,
)
from cases.models.consultation import Consultation, ConsultationVersion, Draft, LogTiming
from cases.models.imports import ImportBatch, ImportedRow
from cases.models.notes import NoteIndex

__all__ = [
    "AnonymousThread",
    "BreakGlass",
    "Case",
    "CaseClosing",
    "CaseConference",
    "CaseGoal",
    "CaseMember",
    "CasePlan",
    "Client",
    "ClientDisability",
    "ClientPhone",
    "ConferenceAttendee",
    "ConferenceDecision",
    "ConferenceVersion",
    "ConflictOfInterest",
    "Consent",
    "Consultation",
    "ConsultationVersion",
    "Draft",
    "FollowUp",
    "Handbook",
    "ImportBatch",
    "ImportedRow",
    "LogTiming",
    "NoteIndex",
    "Pin",
    "PlanCase",
    "RegionalIssueProposal",
    "ShareGrant",
    "WorkerHandover",
]
