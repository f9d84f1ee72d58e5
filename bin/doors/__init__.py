"""The doors: what bin/run, bin/manage, bin/test and bin/check do."""
