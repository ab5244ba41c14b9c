// A helpdesk in TypeScript: a front agent hands over to a specialist with tools.
import { Agent, run, tool } from "@openai/agents";
import { z } from "zod";

const resetPassword = tool({
  name: "reset_password",
  description: "Sends a link to reset the password to a user's address",
  parameters: z.object({ user: z.string() }),
  execute: async ({ user }) => `link sent to ${user}`,
});
const checkAccount = tool({
  name: "check_account",
  description: "State of a user's account",
  parameters: z.object({ user: z.string() }),
  execute: async ({ user }) => `${user}: locked after five failed logins, last login 2026-11-19, two devices`,
});

const accounts = new Agent({ name: "Accounts", model: "gpt-5.4-mini", instructions: "You unlock accounts. Check the account before you change anything.", tools: [checkAccount, resetPassword] });
const frontDesk = Agent.create({ name: "Front desk", model: "gpt-5.4-nano", instructions: "You greet people and hand them over to whoever can help.", handoffs: [accounts] });

async function main() {
  const result = await run(frontDesk, "Hi, I am Jonas (jonas@example.org) and can't log in since this morning.", { maxTurns: 8 });
  console.log(result.finalOutput);
}

main();
