import assert from 'node:assert/strict';
import { it } from 'node:test';
import { barText, barTooltip } from '../src/figures';

it('shows findings and cost in a few characters', () => {
  assert.equal(barText(2, { findings: 2, runs: 1, per_run: '≈ $0.03', per_month: '≈ $30' }), '$(shield) 2 · ≈ $0.03/run');
  assert.equal(barText(2, { findings: 2, runs: 3, per_run: '≈ $0.09', per_month: '≈ $90' }), '$(shield) 2 · ≈ $90/month');
  assert.equal(barText(1, { findings: 1, runs: 0 }), '$(shield) 1');
  assert.equal(barText(0, undefined), '$(shield)');
  assert.equal(barText(0, { findings: 0, runs: 1, per_run: '$1', per_month: '$1,000' }), '$(shield) $1/run');
});

it('says the same in words', () => {
  assert.equal(barTooltip(0, undefined), '**qodacode** · no findings in this file');
  assert.equal(barTooltip(1, { findings: 1, runs: 1, per_run: '≈ $0.03', per_month: '≈ $30' }), '**qodacode** · 1 finding in this file\n\n≈ $0.03 per run, ≈ $30 per month');
  assert.match(barTooltip(2, { findings: 2, runs: 3, per_run: '≈ $0.09', per_month: '≈ $90' }), /2 findings.*\n\n3 entry points, ≈ \$90 per month/);
});
