"""Addresses of production."""

from django.urls import path

from production import balance_views, views

urlpatterns = [
    path("", views.Overview.as_view(), name="production"),
    path("lines/", views.LineList.as_view(), name="line_list"),
    path("lines/<int:number>/", views.LinePage.as_view(), name="line"),
    path("nil/", views.NilPage.as_view(), name="nil"),
    path("declarations/<int:number>/", views.DeclarationPage.as_view(), name="declaration"),
    path("declarations/<int:number>/decide/", views.Decide.as_view(), name="declaration_decide"),
    path("balance/", balance_views.BalanceList.as_view(), name="balance"),
    path("balance/<int:number>/<slug:kind>/", balance_views.NoteEntry.as_view(), name="balance_note"),
]
