import * as path from 'node:path';

/** A place that a page asks to open. */
export interface Place {
  file: string;
  /** 0-based */
  line: number;
}

/** What may be opened. */
export interface Bounds {
  /** The folder that the page's names are relative to; '' where they are absolute. */
  root: string;
  folders: readonly string[];
  /** Files that are open already, which may lie outside of all folders. */
  open: readonly string[];
}

/**
 * placeOf reads a message of a page. Names in it come from the files of a project: what is not a place below the
 * page's root and in an open folder, or a document that is open already, is undefined.
 */
export function placeOf(message: unknown, bounds: Bounds, platform: NodeJS.Platform = process.platform): Place | undefined {
  const os = platform === 'win32' ? path.win32 : path.posix;
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, path: name, line } = message as Record<string, unknown>;
  if (type !== 'open' || typeof name !== 'string' || name === '' || name.includes('\0')) return undefined;
  if (bounds.root === '' ? !os.isAbsolute(name) : os.isAbsolute(name)) return undefined;
  if (bounds.root !== '' && os === path.win32 && name.includes(':')) return undefined; // another drive, or a stream of a file

  const file = bounds.root === '' ? os.normalize(name) : os.join(bounds.root, name);
  if (bounds.root !== '' && !within(bounds.root, file, os)) return undefined;
  const allowed = bounds.folders.some((folder) => within(folder, file, os)) || bounds.open.some((open) => os.relative(open, file) === '');
  if (!allowed) return undefined;
  return { file, line: typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line - 1 : 0 };
}

/** within tells whether a file lies below a folder. On Windows, path.relative compares without case. */
function within(folder: string, file: string, os: path.PlatformPath): boolean {
  const relative = os.relative(folder, file);
  return relative !== '' && relative !== '..' && !relative.startsWith('..' + os.sep) && !os.isAbsolute(relative);
}
