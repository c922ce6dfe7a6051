"""Publishes with the official server library whatever comes on standard input, and answers each line with one.

Usage: publish.py PORT APP_ID KEY SECRET
A line is `{"channels": [...], "name": ..., "data": ...}`, the answer `"ok"` or what went wrong.
"""

import json
import sys

import pusher

port, app_id, key, secret = sys.argv[1:]
library = pusher.Pusher(
    app_id=app_id, key=key, secret=secret, host="127.0.0.1", port=int(port), ssl=False, timeout=5
)
for line in sys.stdin:
    event = json.loads(line)
    try:
        library.trigger(event["channels"], event["name"], event["data"])
        answer = "ok"
    except Exception as error:  # A server that is down is part of the tests.
        answer = repr(error)
    print(json.dumps(answer), flush=True)
