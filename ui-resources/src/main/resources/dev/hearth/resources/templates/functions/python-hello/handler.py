def handler(event, context):
    name = event.get("name", "world")
    print("saying hello to", name)
    return {"message": f"Hello, {name}!"}
