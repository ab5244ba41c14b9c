import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Program } from '../src/program';

const node = (script: string) => new Program(process.execPath, ['-e', script]);

it('a program that can not be started is an error', async () => {
  await assert.rejects(new Program('/nothing/here', []).start(), /ENOENT/);
});

it('a program ends with its input', async () => {
  const program = node('process.stdin.resume()');
  await program.start();
  assert.equal(program.ending, '');
  await program.end();
  assert.equal(program.ending, 'exit code 0');
});

it('a program that does not end is killed', { skip: process.platform === 'win32' }, async () => {
  const program = node('setInterval(() => {}, 1000)');
  await program.start();
  const begin = Date.now();
  await program.end();
  assert.equal(program.ending, 'signal SIGKILL');
  assert.ok(Date.now() - begin < 10_000);
  await program.end(); // once more does nothing
});

it('one that was never started has nothing to end', () => node('').end());
