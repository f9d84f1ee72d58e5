"""One JSON line per event, so that no text can inject a line (reliability: logs)."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record):
        """Return the line: time, level, logger, message, reference of the request, traceback if any."""
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if reference := getattr(getattr(record, "request", None), "reference", None):
            event["reference"] = reference
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)
