// case: promise around a question | approved=yes
async function f(rl: Interface) {
  const answer = await new Promise<string>((resolve) => rl.question("Drop? (y/n) ", resolve));
  if (answer !== "y") return;
  wipe();
}
// case: promise of a truth value | approved=yes
function sure(q: string): Promise<boolean> {
  return new Promise((resolve) => {
    rl.question(q + " (y/N) ", (ans) => { rl.close(); resolve(ans.toLowerCase() === "y"); });
  });
}
async function f() { if (!(await sure("Drop?"))) return; wipe(); }
// case: own question by an async function | approved=yes
async function ask(q: string) { const a = await rl.question(q); return a.trim() === "y"; }
async function f() { const ok = await ask("Drop?"); if (ok) { wipe(); } }
// case: button of a dialog | approved=yes
import * as vscode from "vscode";
async function f() {
  if ((await vscode.window.showWarningMessage("All files", { modal: true }, "Remove")) === "Remove") { wipe(); }
}
// case: number of a button | approved=unknown
import { dialog } from "electron";
async function f() {
  const { response } = await dialog.showMessageBox({ message: "Drop?", buttons: ["Cancel", "Drop"] });
  if (response === 1) wipe();
}
// case: elicitation | approved=yes
async function f(server: Server) {
  const result = await server.elicitInput({ message: "Drop?" });
  if (result.action !== "accept") return;
  wipe();
}
// case: typed settings | production=no
import { env } from "~/env";
if (env.NODE_ENV !== "production") wipe();
// case: deno | production=no
if (Deno.env.get("ENV") !== "production") wipe();
// case: destructured flag | production=no
const { isProd } = config;
function f() { if (isProd) return; wipe(); }
// case: flag in the environment | production=no
if (process.env.PRODUCTION !== "true") wipe();
// case: guard object of settings | production=no
function f() { if (config.get("env") === "production") { throw new Error(); } wipe(); }
// case: arrow with a parameter | production=no
const isLive = (env: string) => env === "production";
function f(env: string) { if (isLive(env)) return; wipe(); }
// case: some | production=unknown
function f(env: string) { if (["prod", "production"].some((x) => x === env)) return; wipe(); }
// case: indexOf | production=unknown
function f(env: string) { if (["prod", "production"].indexOf(env) >= 0) return; wipe(); }
// case: regular expression | production=unknown
function f(env: string) { if (/^prod/.test(env)) return; wipe(); }
// case: optional call | production=no
function f() { if (settings?.isProduction?.()) return; wipe(); }
// case: getter | production=no
class A {
  get locked() { return process.env.NODE_ENV === "production"; }
  run() { if (this.locked) return; wipe(); }
}
// case: caller gives the environment | production=no
function purge(env: string) { if (env === "production") throw new Error(); wipe(); }
// case: middleware passes | approved=no
app.post("/x", requireAuth, async (req, res) => { wipe(); });
// case: middleware that approves | approved=unknown
app.post("/x", requireApproval, async (req, res) => { wipe(); });
// case: hook decides | approved=unknown
async function f(ctx: Ctx) { if (ctx.resumeData?.approved !== true) return; wipe(); }
// case: suspended workflow | approved=unknown
async function f({ resumeData, suspend }: P) { if (!resumeData?.approved) { return await suspend({}); } wipe(); }
// case: state change | approved=no
async function f(state: State) { state.approve(item); wipe(); }
// case: object made | approved=no
async function f() { const r = new ApprovalRequest("x"); await r.save(); wipe(); }
// case: result of a promise chain | approved=yes
import inquirer from "inquirer";
function f() { return inquirer.prompt([{ type: "confirm", name: "ok" }]).then((a) => { if (a.ok) { wipe(); } }); }
// case: labelled loop is not followed | approved=no
async function f() { outer: while (true) { while (true) { if (confirm("x")) break outer; } } wipe(); }
// case: finally runs anyway | approved=no
async function f() { try { if (!confirm("x")) return; } finally { wipe(); } }
// case: nullish fallback of the environment | production=no
const stage = process.env.STAGE ?? "dev";
if (stage === "dev") wipe();
// case: asks for human approval | approved=yes
async function f() { if (!(await requireHumanApproval({ action: "delete" }))) return; wipe(); }
// case: a service that asks | approved=yes
async function f() { const r = await this.approvals.request("delete"); if (!r.approved) return; wipe(); }
// case: waits for it | approved=yes
async function f() { await waitForHumanApproval("delete"); wipe(); }
// case: status of what a workflow waited for | approved=unknown
async function f() { const approval = await store.load(id); if (approval.status !== "approved") throw new Error(); wipe(); }
