import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type ClientCapabilities,
  type FeatureState,
  type InitializeResult,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import type { Binary } from './binary';
import { Program } from './program';

/** Documents that the server reads, as both VS Code and the client have it. */
export type Filter = { scheme: string; language: string } | { scheme: string; pattern: string };

/** What a client needs of the rest of the extension. */
export interface Host {
  output: vscode.LogOutputChannel;
  selector: Filter[];
  /** The object under "qodacode" that the server asks for. */
  settings(): Record<string, unknown>;
  /** Takes the result of a command that shows a page. */
  show(command: string, args: unknown[], result: unknown): void;
  /** The server is gone without having been asked to. Called once at most. */
  crashed(client: Client): void;
}

/** The commands whose results are pages. */
export const showGraph = 'qodacode.showGraph';
export const showCost = 'qodacode.showCost';

/** How long the server may take to answer the first message; it takes some milliseconds. */
const patience = 30_000;

/** Client is a connection to one process of the server. After a crash there is a new one. */
export class Client extends LanguageClient {
  private ended = false; // by end, or since it never started
  private gone = false;

  constructor(
    binary: Binary,
    private readonly host: Host,
    private readonly program = new Program(binary.path, ['lsp']),
  ) {
    const options: LanguageClientOptions = {
      documentSelector: host.selector,
      outputChannel: host.output,
      initializationOptions: host.settings(),
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.lost();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: {
        executeCommand: async (command, args, next) => {
          const result: unknown = await next(command, args);
          if (command === showGraph || command === showCost) host.show(command, args, result);
          return result;
        },
        workspace: {
          configuration: (params) => params.items.map((item) => (item.section === 'qodacode' ? host.settings() : null)),
        },
      },
    };
    super('qodacode', 'qodacode', () => program.start(), options);
    this.registerFeature(new ShowsPages());
  }

  /** run starts the server. It fails when the server can't be started or does not answer. */
  async run(): Promise<InitializeResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it has not answered for ${patience / 1000} s`)), patience);
    });
    try {
      await Promise.race([this.start(), late]);
    } catch (error) {
      this.ended = true; // who called is told; nobody else
      throw error;
    } finally {
      clearTimeout(timer);
    }
    if (!this.initializeResult) throw new Error('it did not say what it can do');
    return this.initializeResult;
  }

  /** end stops the server, or what is left of it. */
  async end(): Promise<void> {
    this.ended = true;
    if (this.gone) await new Promise(setImmediate); // the client is cleaning up behind the process
    await this.dispose(2000);
    await this.program.end();
  }

  /** How the process ended, in words; '' while it runs. */
  get ending(): string {
    return this.program.ending;
  }

  private lost(): void {
    if (this.ended || this.gone) return;
    this.gone = true;
    this.host.crashed(this);
  }

  /** Stopping fails while the server starts, and the client itself does not look whether it does. */
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } catch (error) {
      this.host.output.debug(describe(error));
    }
  }

  // What goes wrong is logged; the extension itself says what a user must know.
  override error(message: string, data?: unknown): void {
    const text = data === undefined ? message : `${message} ${describe(data)}`;
    // While it starts, and when it has crashed, these are the echoes of one trouble that is told in one line.
    if (this.isRunning() && !this.gone) this.host.output.error(text);
    else this.host.output.debug(text);
  }
  override warn(message: string, data?: unknown): void {
    this.host.output.warn(data === undefined ? message : `${message} ${describe(data)}`);
  }
  override info(message: string, data?: unknown): void {
    this.host.output.info(data === undefined ? message : `${message} ${describe(data)}`);
  }
}

function describe(data: unknown): string {
  return data instanceof Error ? data.message : typeof data === 'string' ? data : JSON.stringify(data);
}

/** ShowsPages tells the server that this client shows pages itself. */
class ShowsPages implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), showsGraphs: true, showsCosts: true };
  }
  initialize(): void {}
  getState(): FeatureState {
    return { kind: 'static' };
  }
  clear(): void {}
}
