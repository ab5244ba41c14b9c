import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where the server's program was found. */
export interface Binary {
  path: string;
  from: 'setting' | 'bundled' | 'PATH';
}

/** What the search depends on, so that tests can make a world of their own. */
export interface World {
  platform: NodeJS.Platform;
  trusted: boolean;
  setting: string;
  /** The folder that the extension is installed in. */
  extension: string;
  home: string;
  PATH: string;
  isProgram(file: string): boolean;
}

/** An error whose text tells the reader what to do. */
export class NoBinary extends Error {}

/**
 * findBinary looks for the server: in the setting `qodacode.path`, beside the extension, on the PATH.
 *
 * A workspace that is not trusted gets the bundled program and nothing else: its settings, and a PATH that an
 * environment manager may have led into it, could name a program of its own. The result is an absolute path.
 * A bare name is never started, because Windows looks for it in the workspace folder first.
 */
export function findBinary(world: World): Binary {
  const os = world.platform === 'win32' ? path.win32 : path.posix;
  const name = world.platform === 'win32' ? 'qodacode.exe' : 'qodacode';
  const bundled = os.join(world.extension, 'bin', name);

  if (!world.trusted) {
    if (world.isProgram(bundled)) return { path: bundled, from: 'bundled' };
    throw new NoBinary('This build of the extension has no server of its own, and in Restricted Mode no other is started. Trust the workspace to use one that is installed.');
  }

  const setting = expandHome(world.setting.trim(), world.home, os);
  if (setting !== '') {
    if (!isFixed(setting, os)) throw new NoBinary(`The setting qodacode.path must be an absolute path; it is "${setting}".`);
    if (!world.isProgram(setting)) throw new NoBinary(`The setting qodacode.path names no program: "${setting}". Correct it, or empty it to use the server that comes with the extension.`);
    return { path: os.normalize(setting), from: 'setting' };
  }
  if (world.isProgram(bundled)) return { path: bundled, from: 'bundled' };

  for (const entry of world.PATH.split(os.delimiter)) {
    const folder = entry.replace(/^"(.*)"$/, '$1'); // Windows allows quotes
    if (!isFixed(folder, os)) continue; // relative to whatever folder the editor was started in
    const file = os.join(folder, name);
    if (world.isProgram(file)) return { path: file, from: 'PATH' };
  }
  throw new NoBinary('The qodacode server was not found: this build of the extension brings none, and it is not on the PATH. Install it, or set qodacode.path.');
}

/** isFixed tells whether a path means the same in every working directory: `\tools` does not, on Windows. */
function isFixed(folder: string, os: path.PlatformPath): boolean {
  return os.isAbsolute(folder) && (os !== path.win32 || /^([a-z]:[\\/]|[\\/]{2})/i.test(folder));
}

function expandHome(file: string, home: string, os: path.PlatformPath): string {
  return file === '~' || file.startsWith('~/') || (os === path.win32 && file.startsWith('~\\')) ? os.join(home, file.slice(1)) : file;
}

/** isProgram tells whether a file can be started. */
export function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
