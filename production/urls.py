"""Addresses of production."""

from django.urls import path

from production import revision_views, since_views, views

urlpatterns = [
    path("", views.Overview.as_view(), name="production"),
    path("lines/", views.LineList.as_view(), name="line_list"),
    path("lines/<int:number>/", views.LinePage.as_view(), name="line"),
    path("revisions/", revision_views.RevisionList.as_view(), name="revision_list"),
    path("since/", since_views.SincePage.as_view(), name="since"),
    path("nil/", views.NilPage.as_view(), name="nil"),
    path("declarations/<int:number>/", views.DeclarationPage.as_view(), name="declaration"),
    path("declarations/<int:number>/decide/", views.Decide.as_view(), name="declaration_decide"),
]
