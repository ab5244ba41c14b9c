import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { describe, it } from 'node:test';
import { collect, serverSettings, type Levels } from '../src/settings';

const declared = serverSettings(JSON.parse(fs.readFileSync('package.json', 'utf8')));
const from = (levels: Record<string, Levels>) => collect(declared, (name) => levels[name]);

describe('the server gets', () => {
  it('nothing while nothing is set', () => {
    assert.deepEqual(collect(declared, () => ({ defaultValue: true }) as Levels), {});
    assert.deepEqual(from({}), {});
  });
  it('what is set, by section', () => {
    assert.deepEqual(from({ 'lsp.hover': { globalValue: false }, 'lsp.code_lens': { workspaceValue: false }, 'cost.runs_per_month': { globalValue: 0 } }), {
      lsp: { hover: false, code_lens: false },
      cost: { runs_per_month: 0 },
    });
  });
  it("the workspace's value before the user's, and both of an object", () => {
    assert.deepEqual(from({ 'arch.max_tools': { globalValue: 5, workspaceValue: 7 }, severity: { globalValue: { secrets: 'error', 'COST-008': 'off' }, workspaceValue: { 'COST-008': 'hint' } } }), {
      arch: { max_tools: 7 },
      severity: { secrets: 'error', 'COST-008': 'hint' },
    });
  });
  it('addresses and files from the user only', () => {
    assert.deepEqual(from({ 'cost.prices': { workspaceValue: ['https://evil.example/prices.json'] } }), {});
    assert.deepEqual(from({ 'cost.prices': { globalValue: ['https://good.example/p.json'], workspaceValue: ['/etc/passwd'] } }), { cost: { prices: ['https://good.example/p.json'] } });
  });
});

it("the extension's own settings are not the server's", () => {
  for (const name of ['enable', 'path', 'statusBar', 'trace.server']) assert.equal(declared.has(name), false, name);
  assert.equal(declared.has('lsp.hover'), true);
});
