"""Computes the figures of docs/kpis.md from an export, with nothing of the product but the event contract.

Reads the export named as the first argument. Writes JSON: `counts`, how often, and `spans`, every duration in
milliseconds in ascending order, each by "area|hour|station|carrier|flow|figure|split", where hour is epoch milliseconds; and
`loads` by "area|hour|enterprise|flow|figure|".
"""

import json
import sys
from collections import defaultdict
from datetime import datetime, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
HOUR = 3_600_000


def ms(text):
    delta = datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def short(event):
    return event["type"].removeprefix("yizhan.").removesuffix(".v1")


def load(path):
    with open(path, encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines if line.strip()]
    gone = {e["data"]["retractedEventId"] for e in events if short(e) == "record.retracted"}
    left = [e for e in events if e["id"] not in gone]
    return sorted(left, key=lambda e: (ms(e["time"]), int(e["position"])))


class Figures:
    def __init__(self):
        self.counts = defaultdict(int)
        self.spans = defaultdict(list)
        self.loads = defaultdict(int)

    def key(self, where, at, figure, split):
        area, station, carrier, flow = where
        return "|".join([area, str(at // HOUR * HOUR), station, carrier, flow, figure, split])

    def count(self, where, at, figure, split=""):
        self.counts[self.key(where, at, figure, split)] += 1

    def span(self, where, begun, ended, figure, split):
        if begun is None or ended is None:
            return
        self.spans[self.key(where, ended, figure, split)].append(max(0, ended - begun))


def visit_figures(figures, events):
    first, last = {}, {}
    station = carrier = flow = ""
    course = "normal"
    for e in events:
        name, data = short(e), e["data"]
        if name == "exception.opened":
            course = "exception"
        if name.startswith("exception."):
            continue
        station = data.get("stationCode", station)
        carrier = e.get("carrierid", carrier)
        flow = data.get("flow", flow)
    where = (events[0]["partitionkey"], station, carrier, flow)
    goods = [e["data"]["consignments"] for e in events if "consignments" in e["data"]]
    for e in events:
        name, data, at = short(e), e["data"], ms(e["time"])

        def seen(point, instant):
            first.setdefault(point, instant)
            last[point] = instant

        if name == "visit.announced":
            seen("expected", ms(data["expectedAt"]))
        elif name == "visit.queued":
            seen(data["queue"], ms(data["queuedAt"]))
        elif name == "visit.arrived":
            seen("arrived", ms(data["arrivedAt"]))
            figures.count(where, at, "arrivals")
        elif name == "visit.departed":
            seen("departed", ms(data["departedAt"]))
            figures.count(where, at, "departures", data["outcome"])
            if data["outcome"] == "swapped" and goods:
                for enterprise in {consignment["enterpriseId"] for consignment in goods[-1]}:
                    figures.loads["|".join([where[0], str(at // HOUR * HOUR), enterprise, flow, "loads", ""])] += 1
        elif name == "handoff.requested":
            seen("ready", ms(data["readyAt"]))
        elif name == "handoff.assigned":
            seen("assigned", at)
        elif name == "handoff.started":
            seen("started", ms(data["startedAt"]))
        elif name == "handoff.completed":
            seen("custody", ms(data["custodyAt"]))
        elif name == "handoff.assignment_ended" and data["reason"] == "no_show":
            figures.count(where, at, "driver_no_shows")
        elif name == "handoff.assignment_ended" and data["reason"] == "declined":
            figures.count(where, at, "declines", data.get("declineReason", ""))
        elif name == "visit.call_ended" and data["reason"] == "no_show":
            figures.count(where, at, "truck_no_shows")
        elif name == "handoff.aborted":
            figures.count(where, at, "aborts", data["reason"])
        elif name == "cargo.held":
            for reason in data["reasons"]:
                figures.count(where, at, "holds", reason)
        elif name == "visit.checked":
            for check in data["checks"]:
                if not check["passed"]:
                    item = check["check"]
                    figures.count(where, at, "check_failures", f"{item}/{check['reason']}" if "reason" in check else item)
    span = figures.span
    arrived, departed = first.get("arrived"), last.get("departed")
    span(where, first.get("outside"), arrived, "queue_outside", course)
    span(where, first.get("inside"), last.get("started"), "queue_inside", course)
    span(where, first.get("ready"), last.get("assigned"), "driver_wait", course)
    span(where, last.get("started"), last.get("custody"), "swap_time", course)
    span(where, arrived, departed, "dwell", course)
    span(where, first.get("outside", arrived), departed, "turn_time", course)
    if "expected" in last and arrived is not None:
        off = arrived - last["expected"]
        split = "early" if off < -1_800_000 else "late" if off > 1_800_000 else "on_time"
        figures.count(where, arrived, "slot_adherence", split)


def exception_figures(figures, events):
    station = carrier = ""
    opened = resolved = None
    for e in events:
        station = e["data"].get("stationCode", station)
        carrier = e.get("carrierid", carrier)
    where = (events[0]["partitionkey"], station, carrier, "")
    for e in events:
        if short(e) == "exception.opened":
            opened = ms(e["time"]) if opened is None else opened
            figures.count(where, ms(e["time"]), "exceptions", e["data"]["code"])
        elif short(e) == "exception.resolved":
            resolved = ms(e["time"])
    figures.span(where, opened, resolved, "exception_age", events[-1]["data"]["code"])


def run_figures(figures, events):
    carrier, how = "", ""
    opened = closed = None
    for e in events:
        carrier = e.get("carrierid", carrier)
        how = e["data"].get("how", how)
    where = (events[0]["partitionkey"], "", carrier, "")
    for e in events:
        if short(e) == "run.opened" and opened is None:
            opened = ms(e["time"])
        elif short(e) == "run.closed":
            closed = ms(e["time"])
        elif short(e) == "run.overdue":
            figures.count(where, ms(e["time"]), "runs_overdue")
    figures.span(where, opened, closed, "run_time", how)


VISIT = ("visit.", "handoff.", "cargo.")
# What says nothing about where, when or how a visit went in the figures.
ELSEWHERE = {
    "visit.called",
    "handoff.accepted",
    "handoff.suggested",
    "handoff.override_requested",
    "handoff.override_approved",
    "handoff.override_refused",
}
EXCEPTION = {"exception.opened", "exception.escalated", "exception.resolved"}
RUN = {"run.opened", "run.overdue", "run.closed"}


def main():
    visits, exceptions, runs = defaultdict(list), defaultdict(list), defaultdict(list)
    for e in load(sys.argv[1]):
        name, key = short(e), (e["partitionkey"], e["subject"])
        if e["subject"].startswith("visit/") and name not in ELSEWHERE:
            if name.startswith(VISIT) or name in EXCEPTION:
                visits[key].append(e)
        if name in EXCEPTION:
            exceptions[(e["partitionkey"], e["data"]["exceptionId"])].append(e)
        if name in RUN:
            runs[key].append(e)
    figures = Figures()
    for of, compute in ((visits, visit_figures), (exceptions, exception_figures), (runs, run_figures)):
        for events in of.values():
            compute(figures, events)
    spans = {key: sorted(values) for key, values in figures.spans.items()}
    json.dump({"counts": figures.counts, "spans": spans, "loads": figures.loads}, sys.stdout)


main()
