"""Verifies messages with the Python library of Standard Webhooks: one JSON object a line on stdin, its verdict on stdout."""

import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

for line in sys.stdin:
    message = json.loads(line)
    try:
        Webhook(message["secret"]).verify(message["body"], message["headers"])
        print("verified")
    except WebhookVerificationError as error:
        print(f"refused: {error}")
