"""Addresses of the office: search, history, what things carry, the dates that come, notices."""

from django.urls import path

from office import (
    attachment_views,
    bulk_views,
    carried_views,
    due_views,
    history_views,
    job_views,
    notice_views,
    search_views,
)

urlpatterns = [
    path("search/", search_views.SearchPage.as_view(), name="search"),
    path("history/<slug:kind>/<str:key>/", history_views.HistoryPage.as_view(), name="history"),
    path("history/<slug:kind>/<str:key>/archive/", history_views.Archive.as_view(), name="archive"),
    path("about/<slug:kind>/<str:key>/", carried_views.CarriedPage.as_view(), name="carried"),
    path("about/<slug:kind>/<str:key>/notes/new/", carried_views.NoteEntry.as_view(), name="note_new"),
    path("about/<slug:kind>/<str:key>/notes/<int:number>/", carried_views.NoteEntry.as_view(), name="note_edit"),
    path("about/<slug:kind>/<str:key>/documents/new/", carried_views.DocumentEntry.as_view(), name="document_new"),
    path(
        "about/<slug:kind>/<str:key>/documents/<int:number>/",
        carried_views.DocumentEntry.as_view(),
        name="document_edit",
    ),
    path(
        "about/<slug:kind>/<str:key>/documents/<int:number>/file/",
        carried_views.DocumentFile.as_view(),
        name="document_file",
    ),
    path("documents/<int:number>/", attachment_views.AttachmentFile.as_view(), name="attachment"),
    path("due/", due_views.DueList.as_view(), name="due_list"),
    path("due/calendar/", due_views.DueCalendar.as_view(), name="due_calendar"),
    path("me/reminders/", due_views.ReminderChoices.as_view(), name="reminder_choices"),
    path("bulk/<slug:page>/", bulk_views.BulkPage.as_view(), name="bulk"),
    path("notices/", notice_views.NoticeList.as_view(), name="notice_list"),
    path("notices/<int:number>/", notice_views.OneNotice.as_view(), name="notice"),
    path("jobs/", job_views.JobList.as_view(), name="job_list"),
    path("jobs/<int:number>/", job_views.JobPage.as_view(), name="job"),
    path("jobs/<int:number>/stop/", job_views.JobStop.as_view(), name="job_stop"),
    path("jobs/<int:number>/now/", job_views.JobNow.as_view(), name="job_now"),
]
