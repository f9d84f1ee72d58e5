"""Files that senders send broken, and files that somebody sends to do harm: built here, each with what must come of it."""
