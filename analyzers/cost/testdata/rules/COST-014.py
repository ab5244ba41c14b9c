import openai

client = openai.OpenAI()


def inside(urls):
    for url in urls:
        client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [
            {"type": "text", "text": "What is it?"},
            {"type": "image_url", "image_url": {"url": url}},  # want COST-014 info: Images without detail
        ]}])
        client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [
            {"type": "image_url", "image_url": {"url": url, "detail": "high"}},  # want COST-014: with detail "high"
        ]}])
        client.responses.create(model="gpt-6.1-sol", input=[{"role": "user", "content": [
            {"type": "input_image", "image_url": url},  # want COST-014
        ]}])
        client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [
            {"type": "image_url", "image_url": {"url": url, "detail": "low"}},
        ]}])
        client.responses.create(model="gpt-6.1-sol", input=[{"role": "user", "content": [
            {"type": "input_image", "image_url": url, "detail": DETAIL},
        ]}])
        client.responses.create(model="gpt-6-luna", input=[{"role": "user", "content": [
            {"type": "input_image", "image_url": url},  # cents a month
        ]}])


def named(urls):
    for url in urls:
        part = {"type": "image_url", "image_url": {"url": url}}  # want COST-014
        client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [part]}])


def once(url):
    client.chat.completions.create(model="gpt-6.1-sol", messages=[{"role": "user", "content": [
        {"type": "image_url", "image_url": {"url": url}},
    ]}])
