"""bin/manage verify_figures: recount from the lines; 0 differences is right."""

from office.commands import Command as Base
from office.commands import RefusedCall
from production.verify import verify


class Command(Base):
    help = "Recount every sum from the lines and the postings."

    def run(self, user, options):
        if not user.may("see_all"):
            raise RefusedCall({"state": "refused", "reasons": ["Recounting is for those who see every firm."]})
        found = verify()
        answer = {"state": "ok" if not found else "different", "differences": len(found), "first": found[:100]}
        if found:
            raise RefusedCall(answer)
        return answer
