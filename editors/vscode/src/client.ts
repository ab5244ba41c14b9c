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

/** Client is a connection to one process of the server. After a crash there is a new one. */
export class Client extends LanguageClient {
  private wanted = true;
  private gone = false;

  constructor(binary: Binary, private readonly host: Host) {
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
    super('qodacode', 'qodacode', { command: binary.path, args: ['lsp'] }, options);
    this.registerFeature(new Pages());
  }

  /** run starts the server. It fails when the server can't be started or does not answer. */
  async run(): Promise<InitializeResult> {
    try {
      await this.start();
    } catch (error) {
      this.wanted = false; // who called is told; nobody else
      throw error;
    }
    if (!this.initializeResult) throw new Error('the server did not answer');
    return this.initializeResult;
  }

  /** end stops the server, or what is left of it. */
  async end(): Promise<void> {
    this.wanted = false;
    try {
      await this.dispose(2000);
    } catch {
      // It had not started or was gone already.
    }
  }

  /** Errors are logged; the extension itself says what the user must know. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  private lost(): void {
    if (!this.wanted || this.gone) return;
    this.gone = true;
    this.host.crashed(this);
  }
}

/** Pages tells the server that this client shows pages itself. */
class Pages implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), showsGraphs: true, showsCosts: true };
  }
  initialize(): void {}
  getState(): FeatureState {
    return { kind: 'static' };
  }
  clear(): void {}
}
