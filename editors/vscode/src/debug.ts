import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Server } from './server';

/** debugInformation is what a report of a problem should have: no text of documents, and of settings the names only. */
export function debugInformation(extension: vscode.Extension<{ version?: string }>, server: Server, settings: Record<string, unknown>): string {
  const home = os.homedir();
  const short = (file: string): string => (home.length > 1 && file.startsWith(home) ? '~' + file.slice(home.length) : file);
  const info = server.running?.initializeResult;
  const open = vscode.workspace.textDocuments.map((d) => d.languageId);
  const rows: [string, string][] = [
    ['Extension', String((extension.packageJSON as { version: string }).version)],
    ['Editor', `${vscode.env.appName} ${vscode.version}, ${vscode.env.uiKind === vscode.UIKind.Web ? 'in a browser' : 'desktop'}${vscode.env.remoteName ? ', remote' : ''}`],
    ['System', `${os.type()} ${os.release()} ${process.arch}, Node ${process.versions.node}`],
    ['Server', info ? `${info.serverInfo?.name} ${info.serverInfo?.version}` : server.state],
    ['Program', server.binary ? `${short(server.binary.path)} (${server.binary.from})` : 'none'],
    ['Problem', server.problem || 'none'],
    ['Crashes', String(server.crashes.count)],
    ['Trusted', vscode.workspace.isTrusted ? 'yes' : 'no, Restricted Mode'],
    ['Folders', String(vscode.workspace.workspaceFolders?.length ?? 0)],
    ['Documents', [...new Set(open)].map((id) => `${id} ${open.filter((o) => o === id).length}`).join(', ') || 'none'],
    ['Settings', names(settings).join(', ') || 'none'],
    ['Commands', info?.capabilities.executeCommandProvider?.commands.join(', ') ?? 'none'],
    ['Encoding', info?.capabilities.positionEncoding ?? 'none'],
  ];
  return ['Debug information', ...rows.map(([name, value]) => `  ${(name + ':').padEnd(12)} ${value}`)].join('\n');
}

function names(settings: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    prefix === '' && typeof value === 'object' && value !== null && !Array.isArray(value) ? names(value as Record<string, unknown>, name + '.') : [prefix + name],
  );
}
