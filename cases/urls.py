from django.urls import path

from cases.views import (
    casework,
    client_edit,
    client_list,
    clients,
    conferences,
    drafts,
    followups,
    guarding,
    log,
    notes,
    printing,
    records,
    search,
    threads,
    worker_handovers,
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
    # 次の予定
    path("followups/", followups.followups, name="followups"),
    path("clients/<uuid:pk>/followups/new/", followups.followup_new, name="followup_new"),
    path("followups/<uuid:pk>/done/", followups.followup_done, name="followup_done"),
    # ケース
    path("clients/<uuid:pk>/case/", casework.case, name="case"),
    path("clients/<uuid:pk>/case/open/", casework.case_open, name="case_open"),
    path("clients/<uuid:pk>/case/assign/", casework.case_assign, name="case_assign"),
    path("clients/<uuid:pk>/case/course/", casework.case_course, name="case_course"),
    path("clients/<uuid:pk>/case/plan/", casework.case_plan, name="case_plan"),
    path("clients/<uuid:pk>/case/close/", casework.case_close, name="case_close"),
    path("clients/<uuid:pk>/case/restrict/", guarding.case_restrict, name="case_restrict"),
    path("clients/<uuid:pk>/conflict/", guarding.client_conflict, name="client_conflict"),
    path("clients/<uuid:pk>/pin/", guarding.client_pin, name="client_pin"),
    path("clients/<uuid:pk>/print/", printing.client_print, name="client_print"),
    path("worker-handovers/<uuid:pk>/", worker_handovers.worker_handover, name="worker_handover"),
    # 個別支援会議
    path("clients/<uuid:pk>/conferences/", conferences.client_conferences, name="client_conferences"),
    path("clients/<uuid:pk>/conferences/new/", conferences.conference_new, name="conference_new"),
    path("conferences/<uuid:pk>/", conferences.conference, name="conference"),
    path("conferences/<uuid:pk>/correct/", conferences.conference_correct, name="conference_correct"),
    path("conferences/<uuid:pk>/void/", conferences.conference_void, name="conference_void"),
]
