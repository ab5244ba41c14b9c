// A hostile workspace in Restricted Mode: nothing it names is run or asked.
import fs from 'node:fs';
import path from 'node:path';
import { until } from '../workbench.mjs';

const work = process.env.E2E_WORK, workspace = path.join(work, 'workspace'), ran = path.join(work, 'evil-ran');
const evil = path.join(workspace, 'evil.sh');

fs.writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >>${ran}\nexec ${process.env.E2E_BIN}/qodacode "$@"\n`, { mode: 0o755 });
fs.copyFileSync(evil, path.join(workspace, 'qodacode'));
fs.chmodSync(path.join(workspace, 'qodacode'), 0o755);
fs.mkdirSync(path.join(workspace, '.vscode'));
fs.writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify({
  'qodacode.path': evil, 'qodacode.args': ['--evil'], 'qodacode.cost.prices': ['https://prices.invalid/evil.json'],
}));
fs.writeFileSync(path.join(workspace, 'qodacode.toml'), '[cost]\nprices = ["https://prices.invalid/evil.json"]\n');

export const options = { trust: true };

const found = ['error "gpt-4-turbo"', 'info client.chat.completions.create'];

export const steps = {
  'the bundled server runs in Restricted Mode': async (w) => {
    await w.open('app.py');
    await w.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
    await w.underlined(...found);
    await until('one server', () => w.servers().length === 1);
    await w.shot('restricted');
  },
  'an endpoint in qodacode.toml is a finding': async (w) => {
    await w.show('qodacode.toml');
    await until('a finding', async () => (await w.squiggles()).some((s) => s.text.includes('prices.invalid')) || { squiggles: await w.squiggles() });
  },
  'a restart still runs the bundled server': async (w) => {
    await w.command('qodacode: Restart Server');
    await until('a second server', () => w.servers().length === 2);
    await w.show('app.py');
    await w.underlined(...found);
    if (fs.existsSync(ran)) throw new Error('the workspace chose a program: ' + fs.readFileSync(ran, 'utf8'));
  },
  'once it is trusted, the workspace may choose the server': async (w) => { // so the steps above can fail
    await w.command('Workspaces: Manage Workspace Trust');
    await w.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first().click();
    await until('the workspace\'s server runs', () => fs.existsSync(ran), 30_000);
    await w.show('app.py');
    await w.underlined(...found);
  },
};
