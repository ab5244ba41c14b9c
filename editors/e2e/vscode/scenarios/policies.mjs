// Policies: from a comment, typed, and such that would take everything.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../workbench.mjs';

const folder = '.qodacode/policies';
const call = 'subprocess.run(["rm", "-r", "exports"], check=True)';

// Runs for seconds if nobody stops it. What is typed behind it makes it another policy, which nobody has stopped yet.
const bomb = `package bomb

n := numbers.range(1, 3000)

deny contains {"msg": "never", "range": input.shell[0].range} if {
	count([1 | some a in n; some b in n; some c in n; a * b == c]) < 0
}
# `;

const write = (w, file, text) => {
  fs.mkdirSync(path.join(w.folder, folder), { recursive: true });
  fs.writeFileSync(path.join(w.folder, folder, file), text);
};

const toast = (w, text) => w.page.locator('.notification-toast', { hasText: text });

/** Shows a file that the Explorer may not list. */
async function quickOpen(w, file) {
  await w.page.keyboard.press('Control+P');
  await w.page.locator('.quick-input-widget:visible input[type=text]').fill(file);
  await w.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: file }).waitFor();
  await w.page.keyboard.press('Enter');
  await w.page.locator('.editor-group-container.active .tab.active', { hasText: file }).waitFor();
}

/** The slower of taking a finding away and bringing it back, for some keystrokes: their median, in milliseconds. */
async function keystrokes(w, before) {
  await w.click('gpt-4-turbo');
  const times = [];
  for (let i = 0; i < 7; i++) {
    await before?.(i);
    let begin = performance.now();
    await w.page.keyboard.press('x');
    await w.underlined('no error');
    const gone = performance.now() - begin;
    begin = performance.now();
    await w.page.keyboard.press('Backspace');
    await w.underlined('error "gpt-4-turbo"');
    times.push(Math.max(gone, performance.now() - begin));
  }
  times.sort((a, b) => a - b);
  return { median: Math.round(times[3]), longest: Math.round(times[6]) };
}

/** How long the server took for each answer about a changed file since another one was opened, in milliseconds, the slowest last. */
function answers(w, file, since) {
  const asked = new Map();
  let changed, times = [];
  for (const { from, at, message } of w.servers().at(-1).lines()) {
    const about = message?.params?.textDocument?.uri?.endsWith('/' + file);
    if (message?.method === 'textDocument/didOpen' && message.params.textDocument.uri.endsWith('/' + since)) times = [];
    if (from === 'client' && about && message.method === 'textDocument/didChange') changed ??= at;
    if (from === 'client' && about && message.method === 'textDocument/diagnostic') asked.set(message.id, changed);
    if (from !== 'server' || message?.method || !asked.has(message?.id)) continue;
    const begin = asked.get(message.id);
    asked.delete(message.id);
    if (begin === undefined || message.result?.kind !== 'full') continue;
    times.push((at - begin) / 1000);
    changed = undefined;
  }
  return times.sort((a, b) => a - b);
}

export const steps = {
  'a comment becomes a policy with its test': async (w) => {
    await w.open('cleanup.py');
    await w.fix('# policy:', /^Generate Rego policy$/);
    const question = toast(w, /Create \w+\.rego with its test/);
    await question.waitFor();
    await w.shot('preview');
    await question.getByText('Create the policy', { exact: true }).click();
    await question.waitFor({ state: 'hidden' });
    let files = [];
    await until('the policy and its test', () => {
      if (fs.existsSync(path.join(w.folder, folder))) files = fs.readdirSync(path.join(w.folder, folder));
      return files.length === 2 || { files };
    });
    for (const file of files) {
      const part = file.endsWith('_test.rego') ? '\ntest_' : 'deny contains ';
      const read = () => fs.readFileSync(path.join(w.folder, folder, file), 'utf8');
      await until(`${file} is saved`, async () => {
        if (!read()) await w.command('File: Save All Files'); // files are there before their text
        return read().includes(part) || { content: read() };
      });
    }
  },
  'its finding appears': async (w) => {
    await w.show('cleanup.py');
    await w.underlined('error ' + call);
    const hover = await w.hover('subprocess.run', 'POLICY-');
    await w.shot('violation');
    if (!(await hover.innerText()).includes('approval')) throw new Error('the hover says: ' + (await hover.innerText()));
  },
  'a wrong field is told as it is typed': async (w) => {
    write(w, 'typo.rego', 'package typo\n\ndeny contains {"msg": "x", "range": call.range} if {\n\tsome call in input.llm_cals\n\tcall.ctx.production   !=  ""\n}\n');
    await quickOpen(w, 'typo.rego');
    await w.underlined('error llm_cals');
    await w.hover('llm_cals', /Did you mean llm_calls/);
  },
  'fields and values are completed': async (w) => {
    const offered = (label) => w.page.locator('.suggest-widget.visible .monaco-list-row', { has: w.page.getByText(label, { exact: true }) }).first();
    await w.click('llm_cals');
    await w.page.keyboard.press('End');
    await w.page.keyboard.press('Control+Backspace');
    await w.page.keyboard.press('Backspace');
    await w.page.keyboard.type('.');
    await offered('llm_calls').waitFor();
    await w.shot('completion');
    await w.page.keyboard.type('llm_ca');
    await offered('llm_calls').waitFor();
    await w.page.keyboard.press('Tab');
    await w.underlined('no error llm_cals');
    await until('the field is there', async () => (await w.text()).includes('input.llm_calls') || { text: await w.text() });
    await w.click('!=');
    await w.page.keyboard.press('End');
    await w.page.keyboard.press('Backspace');
    await w.page.keyboard.press('Backspace');
    await w.page.keyboard.type('"');
    await offered('unknown').waitFor();
    await w.page.keyboard.type('un');
    await w.page.keyboard.press('Tab');
    await until('the value is there', async () => (await w.text()).includes('"unknown"') || { text: await w.text() });
  },
  'a policy is formatted': async (w) => {
    await w.command('Format Document');
    await until('it is formatted', async () => (await w.text()).includes('call.ctx.production != "unknown"') || { text: await w.text() });
    await w.hover('production', 'Whether it runs in production');
  },
  'a policy bomb does not slow a keystroke': async (w) => {
    await w.show('app.py');
    await w.underlined('error "gpt-4-turbo"');
    const calm = await keystrokes(w);
    write(w, 'bomb.rego', bomb);
    await quickOpen(w, 'bomb.rego');
    await w.command('View: Move Editor into Right Group');
    await w.page.keyboard.press('Control+End');
    await w.page.keyboard.press('Control+1');
    const beside = await keystrokes(w, async () => {
      await w.page.keyboard.press('Control+2');
      await w.page.keyboard.type('x');
      await w.page.keyboard.press('Control+1');
      await sleep(300); // when typing pauses, it is run
    });
    const times = answers(w, 'app.py', 'bomb.rego'), median = times[times.length >> 1];
    console.log(`note: keystroke ${calm.median} ms, beside a policy bomb ${beside.median} ms (up to ${beside.longest} ms), of which the server ${median?.toFixed(1)} ms`);
    if (times.length < 7 || median > 100) throw new Error(`keystrokes wait for policies: ${times}`);
  },
  'what was stopped is told': async (w) => {
    await toast(w, 'POLICY-bomb was not run to its end').first().waitFor();
    await w.shot('bomb');
  },
};
