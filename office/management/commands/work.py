"""bin/manage work: do the jobs that pages ask for, and what is done every day, until Ctrl-C. bin/run has one of its own."""

from django.core.management.base import BaseCommand

from office.working import Worker


class Command(BaseCommand):
    help = "Do long work beside the pages, until Ctrl-C."
    requires_system_checks = []

    def handle(self, *args, **options):
        Worker().run()
