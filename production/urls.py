"""Addresses of production."""

from django.urls import path

from production import (
    balance_views,
    calendar_views,
    declaration_views,
    entry_views,
    expected_views,
    late_views,
    period_views,
    revision_views,
    since_views,
    views,
)

urlpatterns = [
    path("", views.Overview.as_view(), name="production"),
    path("lines/", views.LineList.as_view(), name="line_list"),
    path("lines/<int:number>/", views.LinePage.as_view(), name="line"),
    path("entry/", entry_views.MonthGrid.as_view(), name="entry"),
    path("declarations/", declaration_views.DeclarationList.as_view(), name="declaration_list"),
    path("files/<int:number>/decide/", declaration_views.FileDecide.as_view(), name="file_decide"),
    path("revisions/", revision_views.RevisionList.as_view(), name="revision_list"),
    path("since/", since_views.SincePage.as_view(), name="since"),
    path("nil/", views.NilPage.as_view(), name="nil"),
    path("declarations/<int:number>/", declaration_views.DeclarationPage.as_view(), name="declaration"),
    path("declarations/<int:number>/decide/", declaration_views.Decide.as_view(), name="declaration_decide"),
    path("periods/", period_views.PeriodList.as_view(), name="period_list"),
    path("periods/<str:month>/", period_views.PeriodPage.as_view(), name="period"),
    path("periods/<str:month>/close/", period_views.PeriodClose.as_view(), name="period_close"),
    path("periods/<str:month>/reopen/", period_views.PeriodReopen.as_view(), name="period_reopen"),
    path("periods/<str:month>/minutes/<int:number>/", period_views.Minutes.as_view(), name="period_minutes"),
    path("late/", late_views.LateList.as_view(), name="late_list"),
    path("late/<str:site>/", late_views.ReminderPage.as_view(), name="reminder"),
    path("sites/<str:site>/expected/", expected_views.ExpectedPage.as_view(), name="site_expected"),
    path("sites/<str:site>/expected/<str:what>/", expected_views.ExpectPage.as_view(), name="site_expect"),
    path("calendar/", calendar_views.CalendarPage.as_view(), name="calendar"),
    path("calendar/rules/new/", calendar_views.DueRuleEntry.as_view(), name="due_rule_new"),
    path("calendar/rules/<int:number>/", calendar_views.DueRuleEntry.as_view(), name="due_rule_edit"),
    path("calendar/holidays/new/", calendar_views.HolidayEntry.as_view(), name="holiday_new"),
    path("calendar/holidays/<int:number>/", calendar_views.HolidayEntry.as_view(), name="holiday_edit"),
    path("balance/", balance_views.BalanceList.as_view(), name="balance"),
    path("balance/<int:number>/<slug:kind>/", balance_views.NoteEntry.as_view(), name="balance_note"),
]
