import json
import time

from pricing import total

# Created once per execution environment, reused while it stays warm.
STARTED = time.time()
ORDERS = {
    "A-1042": [{"item": "mug", "price": 12.5, "qty": 3}, {"item": "tea", "price": 9.4, "qty": 5}],
    "A-1043": [{"item": "kettle", "price": 39.0, "qty": 1}],
}


def handler(event, context):
    order_id = (event.get("pathParameters") or {}).get("orderId", "A-1042")
    lines = ORDERS.get(order_id)
    if lines is None:
        return reply(404, {"message": f"order {order_id} not found"})

    print(json.dumps({"order": order_id, "left_ms": context.get_remaining_time_in_millis()}))
    return reply(200, {
        "id": order_id,
        "total": total(lines),
        "environment_age_s": round(time.time() - STARTED, 3),
    })


def reply(status, body):
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }
