from django.urls import path

from cases.views import (
    assessments,
    client_edit,
    client_list,
    clients,
    drafts,
    followups,
    identify,
    intakes,
    log,
    notes,
    records,
    search,
    threads,
)

app_name = "cases"
urlpatterns = [
    # 相談を記録
    path("log/", log.log, name="log"),
    path("log/person/", log.log_person, name="log_person"),
    path("log/known/", log.log_known, name="log_known"),
    path("log/draft/", drafts.draft_save, name="draft_save"),
    path("clients/<uuid:pk>/log/", log.log_client, name="log_client"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<uuid:group>/", drafts.draft, name="draft"),
    path("drafts/<uuid:group>/discard/", drafts.draft_discard, name="draft_discard"),
    # person search
    path("search/", search.search, name="search"),
    path("search/notes/", notes.note_search, name="note_search"),
    path("search/suggest/", search.suggest, name="suggest"),
    # 利用者
    path("clients/", client_list.client_list, name="client_list"),
    path("clients/<uuid:pk>/", clients.client, name="client"),
    path("clients/<uuid:pk>/timeline/", clients.client_timeline, name="client_timeline"),
    path("clients/<uuid:pk>/edit/", client_edit.client_edit, name="client_edit"),
    path("clients/<uuid:pk>/reads/", clients.client_reads, name="client_reads"),
    # 相談記録
    path("consultations/<uuid:pk>/", records.consultation, name="consultation"),
    path("consultations/<uuid:pk>/correct/", records.consultation_correct, name="consultation_correct"),
    path("consultations/<uuid:pk>/void/", records.consultation_void, name="consultation_void"),
    path("consultations/<uuid:pk>/restore/", records.consultation_restore, name="consultation_restore"),
    path("threads/<uuid:pk>/", threads.thread, name="thread"),
    path("threads/<uuid:pk>/identify/", identify.thread_identify, name="thread_identify"),
    path("consultations/<uuid:pk>/identify/", identify.consultation_identify, name="consultation_identify"),
    path("identifications/<uuid:pk>/undo/", identify.identification_undo, name="identification_undo"),
    # 相談受付票
    path("intakes/", intakes.intakes, name="intakes"),
    path("consultations/<uuid:pk>/intake/", intakes.intake_new, name="intake_new"),
    path("intakes/<uuid:pk>/", intakes.intake, name="intake"),
    path("intakes/<uuid:pk>/edit/", intakes.intake_edit, name="intake_edit"),
    path("intakes/<uuid:pk>/decide/", intakes.intake_decide, name="intake_decide"),
    # アセスメント
    path("clients/<uuid:pk>/assessments/", assessments.assessments, name="assessments"),
    path("clients/<uuid:pk>/assessments/new/", assessments.assessment_new, name="assessment_new"),
    path("clients/<uuid:pk>/assessments/compare/", assessments.assessment_compare, name="assessment_compare"),
    path("assessments/<uuid:pk>/", assessments.assessment, name="assessment"),
    # 次の予定
    path("followups/", followups.followups, name="followups"),
    path("clients/<uuid:pk>/followups/new/", followups.followup_new, name="followup_new"),
    path("followups/<uuid:pk>/done/", followups.followup_done, name="followup_done"),
]
