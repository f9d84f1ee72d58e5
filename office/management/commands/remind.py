"""bin/manage remind: send each person what is due today. Called every day; a second call sends nothing again."""

import logging
from smtplib import SMTPException

from django.core.mail import get_connection

from accounts.models import User
from office import clock, reminding
from office.commands import Command as Base
from office.commands import RefusedCall

log = logging.getLogger("partstrack.reminders")


class Command(Base):
    help = "Remind people by mail of the dates that come: 90, 60 and 30 days before, and on the day."

    def run(self, user, options):
        """Remind everybody; who cannot be reached keeps nobody else from their mail."""
        if not user.may("see_all"):
            raise RefusedCall({"state": "refused", "reasons": ["Reminding is for those who see every firm."]})
        moment, sent, failed = clock.moment(), {}, []
        at = clock.now(moment.today if moment.demo else None)
        connection = get_connection(stream=self.stderr)  # standard output is for the answer
        for person in User.objects.filter(is_active=True, email__contains="@").order_by("pk"):
            try:
                if count := reminding.remind(person, moment.today, at, connection):
                    sent[person.email] = count
            except (SMTPException, OSError) as error:
                log.exception("A reminder could not be sent to %s", person.email)
                failed.append(f"{person.email}: {error}")
        answer = {"state": "partly" if failed else "done", "today": f"{moment.today}", "sent": sent, "failed": failed}
        if failed:
            raise RefusedCall(answer)
        return answer
