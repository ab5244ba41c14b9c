// case: map | depth=1; bounded=unknown; function=f
function f(xs: string[]) { return xs.map((x) => wipe(x)); }
// case: forEach of a literal | depth=1; bounded=yes
["a", "b"].forEach((x) => { wipe(x); });
// case: classic for | depth=1; bounded=yes
for (let i = 0; i < 10; i++) { wipe(i); }
// case: classic for to a length | depth=1; bounded=unknown
function f(xs: string[]) { for (let i = 0; i < xs.length; i++) { wipe(i); } }
// case: classic for down | depth=1; bounded=yes
for (let i = 10; i > 0; i--) wipe(i);
// case: counter changed in the body | depth=1; bounded=unknown
for (let i = 0; i < 10; i++) { if (wipe(i)) { i = 0; } }
// case: endless | depth=1; bounded=no
for (;;) { wipe(); }
// case: while true | depth=1; bounded=no
async function f() { while (true) { await wipe(); } }
// case: while true with break | depth=1; bounded=unknown
async function f() { while (true) { if (await wipe()) break; } }
// case: break of a switch | depth=1; bounded=no
async function f(x: string) { while (true) { switch (x) { case "a": break; } await wipe(); } }
// case: do while | depth=1; bounded=unknown
async function f() { let ok; do { ok = await wipe(); } while (!ok); }
// case: named arrow in a loop | depth=0; function=f.g
function f(xs: string[]) { for (const x of xs) { const g = () => wipe(x); } }
// case: Promise.all of a map | depth=1; bounded=unknown
async function f(xs: string[]) { await Promise.all(xs.map(async (x) => wipe(x))); }
// case: method | depth=0; function=A.run; class=A; decorators=Tool
class A { @Tool() async run() { wipe(); } }
// case: object method | function=execute
const t = { execute: async () => { wipe(); } };
// case: try | try=true
async function f() { try { await wipe(); } catch (e) { log(e); } }
// case: promise catch | try=true
function f() { wipe().catch(log); }
// case: chain that ends in catch | try=true
function f() { get().then((x) => wipe(x)).catch(log); }
// case: finally only | try=false
async function f() { try { await wipe(); } finally { log(); } }
// case: test | test=true
describe("a", () => { it("b", () => { wipe(); }); });
// case: nested function given to map | depth=1; bounded=unknown
async function f(xs: string[]) { const one = async (x: string) => wipe(x); return Promise.all(xs.map(one)); }
// case: nested function called in a loop | depth=1; bounded=unknown
async function f(xs: string[]) { async function one(x: string) { return wipe(x); } for (const x of xs) { await one(x); } }
