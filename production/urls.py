"""Addresses of production."""

from django.urls import path

from production import declaration_views, entry_views, views

urlpatterns = [
    path("", views.Overview.as_view(), name="production"),
    path("lines/", views.LineList.as_view(), name="line_list"),
    path("lines/<int:number>/", views.LinePage.as_view(), name="line"),
    path("entry/", entry_views.MonthGrid.as_view(), name="entry"),
    path("declarations/", declaration_views.DeclarationList.as_view(), name="declaration_list"),
    path("files/<int:number>/decide/", declaration_views.FileDecide.as_view(), name="file_decide"),
    path("nil/", views.NilPage.as_view(), name="nil"),
    path("declarations/<int:number>/", views.DeclarationPage.as_view(), name="declaration"),
    path("declarations/<int:number>/decide/", views.Decide.as_view(), name="declaration_decide"),
]
