// The agent graph and the cost report, in webviews; lenses without hints; the status bar.
import { until } from '../workbench.mjs';

export const options = { settings: { 'qodacode.lsp.inlay_hints': false } };

export const steps = {
  'a lens opens the agent graph': async (w) => {
    await w.open('agent.py');
    await w.page.locator('.codelens-decoration a', { hasText: 'agent graph: 2 nodes, 1 loop' }).click({ timeout: 60_000 });
    const graph = await w.webview('svg.graph:not([hidden])');
    const nodes = await graph.locator('svg.graph:not([hidden]) .node').allTextContents();
    for (const n of ['writer', 'critic']) if (!nodes.some((t) => t.includes(n))) throw new Error(`the graph lacks ${n}: ${nodes}`);
    if (await graph.locator('svg.graph:not([hidden]) .edge').count() < 3) throw new Error('the graph lacks edges');
    if (!/only the model.s verdict ends it/.test(await graph.locator('#about').innerText())) throw new Error('the graph does not tell its loop');
    await w.shot('graph');
  },
  'the graph follows the theme of the editor': async (w) => {
    const graph = await w.webview('svg.graph:not([hidden])');
    const color = () => graph.evaluate(() => getComputedStyle(document.querySelector('aside')).backgroundColor);
    const light = await color();
    await w.command('Preferences: Toggle between Light/Dark Themes');
    await until('dark', async () => (await color()) !== light);
    await w.shot('graph-dark');
    await w.command('Preferences: Toggle between Light/Dark Themes');
    await until('light', async () => (await color()) === light);
  },
  'a click on a node opens its line': async (w) => {
    const graph = await w.webview('svg.graph:not([hidden])');
    await graph.locator('svg.graph:not([hidden]) .node', { hasText: 'critic' }).first().click();
    await graph.locator('#detail .place').first().click();
    await w.at('agent.py', 33);
  },
  'the command opens the graph, too': async (w) => {
    await w.command('View: Close All Editors');
    await w.show('agent.py');
    await w.command('qodacode: Show Agent Graph');
    await w.webview('svg.graph:not([hidden])');
  },
  'the lens of an entry point opens the cost report': async (w) => {
    await w.command('View: Close All Editors');
    await w.show('app.py');
    await w.page.locator('.codelens-decoration a', { hasText: /\$[\d.]+–\$[\d.]+\/run/ }).first().click();
    const report = await w.webview('button.place[data-path="batch.py"]');
    if (!/\$[\d.]+/.test(await report.locator('body').innerText())) throw new Error('no figures');
    await w.shot('cost');
    await report.locator('button.place[data-path="batch.py"][data-line="11"]').first().click();
    await w.at('batch.py', 11);
  },
  'the command opens the cost report, too': async (w) => {
    await w.command('View: Close All Editors');
    await w.show('app.py');
    await w.command('qodacode: Show Cost Report');
    await w.webview('button.place[data-path]');
  },
  'without hints, the prices stand in lenses': async (w) => {
    await w.command('View: Close All Editors');
    await w.show('batch.py');
    await w.page.locator('.codelens-decoration', { hasText: /\$[\d.]+–\$[\d.]+\/run · \$[\d.]+–\$[\d.,]+\/month/ }).waitFor();
    await w.underlined('warning client.responses.create');
    if (/\$\d/.test(await w.text())) throw new Error('there is a hint: ' + await w.text());
  },
  'the status bar counts the findings and shows the cost of the file': async (w) => {
    await w.command('View: Close All Editors');
    await w.show('app.py');
    await w.status(/2.*\$[\d.]+/).waitFor();
    await w.show('secret.py');
    await w.status(/^\s*1\s*$/).waitFor();
  },
};
