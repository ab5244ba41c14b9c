import * as os from 'node:os';
import * as vscode from 'vscode';
import { findBinary, isProgram, NoBinary, type Binary } from './binary';
import { Client, type Host } from './client';
import { Crashes } from './crashes';

export type State = 'off' | 'starting' | 'running' | 'recovering' | 'failed';

/** Server keeps one process of the language server running, and starts it again when it crashes. */
export class Server implements vscode.Disposable {
  private client: Client | undefined;
  private queue: Promise<void> = Promise.resolve(); // one start or stop at a time
  private next: Promise<void> | undefined; // a restart that has not begun
  private timer: NodeJS.Timeout | undefined;
  private readonly changes = new vscode.EventEmitter<State>();

  state: State = 'off';
  binary: Binary | undefined;
  problem = '';
  readonly crashes = new Crashes();
  readonly onDidChangeState = this.changes.event;

  constructor(
    private readonly extension: vscode.Extension<unknown>,
    private readonly host: Omit<Host, 'crashed'>,
  ) {}

  /** The client, while the server answers. */
  get running(): Client | undefined {
    return this.state === 'running' ? this.client : undefined;
  }

  /** Whether the server has a command of this name. */
  offers(command: string): boolean {
    return this.running?.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command) ?? false;
  }

  /** restart starts the server, ends the one that runs, and forgets earlier crashes. */
  restart(): Promise<void> {
    this.next ??= this.enqueue(() => {
      this.next = undefined;
      this.crashes.clear();
      return this.begin();
    });
    return this.next;
  }

  /** reconsider restarts the server if another program is to be run than the one that runs. */
  async reconsider(): Promise<void> {
    await this.queue;
    try {
      if (this.running && this.find().path === this.binary?.path) return;
    } catch {
      // There is none any more; starting says so.
    }
    await this.restart();
  }

  stop(): Promise<void> {
    return this.enqueue(async () => {
      await this.end();
      this.become('off');
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changes.dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => this.host.output.error(String(error)));
    return this.queue;
  }

  private async end(): Promise<void> {
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  private async begin(): Promise<void> {
    await this.end();
    if (!vscode.workspace.getConfiguration('qodacode').get('enable', true)) {
      this.become('off');
      return;
    }
    this.become('starting');
    try {
      this.binary = this.find();
    } catch (error) {
      this.fail(error);
      return;
    }
    this.host.output.info(`Starting ${this.binary.path} (${origin[this.binary.from]}${vscode.workspace.isTrusted ? '' : ', Restricted Mode'})`);
    const client = new Client(this.binary, { ...this.host, crashed: (c) => this.crashed(c) });
    this.client = client;
    try {
      const { serverInfo } = await client.run();
      this.host.output.info(`The server is ready: ${serverInfo?.name} ${serverInfo?.version ?? ''}`);
      this.become('running');
    } catch (error) {
      await this.end();
      this.host.output.error(`The server did not start: ${error instanceof Error ? error.message : String(error)}${client.ending && ` (${client.ending})`}`);
      this.again(client);
    }
  }

  private find(): Binary {
    return findBinary({
      platform: process.platform,
      trusted: vscode.workspace.isTrusted,
      setting: vscode.workspace.getConfiguration('qodacode').get('path', ''),
      extension: this.extension.extensionPath,
      home: os.homedir(),
      PATH: process.env['PATH'] ?? process.env['Path'] ?? '',
      isProgram,
    });
  }

  private crashed(client: Client): void {
    if (client !== this.client) return;
    void this.enqueue(async () => {
      if (client !== this.client) return; // restarted by hand meanwhile
      await this.end();
      this.host.output.warn(`The server has ended unexpectedly: ${client.ending}`);
      this.again(client);
    });
  }

  /** again starts the server once more after a while, or gives up. */
  private again(client: Client): void {
    const wait = this.crashes.add();
    if (wait === undefined) {
      this.fail(new Error(`The qodacode server has crashed ${this.crashes.count} times within 3 minutes${client.ending && `, the last time with ${client.ending}`}. It stays down until you restart it.`));
      return;
    }
    this.host.output.info(`Starting it again${wait === 0 ? '' : ` in ${wait / 1000} s`}.`);
    this.become('recovering');
    this.timer = setTimeout(() => void this.enqueue(() => this.begin()), wait);
  }

  private fail(error: unknown): void {
    this.problem = error instanceof Error ? error.message : String(error);
    this.host.output.error(this.problem);
    this.become('failed');
    const [settings, output, restart] = ['Open Settings', 'Show Output', 'Restart Server'];
    const buttons = error instanceof NoBinary ? [settings, output] : [restart, output];
    void vscode.window.showErrorMessage(this.problem, ...buttons).then((choice) => {
      if (choice === settings) void vscode.commands.executeCommand('workbench.action.openSettings', 'qodacode.path');
      if (choice === output) this.host.output.show();
      if (choice === restart) void this.restart();
    });
  }

  private become(state: State): void {
    this.state = state;
    if (state !== 'failed') this.problem = '';
    this.changes.fire(state);
  }
}

export const origin = { setting: 'from the setting qodacode.path', bundled: 'comes with the extension', PATH: 'from the PATH' };
