import * as vscode from 'vscode';
import { checkWorkspace } from './check';
import { showCost, showGraph, type Filter } from './client';
import { debugInformation } from './debug';
import { Pages } from './pages';
import { Server } from './server';
import { collect, serverSettings } from './settings';
import { Status } from './status';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('qodacode', { log: true });
  const declared = serverSettings(context.extension.packageJSON as Parameters<typeof serverSettings>[0]);
  const settings = () => {
    const configuration = vscode.workspace.getConfiguration('qodacode');
    return collect(declared, (name) => configuration.inspect(name));
  };
  const selector = selectorOf(context.extension.packageJSON as { activationEvents: string[] });

  const pages = new Pages(context.extensionUri, output, (command, args) => ask(command, args));
  const running = (server = new Server(context.extension, {
    output,
    selector,
    settings,
    show: (command, args, result) => pages.show(command, args, result),
  }));
  const ask = async (command: string, args: unknown[]): Promise<unknown> => {
    const client = running.running;
    if (!client) throw new Error('the server does not run');
    return client.sendRequest('workspace/executeCommand', { command, arguments: args });
  };
  /** open runs a command of the server, whose result is shown, for the file in front and else for all. */
  const open = async (command: string, ...args: unknown[]): Promise<void> => {
    if (!(await ready(running, output))) return;
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'qodacode' }, () => Promise.resolve(vscode.commands.executeCommand(command, ...args)));
  };

  const commands: Record<string, (...args: never[]) => unknown> = {
    'qodacode.restartServer': () => running.restart(),
    'qodacode.showOutput': () => output.show(),
    'qodacode.printDebugInformation': () => {
      output.info(debugInformation(context.extension, running, settings()));
      output.show();
    },
    'qodacode.showAgentGraph': () => open(showGraph),
    'qodacode.showCostReport': () => open(showCost),
    'qodacode.refreshPage': () => pages.refresh(),
    'qodacode.check': async () => {
      if (await ready(running, output)) await checkWorkspace(running);
    },
    'qodacode.generatePolicyFromComment': async () => {
      const editor = vscode.window.activeTextEditor;
      const client = running.running;
      if (!editor || !client || !running.offers('qodacode.generatePolicy')) return;
      await vscode.commands.executeCommand('qodacode.generatePolicy', client.code2ProtocolConverter.asUri(editor.document.uri), client.code2ProtocolConverter.asPosition(editor.selection.active));
    },
  };
  for (const [name, run] of Object.entries(commands)) context.subscriptions.push(vscode.commands.registerCommand(name, run));

  context.subscriptions.push(
    output,
    running,
    pages,
    new Status(running, selector),
    running.onDidChangeState(() => void vscode.commands.executeCommand('setContext', 'qodacode.generatesPolicies', running.offers('qodacode.generatePolicy'))),
    vscode.workspace.onDidChangeConfiguration((e) => {
      if (e.affectsConfiguration('qodacode.enable')) void running.restart();
      else if (e.affectsConfiguration('qodacode.path')) void running.reconsider();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void running.reconsider()),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** selectorOf makes the documents that the server reads from the languages that activate the extension. */
function selectorOf(packageJSON: { activationEvents: string[] }): Filter[] {
  const languages = packageJSON.activationEvents.filter((e) => e.startsWith('onLanguage:')).map((e) => e.slice('onLanguage:'.length));
  const schemes = ['file', 'untitled', 'vscode-notebook-cell'];
  return [
    ...schemes.flatMap((scheme) => languages.map((language) => ({ scheme, language }))),
    { scheme: 'file', pattern: '**/.env{,.*}' },
    { scheme: 'file', pattern: '**/qodacode.toml' },
    { scheme: 'file', pattern: '**/*.rego' }, // whatever language another extension takes it for
  ];
}

/** ready tells whether the server runs; if it does not, the user is told what to do. */
async function ready(server: Server, output: vscode.LogOutputChannel): Promise<boolean> {
  if (server.running) return true;
  const [restart, show] = ['Restart Server', 'Show Output'];
  const choice = await vscode.window.showWarningMessage('The qodacode server does not run.', restart, show);
  if (choice === show) output.show();
  if (choice === restart) await server.restart();
  return server.running !== undefined;
}
