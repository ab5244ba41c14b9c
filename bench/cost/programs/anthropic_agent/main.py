"""A tool loop that goes on while the model calls tools."""
from anthropic import Anthropic

client = Anthropic()

TOOLS = [
    {"name": "get_stock", "description": "Units of an article in the warehouse.", "input_schema": {"type": "object", "properties": {"article": {"type": "string"}}, "required": ["article"]}},
    {"name": "get_sales", "description": "Units of an article sold per week over the last weeks.", "input_schema": {"type": "object", "properties": {"article": {"type": "string"}, "weeks": {"type": "integer"}}, "required": ["article", "weeks"]}},
    {"name": "place_order", "description": "Orders units of an article at its supplier.", "input_schema": {"type": "object", "properties": {"article": {"type": "string"}, "units": {"type": "integer"}}, "required": ["article", "units"]}},
]


def execute(name, args):
    if name == "get_stock":
        return "37 units, 12 reserved"
    if name == "get_sales":
        return "week 44: 18, week 45: 22, week 46: 31, week 47: 29"
    return f"ordered {args['units']} units, delivery in 9 days"


def restock(article: str) -> str:
    messages = [{"role": "user", "content": f"Check whether {article} has to be reordered, and do so if it runs out within two weeks."}]
    while True:
        response = client.messages.create(model="claude-haiku-4-5", max_tokens=1024, system="You plan the purchases of a hardware store.", tools=TOOLS, messages=messages)
        messages.append({"role": "assistant", "content": response.content})
        if response.stop_reason != "tool_use":
            return "".join(block.text for block in response.content if block.type == "text")
        results = [{"type": "tool_result", "tool_use_id": block.id, "content": execute(block.name, block.input)} for block in response.content if block.type == "tool_use"]
        messages.append({"role": "user", "content": results})


if __name__ == "__main__":
    for article in ["wood glue 500 ml", "screws 4x40", "sandpaper P120"]:
        print(restock(article))
