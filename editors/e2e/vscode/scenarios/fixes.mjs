// A quick fix of every family, chosen in the menu and saved to disk.
const has = (...parts) => (content) => parts.every((p) => content.includes(p));

export const steps = {
  'the model is swapped': async (w) => {
    await w.open('app.py');
    await w.underlined('error "gpt-4-turbo"', 'info client.chat.completions.create');
    await w.fix('gpt-4-turbo', /Replace gpt-4-turbo with/);
    await w.underlined('no error "gpt-4-turbo"', 'info client.chat.completions.create');
    await w.save('app.py', (c) => !c.includes('gpt-4-turbo') && /😀é " \+ ticket\}\], model="gpt-[\w.-]+"/.test(c));
  },
  'the model is swapped in TypeScript': async (w) => {
    await w.show('app.ts');
    await w.underlined("error 'gpt-4-turbo'", 'info client.responses.create');
    await w.fix('gpt-4-turbo', /Replace gpt-4-turbo with/);
    await w.underlined("no error 'gpt-4-turbo'", 'info client.responses.create');
    await w.save('app.ts', (c) => !c.includes('gpt-4-turbo') && /join\('\\n'\)\}`, model: 'gpt-[\w.-]+'/.test(c));
  },
  'the answer is capped': async (w) => {
    await w.show('batch.py');
    await w.underlined('warning client.responses.create');
    await w.fix('responses.create', /Cap the answer at \d+ tokens/);
    await w.underlined('no warning client.responses.create');
    await w.save('batch.py', has('input="😀é " + ticket, model="gpt-5.6-luna", max_output_tokens=1000)'));
  },
  'the secret moves to the environment': async (w) => {
    await w.show('secret.py');
    await w.underlined('warning c2f1b7e94d5a4c0e8a6f3d91b07e52ac');
    await w.fix('c2f1b7e94d5a4c0e', /Read the secret from os\.environ\["SEARCH_API_KEY"\]$/);
    await w.underlined('no warning c2f1b7e94d5a4c0e8a6f3d91b07e52ac');
    await w.save('secret.py', has('import os\n', 'GREETING = "😀é"; SEARCH_API_KEY = os.environ["SEARCH_API_KEY"]\n'));
  },
  'the fix keeps CR LF': async (w) => {
    await w.show('crlf.py');
    await w.underlined('warning c2f1b7e94d5a4c0e8a6f3d91b07e52ac');
    await w.fix('c2f1b7e94d5a4c0e', /Read the secret from os\.environ\["SEARCH_API_KEY"\]$/);
    await w.underlined('no warning c2f1b7e94d5a4c0e8a6f3d91b07e52ac');
    await w.save('crlf.py', (c) => c.includes('SEARCH_API_KEY = os.environ["SEARCH_API_KEY"]\r\n') && c.includes('import os\r\n') && !/[^\r]\n/.test(c));
  },
  'the fix keeps the byte order mark first': async (w) => {
    await w.show('bom.py');
    await w.underlined('warning c2f1b7e94d5a4c0e8a6f3d91b07e52ac');
    await w.fix('c2f1b7e94d5a4c0e', /Read the secret from os\.environ\["SEARCH_API_KEY"\]$/);
    await w.underlined('no warning c2f1b7e94d5a4c0e8a6f3d91b07e52ac');
    await w.save('bom.py', (c) => c.startsWith('\ufeff') && c.lastIndexOf('\ufeff') === 0 && c.includes('; SEARCH_API_KEY = os.environ["SEARCH_API_KEY"]\n'));
  },
  'the loop is bounded': async (w) => {
    await w.show('agent.py');
    await w.underlined('info init_chat_model', 'warning add_node("writer", writer)', 'warning add_conditional_edges("critic", is_good)');
    await w.fix('add_conditional_edges', 'Stop after 25 steps (recursion limit)');
    await w.underlined('no warning add_node("writer", writer)', 'no warning add_conditional_edges("critic", is_good)', 'info init_chat_model');
    await w.save('agent.py', has('"recursion_limit": 25'));
  },
  'a statement gets parameters': async (w) => {
    await w.show('tools.py');
    await w.underlined('warning query');
    await w.fix('query)', /Give the values to the driver as parameters/);
    await w.underlined('no warning query');
    await w.save('tools.py', has("note = '😀é' AND customer = ?\"", 'orders.execute(query, (customer,)).fetchall()'));
  },
  'a finding is suppressed with a reason': async (w) => {
    await w.show('agent.py');
    await w.fix('init_chat_model(', /Suppress COST-003 here/);
    await w.underlined('no info init_chat_model');
    await w.save('agent.py', (c) => /# qodacode:ignore COST-003 -- /.test(c));
  },
};
