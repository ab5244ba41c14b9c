import { generateText } from "ai";
import OpenAI from "openai";

export async function ask(messages: Message[], prompt: string) {
  // ruleid: log-prompt-pii
  logger.info("asking", { messages: messages });
  // ruleid: log-prompt-pii
  logger.warn(`prompt was ${prompt}`);
  // ruleid: log-prompt-pii
  this.logger.error("failed", messages);
  const first = await generateText({
    model,
    messages,
    // ruleid: log-prompt-pii
    experimental_telemetry: { isEnabled: true, recordInputs: true },
  });
  // ok: log-prompt-pii
  logger.info("asking", { count: messages.length });
  // ok: log-prompt-pii
  logger.debug("asking", { messages });
  // ok: log-prompt-pii
  logger.info("prompt sent");
  // ok: log-prompt-pii
  return [first, { isEnabled: true, recordInputs: false }];
}
