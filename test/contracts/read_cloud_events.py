"""Reads Kafka messages with the CloudEvents SDK for Python, 2.x or 1.x, and prints what it understands.

In, a line each: {"key": ..., "headers": {...}, "value": "the document"}. Out, a line each: the attributes, and "data".
"""

import json
import sys
from datetime import datetime


def reader():
    try:
        from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
        from cloudevents.core.formats.json import JSONFormat

        def read(headers, key, value):
            event = from_kafka(KafkaMessage(headers=headers, key=key, value=value), JSONFormat())
            return {**event.get_attributes(), "data": event.get_data()}

    except ImportError:
        # Its Kafka binding takes the message's media type for that of the data.
        from cloudevents.http import from_json

        def read(_headers, _key, value):
            event = from_json(value)
            return {**event.get_attributes(), "data": event.data}

    return read


def text(value):
    """Instants are read as such: as they are written again, with milliseconds."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    raise TypeError(type(value))


read = reader()
for line in sys.stdin:
    message = json.loads(line)
    headers = {name: value.encode() for name, value in message["headers"].items()}
    event = read(headers, message["key"].encode(), message["value"].encode())
    print(json.dumps(event, default=text))
