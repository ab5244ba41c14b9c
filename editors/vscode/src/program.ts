import { spawn, type ChildProcess } from 'node:child_process';
import * as os from 'node:os';

/** How long a program may take to end by itself. */
const patience = 2000;

/** Program is the one process of a server. */
export class Program {
  private child: ChildProcess | undefined;

  constructor(
    private readonly file: string,
    private readonly args: string[],
  ) {}

  /**
   * start starts it, without a shell, in the user's own folder: Windows looks for libraries in the working directory,
   * and the workspace is a stranger's at times.
   */
  start(): Promise<ChildProcess> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.file, this.args, { cwd: os.homedir(), shell: false, windowsHide: true });
      child.once('error', reject);
      child.once('spawn', () => {
        child.off('error', reject);
        child.on('error', () => {}); // its streams tell what matters
        this.child = child;
        resolve(child);
      });
    });
  }

  /** How it ended, in words; '' while it runs. */
  get ending(): string {
    if (this.child?.signalCode) return `signal ${this.child.signalCode}`;
    return typeof this.child?.exitCode === 'number' ? `exit code ${this.child.exitCode}` : '';
  }

  /** end waits until it has ended, and kills it when that takes too long. */
  async end(): Promise<void> {
    const child = this.child;
    if (!child || this.ending !== '') return;
    child.stdin?.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    await new Promise((resolve) => child.once('exit', resolve));
    clearTimeout(timer);
  }
}
