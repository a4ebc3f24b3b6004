from django.urls import path

from cases.views import (
    client_edit,
    client_list,
    clients,
    disclosures,
    drafts,
    files,
    followups,
    log,
    merging,
    notes,
    reads,
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
    path("clients/<uuid:pk>/reads/", reads.client_reads, name="client_reads"),
    path("me/reads/", reads.own_reads, name="own_reads"),
    path("reads/samples/", reads.read_samples, name="read_samples"),
    # 相談記録
    path("consultations/<uuid:pk>/", records.consultation, name="consultation"),
    path("consultations/<uuid:pk>/correct/", records.consultation_correct, name="consultation_correct"),
    path("consultations/<uuid:pk>/void/", records.consultation_void, name="consultation_void"),
    path("consultations/<uuid:pk>/restore/", records.consultation_restore, name="consultation_restore"),
    path("threads/<uuid:pk>/", threads.thread, name="thread"),
    # 開示請求
    path("clients/<uuid:pk>/disclosures/", disclosures.client_disclosures, name="client_disclosures"),
    path("disclosures/<uuid:pk>/", disclosures.disclosure, name="disclosure"),
    path("disclosures/<uuid:pk>/pack/", disclosures.disclosure_pack, name="disclosure_pack"),
    # 統合
    path("clients/<uuid:pk>/merge/", merging.client_merge, name="client_merge"),
    path("merges/<uuid:pk>/undo/", merging.merge_undo, name="merge_undo"),
    # 文書
    path("clients/<uuid:pk>/files/", files.client_files, name="client_files"),
    path("clients/<uuid:pk>/files/new/", files.attachment_new, name="attachment_new"),
    path("clients/<uuid:pk>/papers/new/", files.paper_new, name="paper_new"),
    path("files/<uuid:pk>/", files.attachment, name="attachment"),
    path("files/<uuid:pk>/void/", files.attachment_void, name="attachment_void"),
    path("papers/<uuid:pk>/handed/", files.paper_handed, name="paper_handed"),
    path("papers/<uuid:pk>/void/", files.paper_void, name="paper_void"),
    # 次の予定
    path("followups/", followups.followups, name="followups"),
    path("clients/<uuid:pk>/followups/new/", followups.followup_new, name="followup_new"),
    path("followups/<uuid:pk>/done/", followups.followup_done, name="followup_done"),
]
