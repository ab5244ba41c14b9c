// case: nothing | approved=no
function f() { wipe(); }
// case: window.confirm | approved=yes; approval=confirm("Delete?")
function f() { if (!confirm("Delete?")) return; wipe(); }
// case: inside | approved=yes
function f() { if (window.confirm("Delete?")) { wipe(); } }
// case: ignored | approved=no
function f() { confirm("Delete?"); wipe(); }
// case: else | approved=no
function f() { if (confirm("Delete?")) { log(); } else { wipe(); } }
// case: prompt | approved=yes
function f() { const a = prompt("Type DELETE to confirm"); if (a !== "DELETE") return; wipe(); }
// case: inquirer | approved=yes
import inquirer from "inquirer";
async function f() {
  const { ok } = await inquirer.prompt([{ type: "confirm", name: "ok", message: "Delete?" }]);
  if (!ok) return;
  wipe();
}
// case: inquirer answers | approved=yes
import inquirer from "inquirer";
async function f() {
  const answers = await inquirer.prompt([{ type: "confirm", name: "go", message: "Delete?" }]);
  if (answers.go) { wipe(); }
}
// case: inquirer for something else | approved=no
import inquirer from "inquirer";
async function f() {
  const { name } = await inquirer.prompt([{ type: "input", name: "name", message: "Table?" }]);
  if (name) { wipe(); }
}
// case: inquirer prompts | approved=yes
import { confirm } from "@inquirer/prompts";
async function f() { if (!(await confirm({ message: "Delete?" }))) return; wipe(); }
// case: prompts | approved=yes
import prompts from "prompts";
async function f() {
  const response = await prompts({ type: "confirm", name: "value", message: "Delete?" });
  if (!response.value) process.exit(1);
  wipe();
}
// case: clack | approved=yes
import * as p from "@clack/prompts";
async function f() {
  const ok = await p.confirm({ message: "Delete?" });
  if (p.isCancel(ok) || !ok) return;
  wipe();
}
// case: readline with a promise | approved=yes
import * as readline from "node:readline/promises";
const rl = readline.createInterface({ input, output });
async function f() {
  const answer = await rl.question("Delete? (y/n) ");
  if (answer.trim().toLowerCase() !== "y") return;
  wipe();
}
// case: readline with a callback | approved=yes
function f(rl: Interface) {
  rl.question("Delete? (y/n) ", (answer) => {
    if (answer !== "y") return;
    wipe();
  });
}
// case: readline for something else | approved=no
function f(rl: Interface) {
  rl.question("Which table? ", (answer) => {
    wipe(answer);
  });
}
// case: interrupt | approved=yes
import { interrupt } from "@langchain/langgraph";
async function node(state: State) {
  const answer = interrupt({ question: "Delete?" });
  if (answer !== "yes") return {};
  wipe();
}
// case: interrupt, not checked | approved=yes
import { interrupt } from "@langchain/langgraph";
async function node(state: State) { interrupt("Delete?"); wipe(); }
// case: by name | approved=yes
async function f() { if (!(await requestApproval("delete"))) { throw new Error("no"); } wipe(); }
// case: by name in a variable | approved=yes
async function f() { const approved = await this.askApproval("delete"); if (!approved) return; wipe(); }
// case: attribute | approved=yes
async function f() { const d = await approvals.requestApproval("delete"); if (!d.approved) return; wipe(); }
// case: status | approved=yes
async function f() { const d = await approvals.requestApproval("delete"); if (d.status !== "approved") return; wipe(); }
// case: decision denied | approved=yes
async function f() { const d = await approvals.requestApproval("delete"); if (d.denied) return; wipe(); }
// case: destructured | approved=yes
async function f() { const { approved } = await requestApproval("delete"); if (!approved) return; wipe(); }
// case: ignored by name | approved=unknown
async function f() { await requestApproval("delete"); wipe(); }
// case: enforced by name | approved=yes
async function f() { await requireApproval("delete"); wipe(); }
// case: after it | approved=no
async function f() { wipe(); await requireApproval("delete"); }
// case: only logged | approved=no
async function f() { console.log("approve"); logApproval("delete"); wipe(); }
// case: parameter | approved=unknown
function f({ approved }: { approved: boolean }) { if (!approved) return; wipe(); }
// case: plain parameter | approved=unknown
function f(confirmed: boolean) { if (confirmed) { wipe(); } }
// case: auto approve | approved=unknown
async function f(autoApprove: boolean) { if (!autoApprove && !(await confirmAction("x"))) return; wipe(); }
// case: auto approve alone | approved=no
async function f(autoApprove: boolean) { if (autoApprove) wipe(); }
// case: own, always true | approved=no
function approve(x: string) { return true; }
function f() { if (!approve("x")) return; wipe(); }
// case: own arrow, always true | approved=no
const approve = async () => true;
async function f() { if (await approve()) wipe(); }
// case: own that asks | approved=yes
const sure = async () => (await rl.question("Sure? ")) === "y";
async function f() { if (await sure()) wipe(); }
// case: own that throws | approved=yes
async function guard() { if (!confirm("Sure?")) throw new Error("no"); }
async function f() { await guard(); wipe(); }
// case: one branch | approved=no
async function f(big: boolean) { if (big) { if (!confirm("x")) return; } wipe(); }
// case: both branches | approved=yes
async function f(big: boolean) {
  if (big) { if (!confirm("all?")) return; } else if (!confirm("one?")) return;
  wipe();
}
// case: or | approved=no
async function f(small: boolean) { if (small || confirm("x")) wipe(); }
// case: and | approved=yes
async function f(small: boolean) { if (small && confirm("x")) wipe(); }
// case: ternary | approved=yes
const r = confirm("x") ? wipe() : null;
// case: short-circuit | approved=yes
confirm("x") && wipe();
// case: switch on the answer | approved=yes
async function f() {
  const choice = await requestApproval("delete");
  switch (choice) {
    case "approve": wipe(); break;
    case "reject": return;
  }
}
// case: switch default | approved=no
async function f() {
  const choice = await requestApproval("delete");
  switch (choice) {
    case "approve": log(); break;
    default: wipe();
  }
}
// case: then | approved=yes
function f() { requestApproval("delete").then((ok) => { if (!ok) return; wipe(); }); }
// case: then, not looked at | approved=unknown
function f() { requestApproval("delete").then(() => { wipe(); }); }
// case: catch swallows | approved=no
async function f() {
  try { if (!confirm("x")) throw new Error(); } catch { log(); }
  wipe();
}
// case: catch returns | approved=yes
async function f() {
  try { if (!confirm("x")) throw new Error(); } catch { return; }
  wipe();
}
// case: tool of the AI SDK | approved=yes
import { tool } from "ai";
const t = tool({ description: "x", needsApproval: true, execute: async () => { wipe(); } });
// case: tool of the AI SDK without | approved=no
import { tool } from "ai";
const t = tool({ description: "x", execute: async () => { wipe(); } });
// case: tool that decides | approved=unknown
import { tool } from "ai";
const t = tool({ needsApproval: async ({ n }) => n > 10, execute: async () => { wipe(); } });
// case: wrapper | approved=yes
const del = requireApproval(async () => { wipe(); });
// case: own wrapper that asks | approved=yes
function gated(fn: () => void) { if (!confirm("x")) return; fn(); }
function f() { gated(() => wipe()); }
// case: own wrapper that does not | approved=no
function withApproval(fn: () => void) { fn(); }
function f() { withApproval(() => wipe()); }
// case: decorator | approved=yes
class A { @RequireApproval() run() { wipe(); } }
// case: callers | approved=yes
class A {
  async run() { if (!(await this.askApproval())) return; this.purge(); }
  private purge() { wipe(); }
}
// case: one caller without | approved=no
class A {
  async run() { if (!(await this.askApproval())) return; this.purge(); }
  async cron() { this.purge(); }
  private purge() { wipe(); }
}
// case: forEach after approval | approved=yes
function f(xs: string[]) { if (!confirm("x")) return; xs.forEach((x) => { wipe(x); }); }
// case: closure kept for later | approved=unknown
function f() { if (!confirm("x")) return; const later = () => { wipe(); }; return later; }
// case: event handler | approved=unknown
function f() { if (!state.approved) return; wipe(); }
// case: only in production | approved=yes
function f() { if (process.env.NODE_ENV === "production" && !confirm("x")) return; wipe(); }
// case: vscode | approved=yes
import * as vscode from "vscode";
async function f() {
  const pick = await vscode.window.showWarningMessage("Delete?", { modal: true }, "Yes");
  if (pick !== "Yes") return;
  wipe();
}
// case: confirm order is business | approved=no
async function f() { await confirmOrder(id); wipe(); }
// case: loop | approved=yes
async function f(xs: string[]) { for (const x of xs) { if (!confirm(x)) continue; wipe(x); } }
// case: comment | approved=no
async function f() { /* approved */ wipe(); }
