// Runs scenarios/NAME.mjs in a window of its own and ends with 0 if every step held.
import { Workbench } from './workbench.mjs';

const scenario = await import(`./scenarios/${process.argv[2]}.mjs`);
let window, failed = false;
try {
  window = await Workbench.start(scenario.options ?? {});
  for (const [name, step] of Object.entries(scenario.steps)) {
    const begin = performance.now();
    try {
      await step(window);
    } catch (e) {
      failed = true;
      console.log(`FAIL ${name}: ${e.stack ?? e}`);
      await window.shot('fail').catch(() => {});
      break;
    }
    console.log(`ok   ${name} (${Math.round(performance.now() - begin)} ms)`);
  }
  const away = window.awayRequests();
  console.log(`${away.length ? 'FAIL' : 'ok  '} no request off loopback${away.map((a) => '\n       ' + a).join('')}`);
  failed ||= away.length > 0;
  if (window.errors.length) console.log('errors of the page:\n' + window.errors.join('\n'));
} catch (e) {
  failed = true;
  console.log('FAIL the window opens:', e.stack ?? e);
} finally {
  await window?.close();
}
process.exit(failed ? 1 : 0);
