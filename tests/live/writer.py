"""A process that declares overlapping months again and again, and writes down each version it was told is saved.

Called as: python -m tests.live.writer SEED FILE SECONDS
"""

import os
import sys
import time
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partstrack.settings")


def main(seed, file, seconds):
    """Write until the time is over; a broken connection is opened again."""
    import django

    django.setup()
    from django.db import InterfaceError, OperationalError, connection

    chance, end = Random(seed), time.monotonic() + seconds
    with open(file, "a", buffering=1, encoding="ascii") as told:
        while time.monotonic() < end:
            try:
                told.write(f"{declare(chance)}\n")
            except (InterfaceError, OperationalError) as error:
                if "deadlock" in str(error):
                    told.write("deadlock\n")
                connection.close()


def declare(chance):
    """Declare three site-months, locked in the order of chance, in one write; return its version."""
    from accounts.models import User
    from office.door import write
    from production import actions, ledger
    from production.models import OutputLine
    from suppliers.models import Site
    from tests import making

    user, sites = User.objects.get(email="cli"), list(Site.objects.order_by("pk"))
    with write(user, "again") as door:
        pairs = {(chance.choice(sites), making.month(f"2025-{chance.randrange(1, 7):02d}")) for _turn in range(3)}
        heads = ledger.lock([(site.pk, month) for site, month in pairs])
        standing, revisions = ledger.standing_ids(heads.values()), actions.next_revisions(heads.values())
        drafts, lines = [], []
        for site, month in pairs:
            head = heads[(site.pk, month)]
            draft = user_draft(head, revisions[head], standing.get(head), user)
            drafts.append(draft)
            lines += [
                OutputLine(
                    declaration=draft,
                    site=site,
                    month=month,
                    part=part,
                    unit_id="piece",
                    produced=chance.randrange(900),
                )
                for part in site.firm.parts.order_by("pk")
            ]
        OutputLine.objects.bulk_create(lines)
        actions.settle(door, user, drafts)
    return door.version


def user_draft(head, revision, based_on, user):
    """Make the draft of a head."""
    from production.models import Declaration

    made = Declaration.objects.create(
        head_id=head, revision=revision, based_on_id=based_on, reason="again", author=user
    )
    return Declaration.objects.select_related("head__site").get(pk=made.pk)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
