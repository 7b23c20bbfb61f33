"""What schemathesis has to be told of Gleichtakt: how NDJSON is written, and when 503 is an answer."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    """Every generated line of an import is a file of one line."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Nobody waits half a minute for a position that a view will never reach."""
    wait = (case.query or {}).get("wait")
    if str(wait).isdigit() and 1 < int(wait) <= 30:
        case.query["wait"] = 1


@schemathesis.check
def no_server_error(context, response, case):
    """No server error, but for a view that has not reached the position that was asked for: that says when to ask again."""
    if response.status_code < 500:
        return
    is_too_early = response.status_code == 503 and "atLeast" in (case.query or {})
    assert is_too_early and "retry-after" in response.headers, f"{response.status_code}: {response.text[:300]}"
