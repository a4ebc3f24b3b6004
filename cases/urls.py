from django.urls import path

from cases.views import client_list, clients, search

app_name = "cases"
urlpatterns = [
    # person search
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    # 利用者
    path("clients/", client_list.client_list, name="client_list"),
    path("clients/<uuid:pk>/", clients.client, name="client"),
    path("clients/<uuid:pk>/timeline/", clients.client_timeline, name="client_timeline"),
    path("clients/<uuid:pk>/reads/", clients.client_reads, name="client_reads"),
]
