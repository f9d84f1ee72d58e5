"""Addresses of the office."""

from django.urls import path

from office import attachment_views, search_views

urlpatterns = [
    path("search/", search_views.SearchPage.as_view(), name="search"),
    path("documents/<int:number>/", attachment_views.AttachmentFile.as_view(), name="attachment"),
]
