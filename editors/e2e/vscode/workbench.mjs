// VS Code's workbench, driven as a user does: by keys, the mouse, and what is seen.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { chromium } = createRequire(process.env.PLAYWRIGHT + '/')('playwright-core');
const here = import.meta.dirname;
const work = process.env.E2E_WORK;

const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Light Modern',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'git.enabled': false,
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'editor.minimap.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.fontFamily': 'DejaVu Sans Mono, Noto Color Emoji',
  'explorer.autoReveal': false,
  'files.autoSave': 'off', // a browser's default is on
};

/** until waits for what `probe` returns to be true, and fails with the last thing it returned. */
export async function until(what, probe, ms = 60_000) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await probe();
    if (got === true || (got && got.ok)) return got;
    if (Date.now() > end) throw new Error(`${what}: not after ${ms / 1000} s${got ? '; there is ' + JSON.stringify(got) : ''}`);
    await sleep(30);
  }
}

export class Workbench {
  folder = path.join(work, 'workspace');
  user = path.join(work, 'user-data');
  extensions = path.join(work, 'extensions');
  blocked = [];
  errors = [];

  /** Starts code-server and the browser. `trust`: new folders open in Restricted Mode. */
  static async start({ trust = false, settings = {}, size = { width: 1440, height: 900 }, scale = 1, folder } = {}) {
    const w = new Workbench();
    w.folder = folder ?? w.folder;
    try {
      await w.#start(trust, settings, size, scale);
    } catch (e) {
      await w.close();
      throw e;
    }
    return w;
  }

  async #start(trust, settings, size, scale) {
    for (const d of [path.join(this.user, 'User'), this.extensions]) fs.mkdirSync(d, { recursive: true });
    fs.writeFileSync(path.join(this.user, 'User', 'settings.json'), JSON.stringify({ ...quiet, 'security.workspace.trust.enabled': trust, ...settings }));
    const config = path.join(work, 'none.yaml');
    fs.writeFileSync(config, 'auth: none\n');
    this.offLoopback = path.join(work, 'off-loopback');
    fs.writeFileSync(this.offLoopback, '');
    const env = { ...process.env, E2E_OFF_LOOPBACK: this.offLoopback, NODE_OPTIONS: `--require ${path.join(here, 'offline.cjs')}` };
    const common = [process.env.CODE_SERVER, '--config', config, '--user-data-dir', this.user, '--extensions-dir', this.extensions];
    const installed = spawnSync(process.execPath, [...common, '--install-extension', process.env.VSIX], { env, encoding: 'utf8' });
    if (installed.status !== 0) throw new Error('the extension could not be installed:\n' + installed.stdout + installed.stderr);
    this.#record();

