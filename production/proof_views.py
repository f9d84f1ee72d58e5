"""The proof of all figures: what the last recounts found, and a new one."""

from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render

from office import jobs
from office.forms import fresh_key
from office.models import Job
from partstrack.pages import Page
from production.jobs import PROOF

SHOWN = 20


class ProofPage(Page):
    """The last recounts; a button begins another one."""

    right = "oversee"

    def get(self, request):
        """Show what they found."""
        found = Job.objects.visible_to(request.user).filter(kind=PROOF).select_related("owner")[:SHOWN]
        return render(request, "production/proof.html", {"proofs": found, "key": fresh_key()})

    def post(self, request):
        """Have all figures counted again; 400 without its key, once however often it is sent."""
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        return redirect("job", jobs.ask(request.user, PROOF, {}, f"proof {request.POST['key'][:64]}").pk)
