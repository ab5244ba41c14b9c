// What is seen of findings: underlines at the right columns, Problems, hovers, hints and lenses.
import { until } from '../workbench.mjs';

const key = 'c2f1b7e94d5a4c0e8a6f3d91b07e52ac';

export const steps = {
  'the first squiggle stands under the model': async (w) => {
    const begin = performance.now();
    await w.open('app.py');
    await w.page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    console.log(`note: window to first squiggle ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    await w.underlined('error "gpt-4-turbo"', 'info client.chat.completions.create');
  },
  'a keystroke moves the findings': async (w) => {
    const times = [];
    await w.page.evaluate(() => {
      window.keys = { down: 0, seen: [] };
      addEventListener('keydown', () => { window.keys.down = performance.now(); }, true);
      const count = () => document.querySelectorAll('.view-overlays .squiggly-error').length;
      let before = count();
      new MutationObserver(() => {
        const now = count();
        if (now !== before) window.keys.seen.push(performance.now() - window.keys.down);
        before = now;
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await w.click('gpt-4-turbo');
    for (let i = 0; i < 5; i++) {
      await w.page.keyboard.press('x');
      await w.underlined('no error');
      await w.page.keyboard.press('Backspace');
      await w.underlined('error "gpt-4-turbo"', 'info client.chat.completions.create');
    }
    times.push(...await w.page.evaluate(() => window.keys.seen));
    times.sort((a, b) => a - b);
    console.log(`note: keystroke to squiggle ${Math.round(times[times.length >> 1])} ms (${times.length} of them, up to ${Math.round(times.at(-1))} ms)`);
  },
  'the hover has the price of the call as a table': async (w) => {
    const hover = await w.hover('gpt-4-turbo', 'per call');
    const cells = await hover.locator('table td').allInnerTexts();
    if (!cells.some((c) => /^\$\d/.test(c))) throw new Error('no price in the table: ' + cells);
    const text = await hover.innerText();
    for (const part of ['COST-009', 'Retired', 'Prices as of']) if (!text.includes(part)) throw new Error(`the hover lacks ${part}: ${text}`);
    await w.shot('hover');
  },
  'an inlay hint shows the price': async (w) => {
    await until('a price behind the model', async () => /model="gpt-4-turbo".*\$[\d.]+–\$[\d.]+\/call/.test(await w.text()) || { text: await w.text() });
  },
  'columns hold in TypeScript': async (w) => {
    await w.show('app.ts');
    await w.underlined("error 'gpt-4-turbo'", 'info client.responses.create');
  },
  'columns hold with CR LF': async (w) => {
    await w.show('crlf.py');
    await w.underlined('warning ' + key);
  },
  'columns hold after a byte order mark': async (w) => {
    await w.show('bom.py');
    await w.underlined('warning ' + key);
  },
  'a secret is underlined': async (w) => {
    await w.show('secret.py');
    await w.underlined('warning ' + key);
  },
  'a loop that nothing ends is underlined': async (w) => {
    await w.show('agent.py');
    await w.underlined('info init_chat_model', 'warning add_node("writer", writer)', 'warning add_conditional_edges("critic", is_good)');
  },
  'Problems has a row of every family': async (w) => {
    await w.problems(/gpt-4-turbo retire.*qodacode/, /API key in source.*qodacode/, /only the LLM's verdict ends this loop.*qodacode/);
    await w.shot('problems');
    await w.page.keyboard.press('Control+J');
  },
  'a flow is shown with its way': async (w) => {
    await w.show('tools.py');
    await w.underlined('warning query');
    await w.problems(/becomes part of an SQL statement.*qodacode/, /the data comes from here/, /is stored here/);
    await w.shot('flow');
    await w.page.keyboard.press('Control+J');
  },
  'a rule of the project holds as it is typed': async (w) => {
    await w.show('house.py');
    await w.underlined('warning greet("😀é")');
    await w.page.keyboard.press('Control+P');
    await w.page.keyboard.type('house.yml');
    await w.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'house.yml' }).first().waitFor();
    await w.page.keyboard.press('Enter');
    await w.click('greet(...)');
    await w.page.keyboard.press('Home');
    for (let i = 0; i < 'pattern: '.length; i++) await w.page.keyboard.press('ArrowRight');
    await w.page.keyboard.press('Control+Delete');
    await w.page.keyboard.type('part');
    await w.show('house.py');
    await w.underlined('no warning greet("😀é")', 'warning part("😀é")');
  },
  'the findings of files that are closed come with Check Workspace': async (w) => {
    await w.command('qodacode: Check Workspace');
    await w.problems(/^notebook\.ipynb/, /^batch\.py/);
    await w.page.keyboard.press('Control+J');
  },
  'lenses stand above the builder and the entry point': async (w) => {
    await w.show('agent.py');
    const lens = w.page.locator('.codelens-decoration');
    await lens.filter({ hasText: /agent graph: 2 nodes, 1 loop/ }).waitFor();
    await lens.filter({ hasText: /\$[\d.]+–\$[\d.]+\/run/ }).waitFor();
  },
};
