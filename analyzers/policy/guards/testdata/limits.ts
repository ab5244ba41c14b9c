// case: none | limited=no
async function f() { await wipe(); }
// case: bottleneck schedule | limited=yes; rpm=600
import Bottleneck from "bottleneck";
const limiter = new Bottleneck({ minTime: 100 });
async function f() { await limiter.schedule(() => wipe()); }
// case: bottleneck wrap | limited=yes
import Bottleneck from "bottleneck";
const queue = new Bottleneck({ maxConcurrent: 1, minTime: 333 });
const call = queue.wrap(async () => wipe());
// case: p-throttle | limited=yes; rpm=120
import pThrottle from "p-throttle";
const throttle = pThrottle({ limit: 2, interval: 1000 });
const call = throttle(async () => { await wipe(); });
// case: p-ratelimit | limited=yes; rpm=30
import { pRateLimit } from "p-ratelimit";
const limit = pRateLimit({ interval: 1000, rate: 0.5 });
async function f() { return limit(() => wipe()); }
// case: p-limit is no rate | limited=no
import pLimit from "p-limit";
const limit = pLimit(5);
async function f() { return limit(() => wipe()); }
// case: limiter | limited=yes; rpm=150
import { RateLimiter } from "limiter";
const limiter = new RateLimiter({ tokensPerInterval: 150, interval: "minute" });
async function f() { await limiter.removeTokens(1); await wipe(); }
// case: upstash, checked | limited=yes; rpm=60
import { Ratelimit } from "@upstash/ratelimit";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
async function f(id: string) {
  const { success } = await ratelimit.limit(id);
  if (!success) return;
  await wipe();
}
// case: upstash, the object checked | limited=yes
import { Ratelimit } from "@upstash/ratelimit";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
async function f(id: string) {
  const result = await ratelimit.limit(id);
  if (!result.success) { throw new Error("slow down"); }
  await wipe();
}
// case: upstash, not checked | limited=unknown
import { Ratelimit } from "@upstash/ratelimit";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
async function f(id: string) {
  await ratelimit.limit(id);
  await wipe();
}
// case: upstash, refused | limited=no
import { Ratelimit } from "@upstash/ratelimit";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s") });
async function f(id: string) {
  const { success } = await ratelimit.limit(id);
  if (success) { log(); } else { await wipe(); }
}
// case: callback not limited | limited=no
async function f() { await run(() => wipe()); }
