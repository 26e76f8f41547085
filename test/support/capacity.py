"""Computes the capacity kept of docs/kpis.md from an export, with nothing of the product but the event contract.

Slow on purpose: every enterprise looks through every event. Arguments: the export, and the moment as epoch milliseconds.
Writes JSON: by "area|county|source" the above-scale enterprises, the covered ones, and the percentages of all and of the covered.
"""

import json
import sys
from datetime import datetime

DAY, HOUR = 86_400_000, 3_600_000


def ms(text):
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


def of_type(events, name):
    return [e for e in events if e["type"] == f"yizhan.{name}.v1"]


def reported(events, at):
    said = [e for e in of_type(events, "enterprise.changed") if "capacityPercent" in e["data"]]
    fresh = [e for e in said if at - 7 * DAY < ms(e["time"]) <= at]
    return max(fresh, key=lambda e: (ms(e["time"]), int(e["position"])))["data"]["capacityPercent"] if fresh else None


def electricity(events, at):
    said = of_type(events, "enterprise.electricity_reported")
    fresh = [e for e in said if at - 7 * DAY < ms(e["data"]["usedToAt"]) <= at]
    if not fresh:
        return None
    used = max(fresh, key=lambda e: (ms(e["data"]["usedToAt"]), int(e["position"])))["data"]
    days = (ms(used["usedToAt"]) - ms(used["usedFromAt"])) / DAY
    return used["kilowattHours"] / days / used["quarterDailyKilowattHours"] * 100


def trips(events):
    """Each load as (area, enterprise, flow, instant)."""
    gone = {e["data"]["retractedEventId"] for e in of_type(events, "record.retracted")}
    visits = {}
    for e in events:
        if e["subject"].startswith("visit/") and e["id"] not in gone:
            visits.setdefault((e["partitionkey"], e["subject"]), []).append(e)
    found = []
    for (area, _), own in visits.items():
        own.sort(key=lambda e: (ms(e["time"]), int(e["position"])))
        goods = [e["data"] for e in own if "consignments" in e["data"]]
        for left in of_type(own, "visit.departed"):
            if left["data"]["outcome"] == "swapped" and goods:
                for enterprise in {c["enterpriseId"] for c in goods[-1]["consignments"]}:
                    found.append((area, enterprise, goods[-1]["flow"], ms(left["time"])))
    return found


def flow(loads, area, enterprise, usual, at):
    own = [load for load in loads if load[0] == area]
    if not own:
        return None
    end = -(-at // HOUR) * HOUR
    since = max(end - 7 * DAY, min(load[3] // HOUR * HOUR for load in own))
    if at - since < DAY:
        return None
    shares = []
    for way, field in (("into_zone", "usualLoadsInPerDay"), ("out_of_zone", "usualLoadsOutPerDay")):
        if usual.get(field, 0) > 0:
            count = sum(1 for a, e, f, t in own if e == enterprise and f == way and since <= t < end)
            shares.append(count / ((at - since) / DAY) / usual[field] * 100)
    return min(shares) if shares else None


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines if line.strip()]
    at = int(sys.argv[2])
    loads = trips(events)
    places = {}
    enterprises = {(e["partitionkey"], e["data"]["enterpriseId"]) for e in of_type(events, "enterprise.described")}
    for area, enterprise in enterprises:
        own = [e for e in events if e["partitionkey"] == area and e["subject"] == f"enterprise/{enterprise}"]
        described = max(of_type(own, "enterprise.described"), key=lambda e: int(e["position"]))["data"]
        if not described["aboveScale"]:
            continue
        said = {
            "reported": reported(own, at),
            "electricity": electricity(own, at),
            "flow": flow(loads, area, enterprise, described, at),
        }
        for source, percent in said.items():
            place = places.setdefault(f"{area}|{described['countyCode']}|{source}", [])
            place.append((described["outputWeight"], percent))
    answer = {}
    for key, own in places.items():
        covered = [(weight, min(percent, 100)) for weight, percent in own if percent is not None]
        kept = sum(weight * percent for weight, percent in covered)
        all_of_them, those = sum(weight for weight, _ in own), sum(weight for weight, _ in covered)
        answer[key] = [len(own), len(covered), kept / all_of_them if all_of_them and covered else None, kept / those if those else None]
    json.dump(answer, sys.stdout)


main()
