"""Jobs: the list of one's own, one of them with how far it is, stopping it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from office import jobs
from office.job_tables import JobFilters, JobTable
from office.models import Job
from partstrack import registry
from partstrack.pages import ListPage, Page


class JobList(ListPage):
    """What this person asked for; whoever oversees the work sees everybody's."""

    title = _("Long work")
    heading_help = _("What is done beside the pages, and what came of it. You can leave: a notice tells you the end.")
    table_class = JobTable
    filter_class = JobFilters

    def rows(self, request):
        """Return the jobs this person may see."""
        return Job.objects.visible_to(request.user).select_related("owner")


class JobPage(Page):
    """How far a job is, or what came of it."""

    def get(self, request, number):
        """Show it; asked by its own progress, only that, and lead to the result at its end. 404: not theirs to see."""
        job = get_object_or_404(Job.objects.visible_to(request.user).select_related("owner"), pk=number)
        if request.htmx:
            if not job.is_open:
                return HttpResponseClientRedirect(job.url or reverse("job", args=[number]))
            return render(request, "parts/progress.html", {"progress": jobs.shown(job, request.user)})
        context = {
            "job": job,
            "title": registry.job(job.kind).title,
            "card_title": _("What was asked for") if job.is_open else _("Result"),
            "progress": jobs.shown(job, request.user),
            "mine": job.owner_id == request.user.pk,
            "alone": job.state == Job.State.QUEUED and not jobs.offered(),
            "trail": [(_("Long work"), reverse("job_list")), (registry.job(job.kind).title, "")],
        }
        return render(request, "office/job.html", context)


class JobStop(Page):
    """Stop one's own job."""

    def post(self, request, number):
        """Stop it; one that ended meanwhile is left as it is. 404 for another person's."""
        job = get_object_or_404(Job, owner=request.user, pk=number)
        jobs.stop(request.user, job)
        messages.info(request, gettext("It is being stopped. What was not done to its end is not written."))
        return redirect("job", number)


class JobNow(Page):
    """Do a job at once when no worker runs."""

    def post(self, request, number):
        """Do it while the page waits; 404 for another person's."""
        job = get_object_or_404(Job, owner=request.user, pk=number)
        if not jobs.offered():
            jobs.do_now(job)
        return redirect("job", number)
