import anthropic


def main():
    for i in range(20000):
        anthropic.Anthropic().messages.create(model="claude-opus-5-5", max_tokens=1000, messages=[{"role": "user", "content": "x"}])
