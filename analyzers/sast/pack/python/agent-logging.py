import logging
import os

import agents
import langchain
import litellm
import openai
from langchain_core.globals import set_debug

logger = logging.getLogger(__name__)


def ask(client, messages, prompt):
    # ruleid: log-prompt-pii
    logger.info("asking %s", messages)
    # ruleid: log-prompt-pii
    logging.warning(f"prompt was {prompt}")
    response = client.chat.completions.create(model="gpt-5", messages=messages)
    # ruleid: log-prompt-pii
    logger.info("answer: %s", response.choices[0].message.content)
    return response


# ruleid: log-prompt-pii
config = agents.RunConfig(trace_include_sensitive_data=True)
# ruleid: log-prompt-pii
set_debug(True)
# ruleid: log-prompt-pii
litellm.set_verbose = True
# ruleid: log-prompt-pii
os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true"


def ask_quietly(client, messages, prompt):
    # ok: log-prompt-pii
    logger.info("asking with %d messages", len(messages))
    # ok: log-prompt-pii
    logger.debug("asking %s", messages)
    # ok: log-prompt-pii
    logger.info(f"prompt of {len(prompt)} characters, model {client.model}")
    # ok: log-prompt-pii
    logger.info("prompt sent")


# ok: log-prompt-pii
config2 = agents.RunConfig(trace_include_sensitive_data=False)
# ok: log-prompt-pii
set_debug(False)
