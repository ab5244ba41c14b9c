import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf, type Bounds } from '../src/places';

const bounds: Bounds = { root: '/home/ada/app', folders: ['/home/ada'], open: [] };
const open = (path: unknown, line: unknown = 3) => ({ type: 'open', path, line });

describe('a page may open', () => {
  it('a file below its root', () => {
    assert.deepEqual(placeOf(open('src/agent.py'), bounds, 'linux'), { file: '/home/ada/app/src/agent.py', line: 2 });
    assert.deepEqual(placeOf(open('..odd/agent.py'), bounds, 'linux'), { file: '/home/ada/app/..odd/agent.py', line: 2 });
  });
  it('an absolute name where there is no root', () => {
    assert.deepEqual(placeOf(open('/home/ada/b/agent.py'), { ...bounds, root: '' }, 'linux'), { file: '/home/ada/b/agent.py', line: 2 });
  });
  it('a document that is open, outside of all folders', () => {
    assert.deepEqual(placeOf(open('agent.py'), { root: '/alone', folders: [], open: ['/alone/agent.py'] }, 'linux'), { file: '/alone/agent.py', line: 2 });
  });
  it('a file on Windows, in whatever case its drive is', () => {
    const windows: Bounds = { root: 'C:\\work\\app', folders: ['c:\\Work'], open: [] };
    assert.deepEqual(placeOf(open('src/agent.py'), windows, 'win32'), { file: 'C:\\work\\app\\src\\agent.py', line: 2 });
  });
  it('the first line, where the line is none', () => {
    for (const line of [0, -1, 1.5, NaN, Infinity, '7', null, undefined]) assert.equal(placeOf({ type: 'open', path: 'a.py', line }, bounds, 'linux')?.line, 0);
  });
});

describe('a page may not open', () => {
  const refused = (message: unknown, b: Bounds = bounds, platform: NodeJS.Platform = 'linux') => assert.equal(placeOf(message, b, platform), undefined, JSON.stringify(message));

  it('what lies outside of its root or of the folders', () => {
    for (const path of ['../other/a.py', 'src/../../a.py', '..', '.', '', '/etc/passwd', 'a\0.py']) refused(open(path));
    refused(open('a.py'), { ...bounds, folders: [] });
    refused(open('a.py'), { ...bounds, folders: ['/home/ada/ap', '/home/ada/apple'] });
    refused(open('/etc/passwd'), { ...bounds, root: '' });
    refused(open('agent.py'), { ...bounds, root: '' });
    refused(open('/home/ada/../etc/passwd'), { ...bounds, root: '' });
  });
  it('what lies elsewhere on Windows', () => {
    const windows: Bounds = { root: 'C:\\work', folders: ['C:\\work'], open: [] };
    for (const path of ['..\\a.py', 'D:\\a.py', '\\\\host\\share\\a.py', 'C:..\\a.py', '/a.py', 'src/..\\../a.py']) refused(open(path), windows, 'win32');
    refused(open('D:\\a.py'), { ...windows, root: '' }, 'win32');
    refused(open('\\\\host\\share\\a.py'), { ...windows, root: '' }, 'win32');
  });
  it('anything by another message', () => {
    for (const message of [null, undefined, 'open', 7, [], {}, { type: 'run', path: 'a.py' }, open(7), open(null), open(['a.py'])]) refused(message);
  });
});
