// An agent that reads a small wiki until it knows the answer.
import { anthropic } from "@ai-sdk/anthropic";
import { ToolLoopAgent, tool } from "ai";
import { z } from "zod";

const wiki: Record<string, string> = {
  deploy: "Deployments run from the main branch each night at 2. A manual deployment needs the approval of two members of the platform team. See also: rollback, oncall.",
  rollback: "To roll back, run `ship rollback <version>`. Databases are not rolled back; see migrations. The last ten versions are kept.",
  oncall: "The person on call changes on Mondays at 10. The plan is in the calendar 'platform on call'. Escalate after 20 minutes.",
};

const agent = new ToolLoopAgent({
  model: anthropic("claude-sonnet-5-5"),
  instructions: "You answer questions of new colleagues. Read the pages of the wiki that matter, then answer with the names of the pages.",
  tools: {
    listPages: tool({ description: "All pages of the wiki", inputSchema: z.object({}), execute: async () => Object.keys(wiki) }),
    readPage: tool({
      description: "The text of a page",
      inputSchema: z.object({ name: z.string() }),
      execute: async ({ name }) => wiki[name] ?? "no such page",
    }),
  },
});

async function main() {
  const result = await agent.generate({ prompt: "Last night's deployment broke the shop. How do I get the old version back, and whom do I call?" });
  console.log(result.text);
}

main();
