from django.urls import path

from cases.views import (
    abuse,
    abuse_steps,
    city_abuse,
    client_edit,
    client_list,
    clients,
    coverage,
    drafts,
    equality,
    followups,
    guardianship,
    log,
    notes,
    quick,
    records,
    rights,
    search,
    support,
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
    # 次の予定
    path("followups/", followups.followups, name="followups"),
    path("clients/<uuid:pk>/followups/new/", followups.followup_new, name="followup_new"),
    path("followups/<uuid:pk>/done/", followups.followup_done, name="followup_done"),
    # 権利擁護
    path("rights/", rights.rights, name="rights"),
    path("clients/<uuid:pk>/rights/", rights.client_rights, name="client_rights"),
    path("rights/abuse/new/", abuse.abuse_new, name="abuse_new"),
    path("rights/abuse/<uuid:pk>/", abuse.abuse, name="abuse"),
    path("rights/abuse/<uuid:pk>/edit/", abuse.abuse_edit, name="abuse_edit"),
    path("rights/abuse/<uuid:pk>/steps/new/", abuse_steps.abuse_step, name="abuse_step"),
    path("rights/abuse/<uuid:pk>/reporter/", abuse.abuse_reporter, name="abuse_reporter"),
    path("rights/abuse/<uuid:pk>/take/", abuse.abuse_take, name="abuse_take"),
    path("rights/abuse/<uuid:pk>/members/", abuse.abuse_members, name="abuse_members"),
    path("rights/steps/<uuid:pk>/correct/", abuse_steps.abuse_step_correct, name="abuse_step_correct"),
    path("city/abuse/", city_abuse.city_abuse, name="city_abuse"),
    path("city/abuse/new/", city_abuse.city_abuse_new, name="city_abuse_new"),
    path("clients/<uuid:pk>/guardianship/new/", guardianship.guardianship_new, name="guardianship_new"),
    path("rights/guardianship/<uuid:pk>/", guardianship.guardianship, name="guardianship"),
    path("rights/guardianship/<uuid:pk>/edit/", guardianship.guardianship_edit, name="guardianship_edit"),
    path("rights/guardianship/<uuid:pk>/stage/", guardianship.guardianship_stage, name="guardianship_stage"),
    path(
        "rights/stages/<uuid:pk>/void/", guardianship.guardianship_stage_void, name="guardianship_stage_void"
    ),
    path("rights/equality/new/", equality.equality_new, name="equality_new"),
    path("rights/equality/<uuid:pk>/", equality.equality, name="equality"),
    path("rights/equality/<uuid:pk>/edit/", equality.equality_edit, name="equality_edit"),
    # 後方支援
    path("supports/", support.supports, name="supports"),
    path("supports/new/", support.support_new, name="support_new"),
    path("supports/coverage/", coverage.coverage, name="coverage"),
    path("supports/coverage/<uuid:pk>/", coverage.coverage_center, name="coverage_center"),
    path("supports/<uuid:pk>/", support.support, name="support"),
    path("supports/<uuid:pk>/correct/", support.support_correct, name="support_correct"),
    path("supports/<uuid:pk>/void/", support.support_void, name="support_void"),
    path("supports/<uuid:pk>/restore/", support.support_restore, name="support_restore"),
    # 定型文
    path("quick-texts/", quick.quick_texts, name="quick_texts"),
    path("quick-texts/<uuid:pk>/", quick.quick_text, name="quick_text"),
    path("quick-texts/<uuid:pk>/delete/", quick.quick_text_delete, name="quick_text_delete"),
]
