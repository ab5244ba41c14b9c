import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Crashes } from '../src/crashes';

it('waits longer after each crash and gives up after the fifth in three minutes', () => {
  let now = 0;
  const crashes = new Crashes(() => now);
  const waits = [0, 1, 2, 3, 4].map(() => ((now += 1000), crashes.add()));
  assert.deepEqual(waits, [0, 1000, 2000, 4000, undefined]);
  assert.equal(crashes.count, 5);
});

it('forgets what was long ago, and all when restarted by hand', () => {
  let now = 0;
  const crashes = new Crashes(() => now);
  for (let i = 0; i < 20; i++) {
    assert.notEqual(crashes.add(), undefined);
    now += 46_000; // never five within three minutes
  }
  crashes.clear();
  assert.equal(crashes.add(), 0);
});