    const port = await freePort();
    this.address = `127.0.0.1:${port}`;
    const log = fs.openSync(path.join(work, 'code-server.log'), 'w');
    this.server = spawn(process.execPath, [...common, '--auth', 'none', '--bind-addr', this.address, '--disable-telemetry', '--disable-update-check',
      '--disable-getting-started-override', ...(trust ? [] : ['--disable-workspace-trust'])], { env, stdio: ['ignore', log, log], detached: true });
    await until('code-server answers', () => fetch(`http://${this.address}/healthz`).then((r) => r.ok, () => false), 60_000);

    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM, headless: true,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', '--disable-features=Translate,OptimizationHints', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
    });
    this.context = await this.browser.newContext({ viewport: size, deviceScaleFactor: scale });
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(60_000); // several windows share the machine
    const away = (u) => !['127.0.0.1', 'localhost'].includes(u.hostname) && !['data:', 'blob:'].includes(u.protocol);
    await this.context.route(away, (route) => { this.blocked.push(route.request().url()); return route.abort(); });
    // Not routeWebSocket: it puts itself between the workbench and its server, and messages get lost.
    this.page.on('websocket', (socket) => { if (away(new URL(socket.url()))) this.blocked.push(socket.url()); });
    this.page.on('pageerror', (e) => this.errors.push(String(e.stack ?? e)));
  }

  /** The extension's own server goes behind the recorder; see lib/suite.sh. */
  #record() {
    const name = fs.readdirSync(this.extensions).find((n) => n.startsWith('qodacode.qodacode-'));
    this.extension = path.join(this.extensions, name);
    const bin = path.join(this.extension, 'bin'), program = path.join(bin, 'qodacode');
    fs.accessSync(program, fs.constants.X_OK);
    fs.mkdirSync(path.join(bin, 'real'));
    fs.renameSync(program, path.join(bin, 'real', 'qodacode'));
    fs.copyFileSync(path.join(process.env.E2E_BIN, 'qodacode'), program);
    fs.symlinkSync(process.env.E2E_RECORDS, path.join(bin, 'records'));
  }

  /** Opens the window on the workspace, with a file in front. */
  async open(file) {
    const uri = `vscode-remote://${this.address}${path.join(this.folder, file)}`;
    const query = new URLSearchParams({ folder: this.folder, payload: JSON.stringify([['openFile', uri]]) });
    for (let i = 0; i < 3; i++) {
      await this.page.goto(`http://${this.address}/?${query}`, { waitUntil: 'commit' });
      const language = this.page.locator('#status\\.editor\\.mode').filter({ hasNotText: 'Plain Text' });
      if (await language.waitFor({ timeout: 30_000 }).then(() => true, () => false)) return;
      console.log('the extension host does not start; the window is opened again');
    }
  }

  /** Shows a file in the editor, from the Explorer. */
  async show(file) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: this.page.getByText(file, { exact: true }) });
    const tab = this.page.locator('.editor-group-container.active .tab.active', { hasText: file });
    for (let i = 0; i < 4 && !(await tab.isVisible()); i++) { // a list that has just changed swallows clicks
      await row.dblclick();
      await tab.waitFor({ timeout: 10_000 }).catch(() => {});
    }
    await tab.waitFor({ timeout: 1000 });
    await this.page.locator('.editor-group-container.active .editor-instance .view-line:visible').first().waitFor();
  }

  /** Runs a command of the palette. */
  async command(title) {
    await this.page.keyboard.press('F1');
    await this.#pick('>' + title, title.replace(/^.*: /, ''));
  }

  async #pick(text, row) {
    const input = this.page.locator('.quick-input-widget:visible input[type=text]');
    await input.waitFor();
    await input.fill(text);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: row }).waitFor();
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** What is underlined in the editor in front: [{severity, text}], top down. */
  squiggles() {
    return this.page.evaluate(() => {
      const found = [];
      for (const s of document.querySelectorAll('.editor-group-container.active .view-overlays .cdr')) {
        const severity = /squiggly-(\w+)/.exec(s.className)?.[1];
        if (!severity || severity === 'unnecessary') continue;
        const box = s.getBoundingClientRect(), middle = box.top + box.height / 2;
        for (const line of document.querySelectorAll('.editor-group-container.active .view-lines .view-line')) {
          const l = line.getBoundingClientRect();
          if (middle < l.top || middle > l.bottom) continue;
          let text = '';
          const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), range = document.createRange();
          for (let n; (n = walk.nextNode());) {
            let at = 0;
            for (const char of n.data) {
              range.setStart(n, at);
              range.setEnd(n, (at += char.length));
              const r = range.getBoundingClientRect(), centre = (r.left + r.right) / 2;
              if (centre > box.left && centre < box.right) text += char;
            }
          }
          found.push({ severity, text: text.replaceAll('\u00a0', ' '), top: l.top });
        }
      }
      return found.sort((a, b) => a.top - b.top).map(({ severity, text }) => ({ severity, text }));
    });
  }

  /** Waits until these are underlined, and those with a leading "no " are not: 'error "gpt-4-turbo"', 'no error "gpt-4-turbo"', 'no error'. */
  underlined(...wanted) {
    return until(`underlined: ${wanted.join(' | ')}`, async () => {
      const got = (await this.squiggles()).map((s) => `${s.severity} ${s.text}`);
      return wanted.every((w) => (w.startsWith('no ') ? !got.some((g) => g === w.slice(3) || g.split(' ')[0] === w.slice(3)) : got.includes(w))) || { got };
    });
  }

  /** The text of the editor in front, as far as it is in view. */
  text() {
    return this.page.locator('.editor-group-container.active .view-lines .view-line').allInnerTexts().then((l) => l.join('\n').replaceAll('\u00a0', ' '));
  }

  /** The middle of the first place in view where a text stands in the editor in front. */
  async place(text) {
    let box;
    await until(`"${text}" in the editor`, async () => (box = await this.page.evaluate((wanted) => {
      for (const line of document.querySelectorAll('.editor-group-container.active .view-lines .view-line')) {
        const nodes = [], walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let whole = '';
        for (let n; (n = walk.nextNode()); whole += n.data) nodes.push([whole.length, n]);
        const at = whole.replaceAll('\u00a0', ' ').indexOf(wanted);
        if (at < 0) continue;
        const point = (offset) => { const [start, node] = nodes.findLast(([s]) => s <= offset); return [node, offset - start]; };
        const range = document.createRange();
        range.setStart(...point(at));
        range.setEnd(...point(at + wanted.length - 1));
        const r = range.getBoundingClientRect();
        return { x: (r.left + r.right) / 2, y: (r.top + r.bottom) / 2 };
      }
    }, text)) !== undefined && box !== null);
    return box;
  }

  /** Puts the cursor into a text. */
  async click(text) {
    for (let before, now = await this.place(text); before?.y !== now.y; now = await this.place(text)) { // lenses that come move lines
      await this.page.mouse.click(now.x, now.y);
      before = now;
    }
  }

  /** The hover over a text. */
  async hover(text, shows) {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: shows }).first();
    for (let i = 0; i < 10 && !(await hover.isVisible()); i++) { // the first ones may come before the server's answer
      const { x, y } = await this.place(text); // lenses that come move lines
      await this.page.mouse.move(x + 60, y + 200);
      await this.page.mouse.move(x + i % 2, y, { steps: 4 });
      await hover.waitFor({ timeout: 6000 }).catch(() => {});
    }
    await hover.waitFor({ timeout: 1000 });
    return hover;
  }

  /** Chooses a quick fix at a text by its title. */
  async fix(text, title) {
    const wanted = this.page.locator('.action-widget .monaco-list-row.action', { hasText: title });
    for (let i = 0; i < 4 && !(await wanted.first().isVisible()); i++) { // an edit by another feature closes the menu
      await this.page.keyboard.press('Escape');
      await this.click(text);
      await this.page.keyboard.press('Control+.');
      await wanted.first().waitFor({ timeout: 10_000 }).catch(() => {});
    }
    await wanted.first().waitFor({ timeout: 1000 });
    await sleep(150); // the menu takes no keys while it comes up
    for (let i = 0; i < 20; i++) {
      if (await this.page.locator('.action-widget .monaco-list-row.action.focused', { hasText: title }).count()) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').waitFor({ state: 'hidden' });
  }

  /** Saves the file in front; waits until the file on disk is as `want` says. */
  async save(file, want) {
    await this.page.keyboard.press('Control+S');
    const read = () => fs.readFileSync(path.join(this.folder, file), 'utf8');
    await until(`${file} is saved`, () => want(read()) || { content: read() });
  }

  /** The rows of the Problems panel, once `wanted` stand in it. */
  async problems(...wanted) {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.command('Problems: Focus on Problems View');
    await panel.locator('.monaco-list-row').first().waitFor();
    let texts;
    await until('problems', async () => {
      texts = await this.#rows(panel);
      const missing = wanted.filter((w) => !texts.some((t) => w.test(t)));
      return missing.length === 0 || { missing: missing.map(String), texts };
    });
    return texts;
  }

  /** The texts of all rows of a list; those out of view are not in the page until it is scrolled. */
  async #rows(list) {
    const seen = new Map();
    await list.locator('.monaco-list').first().focus();
    await this.page.keyboard.press('Home');
    for (let before = -1; seen.size > before;) {
      await sleep(50);
      before = seen.size;
      const rows = await list.evaluate((l) => [...l.querySelectorAll('.monaco-list-row')].map((r) => [r.dataset.index, r.innerText]));
      for (const [at, text] of rows) seen.set(at, text.replace(/\s+/g, ' ').trim());
      for (let i = 0; i < 2; i++) await this.page.keyboard.press('PageDown'); // the first one goes to the end of what is seen
    }
    return [...seen.values()];
  }

  /** The frame of a webview that contains a selector. */
  async webview(selector) {
    let found;
    await until(`a webview with ${selector}`, async () => {
      for (const f of this.page.frames()) {
        if (await f.locator(selector).first().isVisible({ timeout: 100 }).catch(() => false)) found = f;
      }
      return found !== undefined;
    });
    return found;
  }

  /** Waits until the cursor is in a line of a file. */
  async at(file, line) {
    await until(`the cursor is in ${file}:${line}`, async () => {
      const tabs = await this.page.locator('.editor-group-container.active .tab.active').allInnerTexts();
      const place = await this.page.locator('#status\\.editor\\.selection').innerText({ timeout: 300 }).catch(() => '');
      return (tabs.some((t) => t.trim() === file) && new RegExp(`Ln ${line},`).test(place)) || { tabs, place };
    });
  }

  /** A part of the status bar whose text matches. */
  status(text) {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** The servers that were started, oldest first: {file, pid, messages()}. */
  servers() {
    const dir = process.env.E2E_RECORDS;
    return fs.readdirSync(dir).filter((n) => n.endsWith('.jsonl')).map((n) => {
      const file = path.join(dir, n), lines = () => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l));
      return { file, born: fs.statSync(file).birthtimeMs, pid: lines()[0]?.pid, lines };
    }).sort((a, b) => a.born - b.born);
  }

  /** What the extension wrote into its output channel. */
  output() {
    const logs = path.join(this.user, 'logs');
    return fs.readdirSync(logs, { recursive: true }).filter((f) => f.endsWith('qodacode.log')).map((f) => fs.readFileSync(path.join(logs, f), 'utf8')).join('');
  }

  async shot(name) {
    const dir = path.join(work, 'shots');
    fs.mkdirSync(dir, { recursive: true });
    await this.page.screenshot({ path: path.join(dir, name + '.png') });
  }

  /** Requests that left the machine, or would have: there must be none. */
  awayRequests() {
    return [...new Set([...this.blocked, ...fs.readFileSync(this.offLoopback, 'utf8').split('\n').filter(Boolean)])];
  }

  async close() {
    await this.browser?.close().catch(() => {});
    if (!this.server || this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = new Promise((r) => this.server.once('exit', r));
    process.kill(-this.server.pid, 'SIGTERM');
    await Promise.race([ended, sleep(5000)]);
    try { process.kill(-this.server.pid, 'SIGKILL'); } catch { /* has ended */ }
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const s = net.createServer().once('error', reject).listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => resolve(port)); });
  });
}
