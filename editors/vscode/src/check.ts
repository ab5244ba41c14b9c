import * as vscode from 'vscode';
import { ExecuteCommandRequest, WorkDoneProgress, type ExecuteCommandParams } from 'vscode-languageclient/node';
import type { Server } from './server';

let checks = 0;

/** checkWorkspace has all files checked, whether they are open or not, and says what came of it. */
export async function checkWorkspace(server: Server): Promise<void> {
  const client = server.running;
  if (!client) return;
  const workDoneToken = `check-${++checks}`;
  const params: ExecuteCommandParams = { command: 'qodacode.checkWorkspace', arguments: [], workDoneToken };
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'qodacode: checking the workspace', cancellable: true },
    async (progress, cancelled) => {
      let done = 0;
      const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
        if (step.kind !== 'report') return;
        const percentage = step.percentage ?? done;
        progress.report({ increment: percentage - done, ...(step.message !== undefined && { message: step.message }) });
        done = percentage;
      });
      try {
        return (await client.sendRequest(ExecuteCommandRequest.type, params, cancelled)) as { files: number; findings: number } | null;
      } catch (error) {
        if (!cancelled.isCancellationRequested) throw error;
        return null;
      } finally {
        listener.dispose();
      }
    },
  );
  if (!result) return;

  // The server counts the files that are not open; the editor knows of the others.
  const open = vscode.workspace.textDocuments.flatMap((d) => vscode.languages.getDiagnostics(d.uri).filter((found) => found.source === 'qodacode'));
  const findings = result.findings + open.length;
  const text = `Checked ${result.files === 1 ? '1 file' : `${result.files} files`}: ${findings === 0 ? 'no findings' : findings === 1 ? '1 finding' : `${findings} findings`}.`;
  const problems = 'Show Problems';
  const choice = await vscode.window.showInformationMessage(text, ...(findings > 0 ? [problems] : []));
  if (choice === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}
