from django.urls import path

from cases.views import (
    between,
    client_edit,
    client_list,
    clients,
    drafts,
    followups,
    glass,
    handovers,
    inquiries,
    log,
    notes,
    records,
    referrals,
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
    # 次の予定
    path("followups/", followups.followups, name="followups"),
    path("clients/<uuid:pk>/followups/new/", followups.followup_new, name="followup_new"),
    path("followups/<uuid:pk>/done/", followups.followup_done, name="followup_done"),
    # 紹介・引き継ぎ・照会・緊急閲覧
    path("between/", between.between, name="between"),
    path("clients/<uuid:pk>/between/", between.client_between, name="client_between"),
    path("clients/<uuid:pk>/referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/<uuid:pk>/", referrals.referral, name="referral"),
    path("clients/<uuid:pk>/handovers/new/", handovers.handover_new, name="handover_new"),
    path("handovers/<uuid:pk>/", handovers.handover, name="handover"),
    path("handovers/<uuid:pk>/edit/", handovers.handover_edit, name="handover_edit"),
    path("clients/<uuid:pk>/inquiries/new/", inquiries.inquiry_new, name="inquiry_new"),
    path("inquiries/<uuid:pk>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/answers/<uuid:pk>/", inquiries.inquiry_answer, name="inquiry_answer"),
    path("inquiries/<uuid:pk>/glass/", glass.inquiry_glass, name="inquiry_glass"),
    path("glass/", glass.glasses, name="glasses"),
    path("glass/new/", glass.glass_new, name="glass_new"),
    path("glass/<uuid:pk>/", glass.glass_judge, name="glass_judge"),
]
