"""Answers what python3-icalendar reads in calendar files.

Reads JSON lines, each the text of a file. Answers its version, then a line for each file: what is in it, or why it cannot be read.
"""

import datetime
import json
import sys

import icalendar

LONGEST_LINE = 75


def is_well_folded(octets):
    """RFC 5545 3.1: CRLF ends every line, and none is longer than 75 octets."""
    lines = octets.split(b"\r\n")
    return (
        lines[-1] == b""
        and not any(b"\r" in line or b"\n" in line for line in lines)
        and all(len(line) <= LONGEST_LINE for line in lines)
    )


def instant(value):
    """Only what is in UTC is an instant."""
    if value.dt.utcoffset() != datetime.timedelta(0):
        return "not in UTC: %s" % value.dt
    return value.dt.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def listed(value):
    return value if isinstance(value, list) else [value] if value is not None else []


def event(component):
    return {
        "uid": str(component["uid"]),
        "sequence": int(component["sequence"]),
        "status": str(component["status"]),
        "start": instant(component["dtstart"]),
        "end": instant(component["dtend"]),
        "stamp": instant(component["dtstamp"]),
        "summary": str(component.get("summary", "")),
        "description": str(component.get("description", "")),
        "url": str(component["url"]) if "url" in component else None,
        "organizer": str(component["organizer"]),
        "attendees": [
            {"address": str(one).replace("MAILTO", "mailto"), "name": one.params["CN"]}
            for one in listed(component.get("attendee"))
        ],
    }


def read(text):
    try:
        octets = text.encode("utf-8")
        calendar = icalendar.Calendar.from_ical(octets)
        problems = [error for part in calendar.walk() for error in part.errors]
        if problems:
            return {"error": str(problems[0])}
        return {
            "method": str(calendar["method"]),
            "isWellFolded": is_well_folded(octets),
            "events": [event(component) for component in calendar.walk("VEVENT")],
        }
    except Exception as error:  # noqa: BLE001 - whatever it is, this file is not one
        return {"error": "%s: %s" % (type(error).__name__, error)}


def main():
    print(json.dumps(icalendar.__version__))
    for line in sys.stdin:
        print(json.dumps(read(json.loads(line))))


main()
