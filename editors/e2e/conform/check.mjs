// Checks all that the server said in the other suites: check.mjs RECORDS FOLDER
//
// RECORDS has the logs of the recorder, FOLDER the packages of package.json. Each message is
// written into a TypeScript file as a literal that must satisfy the type that Microsoft's
// vscode-languageserver-protocol gives it, where a property that the protocol does not know is an
// error, too. What types can't say is checked here: requests and answers that belong together,
// ranges, and that nothing is sent that the client has not said it can do.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkAgainstClient } from './client.mjs';

const [records, folder] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const methods = new Map(); // method → the name of its namespace
for (const [name, value] of Object.entries(require('vscode-languageserver-protocol/node'))) {
  if (value?.method && value.type) methods.set(value.method, name);
}

// What the protocol leaves open.
const registrations = {
  'workspace/didChangeConfiguration': 'p.DidChangeConfigurationRegistrationOptions',
  'workspace/didChangeWatchedFiles': 'p.DidChangeWatchedFilesRegistrationOptions',
  'textDocument/completion': 'p.CompletionRegistrationOptions',
  'textDocument/formatting': 'p.DocumentFormattingRegistrationOptions',
};

const commands = {
  'qodacode.showGraph': 'Page | null',
  'qodacode.showCost': 'Page | null',
  'qodacode.checkWorkspace': '{ files: number; findings: number }',
  'qodacode.showRule': 'null',
  'qodacode.fileSummary': '{ findings: number; runs: number; per_run?: string; per_month?: string } | null',
};

const bad = [];
const literals = new Map(); // a line of TypeScript → where it was seen first
const counts = new Map(); // what was checked → how often
const count = (what) => counts.set(what, (counts.get(what) ?? 0) + 1);

const files = fs.readdirSync(records, { recursive: true }).map(String).filter((f) => f.endsWith('.jsonl') && !f.startsWith('conform')).sort();
for (const file of files) conversation(file);
types();

for (const [what, n] of [...counts].sort()) console.log(`${String(n).padStart(6)}  ${what}`);
for (const line of bad.slice(0, 100)) console.log(`BAD   ${line}`);
const total = [...counts.values()].reduce((a, b) => a + b, 0);
console.log(`note: ${total} messages of ${files.length} servers, ${literals.size} different ones, ${bad.length} bad`);
process.exit(bad.length || !total ? 1 : 0);

/** conversation checks the record of one server. */
function conversation(file) {
  const asked = new Map(); // requests of the client that wait for their answer
  const ids = new Set(); // of the server's requests
  const progress = new Map(); // tokens of progress → the type of its values
  let client = null; // its capabilities
  let down = false;
  let initialized = false;
  let line = 0;
  for (const text of fs.readFileSync(path.join(records, file), 'utf8').split('\n')) {
    line++;
    if (!text) continue;
    let entry;
    try {
      entry = JSON.parse(text);
    } catch {
      continue; // the last line of a recorder that was killed
    }
    const where = `${file}:${line}`;
    const wrong = (what) => bad.push(`${where} ${what}`);
    const m = entry.message;
    if (entry.from === 'client') {
      if (m?.id !== undefined && m.method) asked.set(JSON.stringify(m.id), m);
      for (const [token, type] of [['workDoneToken', 'WorkDone'], ['partialResultToken', `Partial<typeof p.${methods.get(m?.method)}.type>`]]) {
        if (m?.params?.[token] !== undefined) progress.set(JSON.stringify(m.params[token]), type);
      }
      down ||= m?.method === 'shutdown';
      if (m?.method === 'initialize') client = m.params.capabilities;
      continue;
    }
    if (entry.from !== 'server') continue;
    if (entry.garbage !== undefined) {
      wrong(`no message: ${entry.garbage.slice(0, 200)}`);
      continue;
    }
    if (m.jsonrpc !== '2.0') wrong('jsonrpc is not "2.0"');
    ranges(m, wrong);

    if (m.method) {
      count(m.method);
      if (!initialized && !['window/logMessage', 'window/showMessage', 'telemetry/event'].includes(m.method)) wrong(`${m.method} before the answer to initialize`);
      if (m.id !== undefined) {
        if (ids.has(m.id)) wrong(`the id ${m.id} for a second request`);
        ids.add(m.id);
      }
      if (m.params === null) wrong(`${m.method}: params is null; JSON-RPC wants it left out`);
      if (m.method === 'window/workDoneProgress/create') progress.set(JSON.stringify(m.params.token), 'WorkDone');
      if (m.method === '$/progress') {
        const type = progress.get(JSON.stringify(m.params.token));
        if (type) literal(type, m.params.value, where, m.method);
        else wrong(`$/progress with a token that nobody has made: ${JSON.stringify(m.params)}`);
        continue;
      }
      params(m, where, wrong);
      if (client) checkAgainstClient(m.method, m.params, client, wrong);
      continue;
    }

    const request = asked.get(JSON.stringify(m.id));
    if (!request) {
      wrong(`an answer to nothing, or a second one: ${JSON.stringify(m).slice(0, 200)}`);
      continue;
    }
    asked.delete(JSON.stringify(m.id));
    count(`${request.method} (answer${m.error ? ` ${m.error.code}` : ''})`);
    if (('result' in m) === ('error' in m)) wrong(`${request.method}: neither or both of result and error`);
    if (m.error) {
      failure(request, m.error, down, wrong);
      continue;
    }
    if (request.method === 'initialize') initialized = true;
    result(request, m.result, where, wrong);
    if (client) checkAgainstClient(request.method, m.result, client, wrong);
  }
}

