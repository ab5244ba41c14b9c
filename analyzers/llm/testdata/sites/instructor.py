import instructor
from openai import OpenAI

client = instructor.from_provider("openai/gpt-4o-mini")
wrapped = instructor.from_openai(OpenAI())


def f(given: instructor.AsyncInstructor):
    client.chat.completions.create(response_model=User, messages=[])  # site: openai chat.completions openai/gpt-4o-mini
    client.create(response_model=User, messages=[])  # site: openai chat.completions openai/gpt-4o-mini
    client.chat.completions.create(model="gpt-4o", response_model=User, messages=[])  # site: openai chat.completions gpt-4o
    wrapped.chat.completions.create(model="gpt-4o", response_model=User, messages=[])  # site: openai chat.completions gpt-4o
    given.chat.completions.create(response_model=User, messages=[])  # site: openai chat.completions -
