import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { findBinary, isProgram, NoBinary, type World } from '../src/binary';

const bundled = '/ext/bin/qodacode';

/** A world in which these programs exist. */
function world(programs: string[], rest: Partial<World> = {}): World {
  return { platform: 'linux', trusted: true, setting: '', extension: '/ext', home: '/home/ada', PATH: '/usr/bin:/opt/bin', isProgram: (file) => programs.includes(file), ...rest };
}

describe('the server is found', () => {
  const everywhere = ['/own/qodacode', bundled, '/usr/bin/qodacode', '/opt/bin/qodacode'];

  it('in the setting first', () => {
    assert.deepEqual(findBinary(world(everywhere, { setting: '/own/qodacode' })), { path: '/own/qodacode', from: 'setting' });
  });
  it('below the home folder', () => {
    assert.equal(findBinary(world(['/home/ada/bin/qodacode'], { setting: ' ~/bin/qodacode ' })).path, '/home/ada/bin/qodacode');
  });
  it('beside the extension next', () => {
    assert.deepEqual(findBinary(world(everywhere)), { path: bundled, from: 'bundled' });
  });
  it('on the PATH last, in its order', () => {
    assert.deepEqual(findBinary(world(['/opt/bin/qodacode'])), { path: '/opt/bin/qodacode', from: 'PATH' });
    assert.equal(findBinary(world(['/opt/bin/qodacode', '/usr/bin/qodacode'])).path, '/usr/bin/qodacode');
  });
  it('by its name on Windows', () => {
    const windows = { platform: 'win32' as const, extension: 'C:\\ext', home: 'C:\\Users\\ada', PATH: '"C:\\Tools";D:\\bin' };
    assert.equal(findBinary(world(['C:\\ext\\bin\\qodacode.exe'], windows)).path, 'C:\\ext\\bin\\qodacode.exe');
    assert.equal(findBinary(world(['C:\\Tools\\qodacode.exe'], windows)).path, 'C:\\Tools\\qodacode.exe');
    assert.equal(findBinary(world(['C:\\Users\\ada\\q.exe'], { ...windows, setting: '~\\q.exe' })).path, 'C:\\Users\\ada\\q.exe');
  });
});

describe('a stranger does not choose the program', () => {
  it('in Restricted Mode nothing but the bundled one runs', () => {
    const restricted = { trusted: false, setting: '/evil/qodacode', PATH: '/evil' };
    assert.deepEqual(findBinary(world(['/evil/qodacode', bundled], restricted)), { path: bundled, from: 'bundled' });
    assert.throws(() => findBinary(world(['/evil/qodacode'], restricted)), NoBinary);
  });
  it('folders of the PATH that are relative to the working directory are skipped', () => {
    const anythingBut = (extension: string): Partial<World> => ({ extension, isProgram: (file) => !file.startsWith(extension) });
    for (const PATH of ['', '.', './bin', 'node_modules/.bin', ':', '::.']) {
      assert.throws(() => findBinary(world([], { ...anythingBut('/ext'), PATH })), NoBinary, PATH);
    }
    for (const PATH of ['', '.', '\\tools', 'C:tools', '/tools', 'bin;.']) {
      assert.throws(() => findBinary(world([], { ...anythingBut('C:\\ext'), platform: 'win32', PATH })), NoBinary, PATH);
    }
  });
  it('a name without a folder is refused, whatever exists', () => {
    for (const setting of ['qodacode', './qodacode', 'bin/qodacode', '../qodacode']) {
      assert.throws(() => findBinary({ ...world([], { setting }), isProgram: () => true }), /absolute/);
    }
    assert.throws(() => findBinary({ ...world([], { platform: 'win32', setting: '\\evil.exe' }), isProgram: () => true }), /absolute/);
  });
});

describe('errors say what to do', () => {
  it('about a setting that names nothing, though another server is there', () => {
    assert.throws(() => findBinary(world([bundled], { setting: '/gone/qodacode' })), /qodacode\.path names no program: "\/gone\/qodacode"/);
  });
  it('about no server at all', () => {
    assert.throws(() => findBinary(world([])), /not found.*set qodacode\.path/);
  });
});

it('only files that may be started are programs', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qodacode-binary-'));
  try {
    const [plain, program] = [path.join(folder, 'plain'), path.join(folder, 'program')];
    fs.writeFileSync(plain, '', { mode: 0o644 });
    fs.writeFileSync(program, '', { mode: 0o755 });
    assert.equal(isProgram(program), true);
    assert.equal(isProgram(folder), false);
    assert.equal(isProgram(path.join(folder, 'gone')), false);
    if (process.platform !== 'win32') assert.equal(isProgram(plain), false);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