/** params checks what the server asks or tells. */
function params(m, where, wrong) {
  const name = methods.get(m.method);
  if (!name) {
    wrong(`the protocol knows no ${m.method}`);
    return;
  }
  literal(`Params<typeof p.${name}.type>`, m.params ?? null, where, m.method);
  if (m.method === 'client/registerCapability') {
    for (const r of m.params.registrations) {
      const options = registrations[r.method];
      if (options) literal(options, r.registerOptions, where, `registration of ${r.method}`);
      else wrong(`a registration of ${r.method}, which is not known here`);
    }
  }
}

/** result checks an answer. */
function result(request, value, where, wrong) {
  const name = methods.get(request.method);
  if (!name) {
    wrong(`an answer to ${request.method}, which the protocol does not know`);
    return;
  }
  literal(`Result<typeof p.${name}.type>`, value, where, `${request.method} (answer)`);
  const own = request.method === 'workspace/executeCommand' && commands[request.params.command];
  if (own) literal(own, value, where, `${request.params.command} (answer)`);
}

/** failure checks an answer that is an error: none of the server's own making is allowed. */
function failure(request, error, down, wrong) {
  if (down && error.code === -32600) return; // what the protocol wants after shutdown
  const allowed = { [-32800]: 'cancelled', [-32801]: 'modified', [-32802]: 'cancelled by the server', [-32803]: 'failed', [-32602]: 'invalid parameters', [-32601]: 'no such method' };
  if (typeof error.message !== 'string' || !allowed[error.code]) wrong(`${request.method}: ${JSON.stringify(error)}`);
  if (error.code === -32601 && methods.has(request.method)) wrong(`${request.method} is not known to the server`);
}

/** ranges checks all positions and ranges within a value. */
function ranges(value, wrong) {
  if (Array.isArray(value)) {
    for (const v of value) ranges(v, wrong);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const { start, end } = value;
  if (start && end && 'line' in start && 'line' in end) {
    for (const n of [start.line, start.character, end.line, end.character]) {
      if (!Number.isInteger(n) || n < 0 || n > 2147483647) wrong(`no unsigned integer in ${JSON.stringify(value)}`);
    }
    if (end.line < start.line || (end.line === start.line && end.character < start.character)) wrong(`a range that ends before it starts: ${JSON.stringify(value)}`);
  }
  for (const v of Object.values(value)) ranges(v, wrong);
}

function literal(type, value, where, what) {
  if (value === undefined) value = null;
  const text = `({ v: ${JSON.stringify(value)} }) satisfies { v: ${type} };`;
  if (!literals.has(text)) literals.set(text, `${where} ${what}`);
}

/** types lets the compiler check what was collected. */
function types() {
  const lines = [...literals.keys()];
  const prelude = fs.readFileSync(new URL('prelude.ts', import.meta.url), 'utf8');
  const first = prelude.split('\n').length;
  fs.writeFileSync(path.join(folder, 'messages.ts'), prelude + lines.join('\n'));
  const tsc = require.resolve('typescript/bin/tsc');
  const flags = '--noEmit --strict --skipLibCheck --target es2022 --module nodenext --moduleResolution nodenext --pretty false messages.ts'.split(' ');
  try {
    execFileSync(process.execPath, [tsc, ...flags], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    if (!error.stdout) throw error;
    for (const message of error.stdout.split('\n')) {
      const at = message.match(/^messages\.ts\((\d+),\d+\): error (.*)/);
      if (at) bad.push(`${literals.get(lines[at[1] - first]) ?? 'prelude.ts'} ${at[2].slice(0, 500)}`);
      else if (message.trim() && !message.startsWith(' ')) bad.push(message);
      else if (message.trim()) bad[bad.length - 1] += `\n      ${message.trim().slice(0, 300)}`;
    }
  }
}
