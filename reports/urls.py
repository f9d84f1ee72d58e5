"""Addresses of home and of the figures."""

from django.urls import path

from reports import counted_views, figure_views, home, saying_views

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("figures/", figure_views.FigureList.as_view(), name="figure_list"),
    path("figures/<slug:name>/", figure_views.FigurePage.as_view(), name="figure"),
    path("figures/<slug:name>/rows/<slug:what>/", counted_views.CountedRows.as_view(), name="figure_rows"),
    path("figures/<slug:name>/say/", saying_views.SayPage.as_view(), name="figure_say"),
]
