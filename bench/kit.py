"""Marks a minute that two processes take down from phones without network.
`./dev bench kit [--json] [--engine=postgresql]`.

Phones bring batches of 60 marks of 60 people at half-days of their own, sealed as browsers seal them, to two
real servers on one database, half to each and both at once. Sealing is done before the clock starts. The last
line is JSON.
"""

import argparse
import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.platform.db import db
from bench._site import ENGINES, serving, site_on
from tests.browse import OWN_SITE
from tests.faults.kit_days import REVISION, Field

HALF_DAYS, PEOPLE = 40, 60
LEAST = {"marks_a_minute": 5000}


def post(port: int, body: str) -> int:
    """How many marks the answer says are counted."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("POST", "/kit/records", body, {**OWN_SITE, "Content-Type": "application/json"})
    reply = line.getresponse()
    told = json.loads(reply.read())
    line.close()
    return sum(receipt[4] == "counted" for receipt in told["boxes"][0]["receipts"])


def bodies(field: Field) -> list[str]:
    """One batch for each half-day, ready to be sent."""
    made = []
    for place, day in enumerate(field.lay(HALF_DAYS)):
        phone = field.phones[place % len(field.phones)]
        phone.begin()
        phone.sheets = {day.meeting: {"revision": REVISION}}
        made.append(json.dumps(phone.body([phone.mark(day.meeting, person) for person in field.people[:PEOPLE]])))
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the last line")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    chosen = parser.parse_args()
    with site_on(chosen.engine) as (app, _also):
        waiting = bodies(Field(app, people=PEOPLE))
        with app.app_context():
            db.engine.dispose()
        with serving(app, workers=1) as one, serving(app, workers=1) as other, ThreadPoolExecutor(2) as pool:
            ports = one.port, other.port
            for port in ports:
                post(port, waiting.pop())  # warm
            began = time.monotonic()
            sent = [pool.submit(post, ports[place % 2], body) for place, body in enumerate(waiting)]
            counted = sum(each.result() for each in sent)
            took = time.monotonic() - began
    found = {"marks_a_minute": round(counted / took * 60), "marks": counted, "seconds": round(took, 2)}
    if not chosen.json:
        print(f"{counted} marks in {took:.1f} s: {found['marks_a_minute']} a minute")
    print(json.dumps(found))
    return int(counted != len(waiting) * PEOPLE or found["marks_a_minute"] < LEAST["marks_a_minute"])


if __name__ == "__main__":
    sys.exit(main())
