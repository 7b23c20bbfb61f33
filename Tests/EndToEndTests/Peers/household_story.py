"""A household's story, told by a client that was generated from the API's own description. All persons are invented.

    household_story.py CLIENT URL

CLIENT is the folder with the generated package `gleichtakt_client`. The tokens are in GLEICHTAKT_TOKENS, a JSON object by
who uses them. An adult and a youth, three offices: from registering to findings that open and close.
"""

import datetime
import importlib
import json
import os
import sys
import time
import uuid

sys.path.insert(0, sys.argv[1])
from gleichtakt_client import AuthenticatedClient, models  # noqa: E402
from gleichtakt_client.types import UNSET  # noqa: E402

NAMESPACE = uuid.UUID("6f1c9f3e-7d51-4f0a-9a64-2f7f5f0f9b12")
TODAY = datetime.date.today()
TOKENS = json.loads(os.environ["GLEICHTAKT_TOKENS"])
CLIENTS = {who: AuthenticatedClient(base_url=sys.argv[2], token=token, timeout=40) for who, token in TOKENS.items()}


def identifier(name):
    return uuid.uuid5(NAMESPACE, name)


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


class Person:
    """Somebody with a case, to whom the offices do things."""

    def __init__(self, name):
        self.id = identifier(name)

    def __call__(self, office, command, /, expecting=(200, 201), **fields):
        """Sends a command with the generated function and model of its name, twice: the second time changes nothing."""
        function = importlib.import_module(f"gleichtakt_client.api.cases.{command.replace('-', '_')}").sync_detailed
        model = getattr(models, "".join(word.capitalize() for word in command.split("-")))
        key = identifier(f"{self.id} {office} {command} {sorted(fields.items())!r}")
        answers = [
            function(self.id, client=CLIENTS[office], body=model.from_dict(fields), idempotency_key=str(key))
            for _ in range(2)
        ]
        for answer in answers:
            assert answer.status_code in expecting, f"{office} {command}: {answer.status_code} {answer.content}"
        if 200 <= answers[0].status_code < 300:
            assert answers[0].parsed == answers[1].parsed, f"{command}: a repeated command answers as it did before"
            assert answers[1].headers["idempotent-replayed"] == "true" or not answers[0].parsed.events
        return answers[0].parsed


def call(module, *arguments, who, **parameters):
    function = importlib.import_module(f"gleichtakt_client.api.{module}").sync_detailed
    answer = function(*arguments, client=CLIENTS[who], **parameters)
    assert answer.status_code == 200, f"{module}: {answer.status_code} {answer.content}"
    assert answer.parsed is not None, f"{module}: the answer does not fit its schema"
    return answer.parsed


def wait_for_findings(office, kind, count):
    """Waits until an office sees so many open findings of a kind; the limit only ends a story that hangs."""
    for _ in range(600):
        page = call(
            "views.findings", who=office, kind=models.FindingsKind(kind), state=models.FindingsState.OPEN)
        if len(page.items) == count:
            return page.items
        time.sleep(0.1)
    raise AssertionError(f"{office} sees {len(page.items)} open {kind} findings, not {count}")


def window(first, last):
    return {"from": day(first).isoformat(), "to": day(last).isoformat()}


def main():
    area = "generated-client-quarter"
    publish = importlib.import_module("gleichtakt_client.api.areas.publish_area").sync_detailed
    answer = publish(area, client=CLIENTS["administrator"], body=models.PublishArea(name="Quarter (invented)"))
    assert answer.status_code in (200, 201), answer.content

    parent, youth = Person("parent"), Person("youth")
    since, household = day(-90).isoformat(), str(identifier("household"))
    for person, office, name, born in [
        (parent, "job-centre", "Paula", "1984-05-17"), (youth, "youth-office", "Yara", day(-6300).isoformat())
    ]:
        receipt = person(
            office, "register-participant", givenName=name, familyName="Müßig (invented)", bornOn=born, areaId=area,
            languages=["de", "tr"], effectiveOn=since)
        assert receipt.version == 1 and receipt.events[0].type_ == "ParticipantRegistered"
    for person, office in [
        (parent, "job-centre"), (parent, "social-office"), (youth, "youth-office"), (youth, "job-centre")
    ]:
        person(office, "engage-office", office=office, legalBasis="§ 15 SGB II", effectiveOn=since)
    refusal = parent("youth-office", "engage-office", expecting=(403,), office="job-centre")
    assert refusal.code == models.ProblemCode.FORBIDDEN
    parent("job-centre", "join-household", householdId=household, role="adult", effectiveOn=since)
    youth("youth-office", "join-household", householdId=household, role="youth", effectiveOn=since)
    for person, office, recipients in [
        (parent, "job-centre", ["youth-office", "social-office"]),
        (youth, "youth-office", ["job-centre", "social-office"]),
    ]:
        person(office, "grant-consent", categories=["timing"], recipients=recipients, purpose="one plan", effectiveOn=since)

    parent(
        "job-centre", "assess-potential", strengths=["keeps at it"], goals=["become a welder"], level=2,
        occupationsSought=["24422"], effectiveOn=day(-80).isoformat())
    for person, office, plan, kind, measure, first, last in [
        (parent, "job-centre", "cooperation", "cooperation", "welding", -60, 40),
        (youth, "youth-office", "support", "youth-support", "training", 70, 200),
    ]:
        on = day(-80).isoformat()
        person(office, "draft-plan", planId=str(identifier(plan)), kind=kind, goal="invented", effectiveOn=on)
        person(
            office, "add-measure", measureId=str(identifier(measure)), title="Invented", strand="education",
            window=window(first, last), hoursPerWeek=25, effectiveOn=on)
        agreed = {"participantAgreedOn": day(-75).isoformat()} if office == "job-centre" else {}
        person(office, "agree-plan", effectiveOn=day(-75).isoformat(), **agreed)
    for office in ("job-centre", "youth-office"):
        wait_for_findings(office, "sequence", 1)
    refusal = parent("job-centre", "complete-measure", expecting=(409,), measureId=str(identifier("welding")))
    assert refusal.rule is not UNSET and refusal.detail, "a refusal names its rule"
    parent("job-centre", "start-measure", measureId=str(identifier("welding")), on=day(-60).isoformat())
    youth(
        "youth-office", "revise-measure", measureId=str(identifier("training")), window=window(-5, 120),
        reason="together with the parent's course")
    wait_for_findings("youth-office", "sequence", 0)

    receipt = youth("youth-office", "start-measure", measureId=str(identifier("training")), on=day(-5).isoformat())
    timeline = call(
        "views.timeline",
        youth.id, who="youth-office", at_least=receipt.position, wait=20)
    assert any(interval.id == identifier("training") for interval in timeline.intervals)
    page = call(
        "views.worklist", models.WorklistOffice.YOUTH_OFFICE, who="youth-office", q="muessig",
        at_least=receipt.position, wait=20)
    assert [item.case_id for item in page.items] == [youth.id], page
    print("The household's story was told by a generated client.")


main()
