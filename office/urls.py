"""Addresses of the office."""

from django.urls import path

from office import attachment_views, history_views, search_views

urlpatterns = [
    path("search/", search_views.SearchPage.as_view(), name="search"),
    path("history/<slug:kind>/<str:key>/", history_views.HistoryPage.as_view(), name="history"),
    path("history/<slug:kind>/<str:key>/archive/", history_views.Archive.as_view(), name="archive"),
    path("documents/<int:number>/", attachment_views.AttachmentFile.as_view(), name="attachment"),
]
