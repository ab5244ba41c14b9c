// Translates an article, has it criticised, and improves it twice.
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();
const ARTICLE = `The town council has approved the new bridge over the Weser after eleven years of planning. It will carry two tracks of the tram, a road for
bicycles and a pavement, but no cars. Construction begins in spring and is expected to take three years. Opponents had argued that the ferry would be
sufficient; the court did not agree. The costs have risen from 48 to 71 million euros, of which the federal state bears 60 percent.`;

async function ask(system: string, prompt: string, maxTokens = 1000): Promise<string> {
  const message = await client.messages.create({ model: "claude-opus-4-6", max_tokens: maxTokens, system, messages: [{ role: "user", content: prompt }] });
  const block = message.content[0];
  return block?.type === "text" ? block.text : "";
}

async function main() {
  let draft = await ask("You are a translator of newspaper articles.", `Translate to French:\n\n${ARTICLE}`);
  for (let round = 0; round < 2; round++) {
    const critique = await ask("You are an editor of a French newspaper.", `List what sounds translated in this text:\n\n${draft}`, 500);
    draft = await ask("You are a translator of newspaper articles.", `Improve the translation.\n\nOriginal:\n${ARTICLE}\n\nTranslation:\n${draft}\n\nCritique:\n${critique}`);
  }
  console.log(draft);
}

main();
