import json


def handler(event, context):
    """Reports the messages that failed, so that only these are delivered again."""
    failures = []
    for record in event["Records"]:
        try:
            order = json.loads(record["body"])
            print("order", order["id"])
        except (ValueError, KeyError) as error:
            print("cannot handle", record["messageId"], error)
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
