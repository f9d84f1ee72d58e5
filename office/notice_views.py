"""One's notices: the list, one of them, all seen."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from office import notices
from office.models import Notice
from partstrack.pages import Page

A_PAGE = 50


class NoticeList(Page):
    """What was told to this person, the latest first."""

    def get(self, request):
        """Show the list."""
        rows = Notice.objects.visible_to(request.user)
        return render(
            request, "office/notices.html", {"page": Paginator(rows, A_PAGE).get_page(request.GET.get("page"))}
        )

    def post(self, request):
        """Mark all as seen."""
        notices.see(request.user, timezone.now())
        return redirect("notice_list")


class OneNotice(Page):
    """Go where a notice leads, having seen it."""

    def post(self, request, number):
        """Mark it as seen and go there; 404 for another person's."""
        notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=number)
        notices.see(request.user, timezone.now(), notice.pk)
        return redirect(notice.url)
