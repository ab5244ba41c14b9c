// The server's life: restart, crash, its output.
import { until } from '../workbench.mjs';

const found = ['error "gpt-4-turbo"', 'info client.chat.completions.create'];
const initialized = (s) => s.lines().some((l) => l.from === 'server' && l.message?.result?.serverInfo?.name === 'qodacode');

/** Edits the file so that its findings must change, and back. */
async function edits(w) {
  await w.click('gpt-4-turbo');
  await w.page.keyboard.press('x');
  await w.underlined('no error');
  await w.page.keyboard.press('Backspace');
  await w.underlined(...found);
}

export const steps = {
  'a file is open': async (w) => {
    await w.open('app.py');
    await w.underlined(...found);
    await edits(w);
  },
  'Restart Server starts another one, and ends the first properly': async (w) => {
    const [first, ...more] = w.servers();
    if (more.length) throw new Error('more than one server runs');
    await w.command('qodacode: Restart Server');
    await until('a second server', () => w.servers().length === 2 && initialized(w.servers()[1]));
    await until('the first ends', () => !alive(first.pid));
    const said = first.lines(), { id } = said.find((l) => l.message?.method === 'shutdown')?.message ?? {};
    if (!said.some((l) => l.from === 'server' && l.message?.id === id && 'result' in l.message && !l.message.method)) throw new Error('the first server did not shut down in an orderly way');
    await w.underlined(...found);
    await edits(w);
  },
  'a server that is killed comes back': async (w) => {
    for (let crash = 1; crash <= 2; crash++) {
      const last = w.servers().at(-1);
      process.kill(last.pid, 'SIGKILL');
      await until('another server', () => w.servers().length === 2 + crash && initialized(w.servers().at(-1)), 30_000);
      await w.underlined(...found);
      await edits(w);
      const rows = await w.problems(/gpt-4-turbo retire/);
      if (rows.filter((r) => /gpt-4-turbo retire/.test(r)).length !== 1) throw new Error('findings stand twice: ' + rows.join('\n'));
      await w.page.keyboard.press('Control+J');
    }
  },
  'a server that keeps crashing stays down, and says so': async (w) => {
    let kills = 0, end = Date.now() + 90_000;
    const message = w.page.locator('.notification-toast', { hasText: /has crashed 5 times/ });
    while (!(await message.isVisible())) {
      const last = w.servers().at(-1);
      if (alive(last.pid) && initialized(last)) {
        process.kill(last.pid, 'SIGKILL');
        if (++kills > 6) throw new Error('it is started again and again');
      }
      if (Date.now() > end) throw new Error('nobody is told');
      await w.page.waitForTimeout(100);
    }
    await w.shot('crashed');
    await w.command('qodacode: Restart Server');
    await w.underlined(...found);
    await edits(w);
  },
  'debug information says what is needed to help': async (w) => {
    await w.command('qodacode: Print Debug Information');
    await until('debug information', () => /bin\/qodacode/.test(w.output()) && /0\.\d+\.\d+/.test(w.output()) || { output: w.output() });
    await w.page.locator('.part.panel .view-lines:visible').first().waitFor();
  },
  'nothing is left when the window closes': async (w) => {
    const last = w.servers().at(-1);
    await w.page.goto('about:blank');
    await w.close();
    await until('the server ends', () => !alive(last.pid), 10_000);
  },
};

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
