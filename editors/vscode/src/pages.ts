import * as vscode from 'vscode';
import { showGraph } from './client';
import { placeOf } from './places';

/** What the server answers to the commands that show pages. */
interface Shown {
  title: string;
  root?: string;
  html: string;
}

interface Page {
  panel: vscode.WebviewPanel;
  command: string;
  args: unknown[];
  shown: Shown;
  /** Its subject is gone; saving a document does not ask for it again. */
  stale: boolean;
}

type Ask = (command: string, args: unknown[]) => Promise<unknown>;

/** Pages shows what the server draws: one panel for each thing that is drawn. */
export class Pages implements vscode.Disposable {
  private readonly pages = new Map<string, Page>();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly output: vscode.LogOutputChannel,
    private readonly ask: Ask,
  ) {
    this.subscriptions.push(
      vscode.workspace.onDidSaveTextDocument(() => {
        for (const page of this.pages.values()) if (!page.stale) void this.renew(page);
      }),
    );
  }

  /** show takes the result of a command. A page that is open already is brought up to date and to the front. */
  show(command: string, args: unknown[], result: unknown): void {
    if (!isShown(result)) return; // the server has said why there is nothing to see
    const key = JSON.stringify([command, args]);
    const known = this.pages.get(key);
    if (known) {
      this.update(known, result);
      known.panel.reveal(undefined, false);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'qodacode.page',
      result.title,
      { viewColumn: this.column() },
      // The page brings all that it needs, and a content security policy that lets nothing else in.
      { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [], retainContextWhenHidden: true, enableFindWidget: true },
    );
    const icon = command === showGraph ? 'graph' : 'cost';
    panel.iconPath = { light: this.image(`${icon}-light.svg`), dark: this.image(`${icon}-dark.svg`) };
    const page: Page = { panel, command, args, shown: result, stale: false };
    panel.webview.onDidReceiveMessage((message: unknown) => this.open(page, message));
    panel.onDidDispose(() => this.pages.delete(key));
    panel.webview.html = result.html;
    this.pages.set(key, page);
  }

  /** refresh asks again for the page in front. */
  async refresh(): Promise<void> {
    for (const page of this.pages.values()) if (page.panel.active) await this.renew(page);
  }

  dispose(): void {
    for (const s of this.subscriptions) s.dispose();
    for (const page of [...this.pages.values()]) page.panel.dispose();
  }

  /** column is where other pages are, else beside the text. */
  private column(): vscode.ViewColumn {
    for (const page of this.pages.values()) if (page.panel.viewColumn !== undefined) return page.panel.viewColumn;
    return vscode.ViewColumn.Beside;
  }

  private async renew(page: Page): Promise<void> {
    try {
      const result = await this.ask(page.command, page.args);
      page.stale = !isShown(result);
      if (isShown(result)) this.update(page, result);
    } catch (error) {
      this.output.warn(`${page.shown.title} could not be brought up to date: ${String(error)}`);
    }
  }

  private update(page: Page, result: Shown): void {
    const same = page.shown.html === result.html; // else it would lose where one has scrolled to
    page.shown = result;
    page.stale = false;
    page.panel.title = result.title;
    if (!same) page.panel.webview.html = result.html;
  }

  private open(page: Page, message: unknown): void {
    const place = placeOf(message, {
      root: page.shown.root ?? '',
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      open: vscode.workspace.textDocuments.filter((d) => d.uri.scheme === 'file').map((d) => d.uri.fsPath),
    });
    if (!place) {
      this.output.warn(`A page asked to open what is not in an open folder: ${JSON.stringify(message)?.slice(0, 200)}`);
      return;
    }
    const file = vscode.Uri.file(place.file);
    const at = new vscode.Range(place.line, 0, place.line, 0);
    const column = vscode.window.visibleTextEditors.find((e) => e.viewColumn !== page.panel.viewColumn)?.viewColumn;
    vscode.window.showTextDocument(file, { selection: at, viewColumn: column ?? vscode.ViewColumn.One }).then(
      (editor) => editor.revealRange(at, vscode.TextEditorRevealType.InCenterIfOutsideViewport),
      (error: unknown) => void vscode.window.showWarningMessage(`${place.file} can't be opened: ${String(error)}`),
    );
  }

  private image(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extension, 'media', name);
  }
}

function isShown(result: unknown): result is Shown {
  const r = result as Partial<Shown> | null | undefined;
  return typeof r?.title === 'string' && typeof r.html === 'string' && (r.root === undefined || typeof r.root === 'string');
}
