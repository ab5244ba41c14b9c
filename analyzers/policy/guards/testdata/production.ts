// case: node env | production=yes; guard=process.env.NODE_ENV === "production"
if (process.env.NODE_ENV === "production") {
  wipe();
}
// case: else | production=no
if (process.env.NODE_ENV === "production") log(); else wipe();
// case: not equal | production=no
if (process.env.NODE_ENV !== "production") wipe();
// case: nothing | production=unknown
export function f() { wipe(); }
// case: subscript | production=yes
if (process.env["APP_ENV"] === "prod") { wipe(); }
// case: development | production=no
if (process.env.NODE_ENV === "development") { wipe(); }
// case: not development | production=unknown
if (process.env.NODE_ENV !== "development") { wipe(); }
// case: else of not development | production=no
if (process.env.NODE_ENV !== "development") { log(); } else { wipe(); }
// case: early return | production=no
function f() {
  if (process.env.NODE_ENV === "production") return;
  wipe();
}
// case: early throw | production=no
function f() {
  if (process.env.NODE_ENV === "production") { throw new Error("no"); }
  wipe();
}
// case: early return in one branch | production=unknown
function f(x: boolean) {
  if (process.env.NODE_ENV === "production") { if (x) return; }
  wipe();
}
// case: or force inside | production=unknown
function f(force: boolean) {
  if (process.env.NODE_ENV === "production" || force) wipe();
}
// case: or force else | production=no
function f(force: boolean) {
  if (process.env.NODE_ENV === "production" || force) log(); else wipe();
}
// case: and inside | production=yes
function f(x: boolean) {
  if (x && process.env.NODE_ENV === "production") wipe();
}
// case: de morgan | production=no
function f(x: boolean) {
  if (!(process.env.NODE_ENV === "production" || x)) wipe();
}
// case: constant | production=no
const isProd = process.env.NODE_ENV === "production";
function f() { if (isProd) return; wipe(); }
// case: constant of another name | production=no
const unsafe = process.env.NODE_ENV === "production";
function f() { if (!unsafe) { wipe(); } }
// case: ternary | production=no
const x = process.env.NODE_ENV === "production" ? null : wipe();
// case: short-circuit | production=yes
process.env.NODE_ENV === "production" && wipe();
// case: short-circuit or | production=no
process.env.NODE_ENV === "production" || wipe();
// case: includes of a list | production=no
if (["development", "test"].includes(process.env.NODE_ENV ?? "")) wipe();
// case: not in a list with production | production=no
if (!["staging", "production"].includes(process.env.NODE_ENV!)) wipe();
// case: in a list with production | production=unknown
if (["staging", "production"].includes(process.env.NODE_ENV!)) wipe();
// case: set | production=no
const SAFE = new Set(["dev", "test"]);
function f(env: string) { if (SAFE.has(env)) { wipe(); } }
// case: vite prod | production=yes
if (import.meta.env.PROD) wipe();
// case: vite not prod | production=no
if (!import.meta.env.PROD) wipe();
// case: vite dev | production=no
if (import.meta.env.DEV) wipe();
// case: vercel | production=yes
if (process.env.VERCEL_ENV === "production") wipe();
// case: preview in a production build | production=no
if (process.env.NODE_ENV === "production" && process.env.VERCEL_ENV !== "production") wipe();
// case: switch of production | production=yes
function f(env: string) {
  switch (env) {
    case "production":
    case "prod":
      wipe();
      break;
    default:
      log();
  }
}
// case: switch default | production=no
function f(env: string) {
  switch (env) {
    case "production":
      break;
    default:
      wipe();
  }
}
// case: switch falls through | production=unknown
function f(env: string) {
  switch (env) {
    case "production":
      log();
    case "staging":
      wipe();
  }
}
// case: after a switch that throws | production=no
function f(env: string) {
  switch (env) {
    case "production":
      throw new Error();
    case "dev":
      break;
  }
  wipe();
}
// case: after a switch that breaks | production=unknown
function f(env: string) {
  switch (env) {
    case "production":
      break;
  }
  wipe();
}
// case: switch true | production=no
function f(env: string) {
  switch (true) {
    case env === "production":
      return;
    default:
      wipe();
  }
}
// case: config | production=no
function f(config: Config) { if (config.env === "production") { return; } wipe(); }
// case: settings flag | production=no
function f() { if (settings.isProduction) { return; } wipe(); }
// case: helper of the file | production=no
function isProduction() { return process.env.NODE_ENV === "production"; }
function f() { if (isProduction()) throw new Error(); wipe(); }
// case: arrow helper | production=no
const live = () => process.env.NODE_ENV === "production";
function f() { if (live()) throw new Error(); wipe(); }
// case: helper that can't be seen | production=no
import { isProd } from "./env";
function f() { if (isProd()) throw new Error(); wipe(); }
// case: imported flag | production=no
import { IS_PRODUCTION } from "./env";
function f() { if (IS_PRODUCTION) throw new Error(); wipe(); }
// case: enum | production=yes
function f(env: Environment) { if (env === Environment.Production) wipe(); }
// case: lower case | production=yes
if ((process.env.STAGE ?? "").toLowerCase() === "prod") wipe();
// case: startsWith | production=no
if (!process.env.STAGE?.startsWith("prod")) wipe();
// case: process.exit | production=no
if (process.env.NODE_ENV === "production") { process.exit(1); }
wipe();
// case: helper that throws | production=no
function assertSafe() { if (process.env.NODE_ENV === "production") throw new Error(); }
function f() { assertSafe(); wipe(); }
// case: callback under a guard | production=no
if (process.env.NODE_ENV !== "production") { xs.forEach((x) => wipe(x)); }
// case: function under a guard | production=yes
let job;
if (process.env.NODE_ENV === "production") { job = () => { wipe(); }; }
// case: continue | production=no
for (const env of envs) { if (env === "production") continue; wipe(env); }
// case: while | production=no
while (process.env.NODE_ENV !== "production") { wipe(); }
// case: swallowed | production=unknown
function f() {
  try { if (process.env.NODE_ENV === "production") throw new Error(); } catch { log(); }
  wipe();
}
// case: guard in the try | production=no
function f() {
  try { if (process.env.NODE_ENV === "production") throw new Error(); wipe(); } catch { log(); }
}
// case: variable set again | production=unknown
function f(x: boolean) {
  let blocked = process.env.NODE_ENV === "production";
  if (x) blocked = false;
  if (blocked) return;
  wipe();
}
// case: debug | production=unknown
if (process.env.DEBUG) wipe();
// case: dev flag of react native | production=no
if (__DEV__) { wipe(); }
// case: double negation | production=yes
const prod = !!(process.env.NODE_ENV === "production");
if (prod) wipe();
// case: loose equality | production=no
if (process.env.NODE_ENV != "production") wipe();
// case: destructured | production=no
const { NODE_ENV } = process.env;
if (NODE_ENV !== "production") wipe();
// case: private helper of guarded callers | production=no
function purge() { wipe(); }
function main() { if (process.env.NODE_ENV === "test") purge(); }
// case: exported helper of guarded callers | production=unknown
export function purge() { wipe(); }
function main() { if (process.env.NODE_ENV === "test") purge(); }
// case: class field | production=no
class A {
  private env = process.env.APP_ENV;
  run() { if (this.env === "production") { throw new Error(); } this.go(); }
  private go() { wipe(); }
}
