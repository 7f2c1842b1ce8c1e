"""Answers the starts of rules as python-dateutil and zoneinfo see them.

Reads JSON lines: first {"fold": 0}, then {"zone", "readings"} or {"zone", "local", "rule", "from", "until"}, all instants in seconds.
Answers each with a line: what versions it has, whether the zone reads the same here, or the starts.
"""

import datetime
import json
import os
import sys
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

import dateutil
from dateutil import rrule

UTC = datetime.timezone.utc
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")
NUMBERS = {
    "BYMONTH": "bymonth",
    "BYMONTHDAY": "bymonthday",
    "BYYEARDAY": "byyearday",
    "BYWEEKNO": "byweekno",
    "BYHOUR": "byhour",
    "BYMINUTE": "byminute",
    "BYSECOND": "bysecond",
    "BYSETPOS": "bysetpos",
}
WEEKDAYS = {str(day): day for day in (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)}


class UntilSoon:
    """datetime, but years end with the window: dateutil looks for what never matches until the year 9999."""

    MAXYEAR = datetime.MAXYEAR

    def __getattr__(self, name):
        return getattr(datetime, name)


rrule.datetime = UntilSoon()


def weekday(text):
    day = WEEKDAYS[text[-2:]]
    return day(int(text[:-2])) if len(text) > 2 else day


def floating(parts, start):
    """The rule in naive time, without UNTIL, which bounds instants."""
    options = {NUMBERS[name]: [int(n) for n in value.split(",")] for name, value in parts.items() if name in NUMBERS}
    if "BYDAY" in parts:
        options["byweekday"] = [weekday(day) for day in parts["BYDAY"].split(",")]
    if "WKST" in parts:
        options["wkst"] = WEEKDAYS[parts["WKST"]]
    if "COUNT" in parts:
        options["count"] = int(parts["COUNT"])
    interval = int(parts.get("INTERVAL", "1"))
    return rrule.rrule(FREQUENCIES.index(parts["FREQ"]), dtstart=start, interval=interval, **options)


def instant(wall, zone, fold):
    return int(wall.replace(tzinfo=zone, fold=fold).timestamp())


def starts(case, fold):
    parts = dict(part.split("=") for part in case["rule"].split(";"))
    zone = ZoneInfo(case["zone"])
    first, last = case["from"], case["until"] - 1
    if "UNTIL" in parts:
        until = datetime.datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        last = min(last, int(until.timestamp()))
    end = datetime.datetime.fromtimestamp(case["until"], UTC).replace(tzinfo=None) + datetime.timedelta(days=2)
    rrule.datetime.MAXYEAR = end.year
    found = set()
    try:
        for wall in floating(parts, datetime.datetime.fromisoformat(case["local"])):
            if wall > end:
                break
            at = instant(wall, zone, fold)
            if first <= at <= last:
                found.add(at)
    except ValueError as error:
        # An interval that never meets its hours or minutes.
        if "empty set" not in str(error) and "empty rule" not in str(error):
            raise
    return sorted(found)


def reads_the_same(zone, readings):
    try:
        here = ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        return False
    return all(
        datetime.datetime.fromtimestamp(at, UTC).astimezone(here).utcoffset().total_seconds() == offset
        for at, offset in readings
    )


def tz_version():
    for folder in TZPATH:
        for name in ("tzdata.zi", "+VERSION"):
            try:
                with open(os.path.join(folder, name), encoding="ascii") as file:
                    return file.readline().replace("# version", "").strip()
            except OSError:
                continue
    return "unknown"


def say(answer):
    sys.stdout.write(json.dumps(answer, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def main():
    fold = json.loads(sys.stdin.readline())["fold"]
    say({"dateutil": dateutil.__version__, "tz": tz_version()})
    for line in sys.stdin:
        asked = json.loads(line)
        say(reads_the_same(asked["zone"], asked["readings"]) if "readings" in asked else starts(asked, fold))


main()
