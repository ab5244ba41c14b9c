import * as vscode from 'vscode';
import { barText, barTooltip, type Summary } from './figures';
import { origin, type Server } from './server';

/** How long diagnostics must be quiet before the figures are asked for. */
const quiet = 250;

/** Status shows the findings and the cost of the file in front, and how the server does. */
export class Status implements vscode.Disposable {
  private readonly bar = vscode.window.createStatusBarItem('qodacode.file', vscode.StatusBarAlignment.Left, 0);
  private readonly language: vscode.LanguageStatusItem;
  private readonly subscriptions: vscode.Disposable[] = [];
  private summary: Summary | undefined;
  private last: vscode.TextDocument | undefined;
  private subject = ''; // the document that summary speaks of
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly selector: vscode.DocumentSelector,
  ) {
    this.bar.name = 'qodacode: findings and cost of the file';
    this.bar.command = 'workbench.actions.view.problems';
    this.language = vscode.languages.createLanguageStatusItem('qodacode.server', selector);
    this.language.name = 'qodacode';
    this.subscriptions.push(
      this.bar,
      this.language,
      server.onDidChangeState(() => this.stateChanged()),
      vscode.window.onDidChangeActiveTextEditor(() => this.changed()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.changed()),
      vscode.languages.onDidChangeDiagnostics((e) => {
        if (e.uris.some((uri) => uri.toString() === this.document()?.uri.toString())) this.changed();
      }),
      vscode.workspace.onDidChangeTextDocument((e) => {
        if (e.document === this.document()) this.later();
      }),
      vscode.workspace.onDidChangeConfiguration((e) => {
        if (e.affectsConfiguration('qodacode')) this.changed();
      }),
    );
    this.stateChanged();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const s of this.subscriptions) s.dispose();
  }

  /** document is the one in front; while a page is, the one that was before, if it can still be seen. */
  private document(): vscode.TextDocument | undefined {
    const active = vscode.window.activeTextEditor;
    const editor = active ?? vscode.window.visibleTextEditors.find((e) => e.document === this.last);
    this.last = editor && vscode.languages.match(this.selector, editor.document) > 0 ? editor.document : undefined;
    return this.last;
  }

  /** changed shows what is known at once, and the cost when it has been asked for. */
  private changed(): void {
    this.show();
    this.later();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), quiet);
  }

  private async ask(): Promise<void> {
    const document = this.document();
    const client = this.server.running;
    if (!document || !client || !this.server.offers('qodacode.fileSummary')) return;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    try {
      const summary = await client.sendRequest<Summary | null>('workspace/executeCommand', { command: 'qodacode.fileSummary', arguments: [uri] });
      if (document !== this.document()) return;
      this.summary = summary ?? undefined;
      this.subject = document.uri.toString();
    } catch {
      return; // edited meanwhile, or the server is going down: what is shown stays until the next change
    }
    this.show();
  }

  private show(): void {
    const document = this.document();
    const wanted = vscode.workspace.getConfiguration('qodacode').get('statusBar', true);
    if (!document || !this.server.running || !wanted) {
      this.bar.hide();
      return;
    }
    const diagnostics = vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === 'qodacode');
    const summary = this.subject === document.uri.toString() ? this.summary : undefined;
    this.bar.text = barText(diagnostics.length, summary);
    this.bar.tooltip = new vscode.MarkdownString(barTooltip(diagnostics.length, summary));
    this.bar.accessibilityInformation = { label: barTooltip(diagnostics.length, summary).replaceAll('*', '') };
    this.bar.show();
  }

  private stateChanged(): void {
    const { language, server } = this;
    const version = server.running?.initializeResult?.serverInfo?.version ?? '';
    language.busy = server.state === 'starting' || server.state === 'recovering';
    language.severity = server.state === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    language.text = { off: 'qodacode is off', starting: 'qodacode starts', running: `qodacode ${version}`.trim(), recovering: 'qodacode starts again', failed: 'qodacode does not run' }[server.state];
    language.detail = server.state === 'running' && server.binary ? origin[server.binary.from] : server.problem;
    language.command = server.state === 'failed' ? { title: 'Restart', command: 'qodacode.restartServer' } : { title: 'Show Output', command: 'qodacode.showOutput' };
    this.changed();
  }
}
