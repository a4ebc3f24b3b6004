from django.urls import path

from cases.views import clients, drafts, log, search

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
    path("search/suggest/", search.suggest, name="suggest"),
    # 利用者
    path("clients/<uuid:pk>/", clients.client, name="client"),
    path("clients/<uuid:pk>/timeline/", clients.client_timeline, name="client_timeline"),
    path("clients/<uuid:pk>/reads/", clients.client_reads, name="client_reads"),
]
