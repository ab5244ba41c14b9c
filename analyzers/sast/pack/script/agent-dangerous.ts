import { anthropic } from "@ai-sdk/anthropic";
import { query } from "@anthropic-ai/claude-agent-sdk";
import { Agent, computerTool, hostedMcpTool, shellTool, tool } from "@openai/agents";
import { spawn } from "node:child_process";
import fs from "node:fs/promises";

// ruleid: agent-dangerous-tool
export const operator = new Agent({ name: "operator", tools: [shellTool({ shell })] });
// ruleid: agent-dangerous-tool
export const screen = computerTool({ computer });
// ruleid: agent-dangerous-tool
export const bash = anthropic.tools.bash_20250124({ execute: run });
// ruleid: agent-dangerous-tool
export const raw = [{ type: "computer_20250124", name: "computer", display_width_px: 1024 }];

// ok: agent-dangerous-tool
export const asked = shellTool({ shell, needsApproval: true });
// ok: agent-dangerous-tool
export const editor = anthropic.tools.textEditor_20250728({ execute: edit });
// ok: agent-dangerous-tool
export const own = myShellTool({ shell });

// ruleid: agent-allow-dangerous-flag
export const toolkit = new RequestsToolkit(headers, { allowDangerousRequests: true });
// ruleid: agent-allow-dangerous-flag
export const store = await load(folder, { allowDangerousDeserialization: true });
// ruleid: agent-allow-dangerous-flag
export const js = { name: "js", dangerouslyAllowCodeExecution: true };

// ok: agent-allow-dangerous-flag
export const toolkit2 = new RequestsToolkit(headers, { allowDangerousRequests: false });
// ok: agent-allow-dangerous-flag
export const browser = new OpenAI({ dangerouslyAllowBrowser: true });
// ok: agent-allow-dangerous-flag
export const router = fastify({ allowUnsafeRegex: true });
// ok: agent-allow-dangerous-flag
export const toolkit3 = new RequestsToolkit(headers);

// ruleid: agent-no-approval
export const remove = tool({ name: "remove", needsApproval: false, execute: async ({ id }) => db.order.delete({ where: { id } }) });
// ruleid: agent-no-approval
export const clear = tool({
  name: "clear",
  needsApproval: false,
  execute: async ({ folder }) => {
    const path = safe(folder);
    await fs.rm(path, { recursive: true });
    return "gone";
  },
});
// ruleid: agent-no-approval
export const shop = { type: "mcp", server_label: "shop", server_url: "https://shop.example", require_approval: "never" };
// ruleid: agent-no-approval
export const hosted = hostedMcpTool({ serverLabel: "shop", serverUrl: "https://shop.example", requireApproval: "never" });

// ok: agent-no-approval
export const removeAsked = tool({ name: "remove", needsApproval: true, execute: async ({ id }) => db.order.delete({ where: { id } }) });
// ok: agent-no-approval
export const docs = { type: "mcp", server_label: "docs", allowed_tools: ["search"], require_approval: "never" };
// ok: agent-no-approval
export const read = tool({ name: "read", needsApproval: false, execute: async ({ id }) => db.order.findUnique({ where: { id } }) });

export async function agents(prompt: string) {
  // ruleid: agent-wildcard-permissions
  for await (const message of query({ prompt, options: { permissionMode: "bypassPermissions" } })) show(message);
  // ruleid: agent-wildcard-permissions
  const every = { allowedTools: ["Read", "Bash(*)"] };
  // ruleid: agent-wildcard-permissions
  spawn("claude", ["-p", prompt, "--dangerously-skip-permissions"]);
  // ruleid: agent-wildcard-permissions
  spawn("gemini", ["--yolo", "-p", prompt]);
  // ok: agent-wildcard-permissions
  const edits = { permissionMode: "acceptEdits", allowedTools: ["Read", "Bash(git status)"] };
  // ok: agent-wildcard-permissions
  spawn("claude", ["-p", prompt, "--allowedTools", "Read"]);
  // ok: agent-wildcard-permissions
  return [every, edits, { autoApprove: false }, await fs.readFile("x")];
}
