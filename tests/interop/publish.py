"""Publishes with the official server library and prints what it was told, as one JSON object.

Usage: publish.py HOST PORT APP_ID KEY SECRET CHANNEL SOCKET_ID
"""

import json
import sys

import pusher
from pusher.errors import PusherBadAuth

host, port, app_id, key, secret, channel, socket_id = sys.argv[1:]


def library(with_secret):
    return pusher.Pusher(
        app_id=app_id, key=key, secret=with_secret, host=host, port=int(port), ssl=False
    )


official = library(secret)
official.trigger(channel, "one", {"text": "Céad míle fáilte"})
official.trigger(channel, "not-for-you", {}, socket_id)
official.trigger([channel, "elsewhere"], "many", [1, 2, 3])
official.trigger_batch(
    [
        {"channel": channel, "name": "batch-1", "data": {"n": 1}},
        {"channel": channel, "name": "batch-2", "data": {"n": 2}},
    ]
)
try:
    library("wrong" + secret).trigger(channel, "forged", {})
    forged = "accepted"
except PusherBadAuth:
    forged = "refused"

print(
    json.dumps(
        {
            "forged": forged,
            "channels": official.channels_info("hotel-")["channels"],
            "channel": official.channel_info(channel, ["subscription_count"]),
        }
    )
)
