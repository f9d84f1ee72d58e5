"""Addresses of the office: attached documents, the dates that come, notices."""

from django.urls import path

from office import attachment_views, due_views, notice_views

urlpatterns = [
    path("documents/<int:number>/", attachment_views.AttachmentFile.as_view(), name="attachment"),
    path("due/", due_views.DueList.as_view(), name="due_list"),
    path("me/reminders/", due_views.ReminderChoices.as_view(), name="reminder_choices"),
    path("notices/", notice_views.NoticeList.as_view(), name="notice_list"),
    path("notices/<int:number>/", notice_views.OneNotice.as_view(), name="notice"),
]
