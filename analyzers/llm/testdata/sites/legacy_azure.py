import openai

openai.api_type = "azure"
openai.api_base = "https://x.openai.azure.com"
openai.ChatCompletion.create(engine="gpt-4", messages=[])  # site: openai chat.completions gpt-4 custom
