// The pictures of editors/vscode/README.md, of the example project: `make images`.
import fs from 'node:fs';
import path from 'node:path';
import { until } from '../workbench.mjs';

const folder = path.join(process.env.E2E_WORK, 'support_agent');
fs.cpSync(path.join(process.env.E2E, '..', '..', 'examples', 'support_agent'), folder, { recursive: true });

export const options = {
  folder, size: { width: 1280, height: 800 }, scale: 1.5,
  settings: {
    'workbench.activityBar.location': 'hidden', 'window.menuBarVisibility': 'hidden', 'workbench.layoutControl.enabled': false, 'breadcrumbs.enabled': false,
    'editor.fontSize': 13, 'editor.stickyScroll.enabled': false, 'editor.scrollbar.horizontal': 'hidden', 'editor.overviewRulerBorder': false, 'window.title': 'support_agent', 'workbench.editor.editorActionsLocation': 'hidden',
  },
};

const themes = ['light', 'dark'];
const turn = (w) => w.command('Preferences: Toggle between Light/Dark Themes');
const calm = (w) => w.page.waitForTimeout(1500);
const save = (w, name) => {
  fs.mkdirSync(process.env.E2E_IMAGES, { recursive: true });
  return w.page.screenshot({ path: path.join(process.env.E2E_IMAGES, name + '.png') });
};

export const steps = {
  'findings, hints, and the fixes of one': async (w) => {
    await w.open('agent.py');
    await until('findings', async () => (await w.squiggles()).some((s) => s.text === '"gpt-4-turbo"'));
    await until('prices', async () => /\/call/.test(await w.text()));
    await w.problems(/gpt-4-turbo/);
    for (const theme of themes) {
      await w.page.locator('.markers-panel .monaco-list-row', { hasText: 'gpt-4-turbo retire' }).dblclick();
      await w.click('"gpt-4-turbo"');
      await w.page.keyboard.press('Control+.');
      await w.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
      await calm(w);
      await save(w, 'findings-' + theme);
      await w.page.keyboard.press('Escape');
      await turn(w);
    }
    await w.page.keyboard.press('Control+J');
  },
  'what a hover tells': async (w) => {
    for (const theme of themes) {
      await w.hover('gpt-4-turbo', 'per call');
      await calm(w);
      await save(w, 'hover-' + theme);
      await w.page.mouse.move(5, 5);
      await turn(w);
    }
  },
  'the agent graph beside the code': async (w) => {
    await w.show('review.py');
    await w.page.keyboard.press('Control+B');
    await w.page.locator('.codelens-decoration a', { hasText: 'agent graph' }).click();
    const graph = await w.webview('svg.graph:not([hidden])');
    for (const theme of themes) {
      await graph.locator('#fit').click();
      await calm(w);
      await save(w, 'graph-' + theme);
      await turn(w);
    }
  },
  'the cost report beside the code': async (w) => {
    await w.command('View: Close All Editors');
    await w.page.keyboard.press('Control+B');
    await w.show('agent.py');
    await w.page.keyboard.press('Control+B');
    await w.page.locator('.codelens-decoration a', { hasText: '/month' }).first().click();
    await w.webview('button.place[data-path]');
    for (const theme of themes) {
      await calm(w);
      await save(w, 'cost-' + theme);
      await turn(w);
    }
  },
};
