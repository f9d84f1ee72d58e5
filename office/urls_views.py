"""Addresses of saved views."""

from django.urls import path

from office import view_pages

urlpatterns = [
    path("", view_pages.SavedViewList.as_view(), name="view_list"),
    path("new/", view_pages.SavedViewEntry.as_view(), name="view_new"),
    path("<int:number>/", view_pages.SavedViewPage.as_view(), name="view"),
    path("<int:number>/edit/", view_pages.SavedViewEntry.as_view(), name="view_edit"),
    path("<int:number>/delete/", view_pages.SavedViewDelete.as_view(), name="view_delete"),
]
