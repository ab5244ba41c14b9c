// Draws the pictures of the walkthrough: node media/generate.mjs
import { writeFileSync } from 'node:fs';

const theme = { paper: '#1f2330', bar: '#171a24', ink: '#d6dbe8', muted: '#7d879c', keyword: '#c792ea', text: '#c3e88d', name: '#82aaff', number: '#f78c6c', error: '#ff6b6b', warning: '#ffb454', good: '#5fd39a', accent: '#84a5ff', card: '#262b3a', rule: '#343a4d' };
const mono = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace";
const sans = "system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,sans-serif";
const escape = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Code: [[color, text], …] with characters of one width, so that what stands below them can be placed. */
const width = 7.83;
const code = (x, y, ...parts) => {
  let at = x;
  return parts.map(([color, text]) => {
    const t = `<text x="${at.toFixed(1)}" y="${y}" fill="${theme[color] ?? color}" font-family="${mono}" font-size="13" xml:space="preserve" textLength="${(text.length * width).toFixed(1)}">${escape(text)}</text>`;
    at += text.length * width;
    return t;
  }).join('');
};
const words = (x, y, color, size, text, extra = '') => `<text x="${x}" y="${y}" fill="${theme[color] ?? color}" font-family="${sans}" font-size="${size}" ${extra}>${escape(text)}</text>`;
const box = (x, y, w, h, fill, extra = '') => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${theme[fill] ?? fill}" ${extra}/>`;
const squiggle = (column, columns, y, color, x = 32) => {
  let d = `M${(x + column * width).toFixed(1)} ${y}`;
  for (let i = 0; i < (columns * width) / 6; i++) d += `q1.5 -3 3 0t3 0`;
  return `<path d="${d}" fill="none" stroke="${theme[color]}" stroke-width="1.4"/>`;
};
const window = (title, body, height = 330) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 ${height}" width="560" height="${height}">
<rect width="560" height="${height}" rx="12" fill="${theme.paper}"/><path d="M0 34V12A12 12 0 0 1 12 0H548A12 12 0 0 1 560 12V34z" fill="${theme.bar}"/>
${['#ff5f57', '#febc2e', '#28c840'].map((c, i) => `<circle cx="${20 + 18 * i}" cy="17" r="5" fill="${c}"/>`).join('')}${words(280, 21.5, 'muted', 12, title, 'text-anchor="middle"')}
${body}
</svg>
`;
const save = (name, svg) => writeFileSync(new URL(name, import.meta.url), svg);

const x = 32;
const inkLine = (y, ...parts) => code(x, y, ...parts);

save('findings.svg', window('agent.py', [
  inkLine(66, ['keyword', 'from'], ['ink', ' openai '], ['keyword', 'import'], ['ink', ' OpenAI']),
  inkLine(106, ['ink', 'client = '], ['name', 'OpenAI'], ['ink', '(api_key='], ['text', '"sk-proj-7Qx2…"'], ['ink', ')']),
  squiggle(24, 14, 112, 'error'),
  inkLine(146, ['keyword', 'while True'], ['ink', ':']),
  squiggle(0, 10, 152, 'warning'),
  inkLine(170, ['ink', '    reply = client.responses.'], ['name', 'create'], ['ink', '(model='], ['text', '"gpt-4-turbo"'], ['ink', ')']),
  squiggle(42, 13, 176, 'warning'),
  box(20, 204, 520, 110, 'card', `rx="8" stroke="${theme.rule}"`),
  ...[['error', 'A secret in the code', 'SECRET-openai-api-key'], ['warning', 'Only what the model answers ends this loop', 'ARCH-001'], ['warning', 'gpt-4-turbo is retired; requests to it fail', 'COST-009']].map(([color, text, id], i) =>
    `<circle cx="40" cy="${230 + 30 * i}" r="5" fill="${theme[color]}"/>` + words(56, 234.5 + 30 * i, 'ink', 13, text) + words(526, 234.5 + 30 * i, 'muted', 11.5, id, 'text-anchor="end"')),
].join('\n')));

save('fix.svg', window('agent.py', [
  inkLine(66, ['ink', 'reply = client.responses.'], ['name', 'create'], ['ink', '(']),
  inkLine(90, ['ink', '    model='], ['text', '"gpt-4-turbo"'], ['ink', ',']),
  squiggle(10, 13, 96, 'warning'),
  box(110, 108, 424, 204, 'card', `rx="8" stroke="${theme.rule}"`),
  words(128, 132, 'muted', 11.5, 'Quick Fix'),
  box(118, 144, 408, 30, '#3b4d86', 'rx="5"'),
  ...['Use gpt-6-luna, with the arguments that it takes', 'Move the secret to the environment', 'Bound the loop: recursion_limit=25', 'Silence COST-009 in this line, with a reason'].map((text, i) =>
    `<path d="M135 ${152 + 38 * i}a6 6 0 0 1 3.500 11v3h-7v-3a6 6 0 0 1 3.500 -11z" fill="${i === 0 ? theme.warning : theme.accent}"/>` + words(154, 164 + 38 * i, 'ink', 13.5, text)),
].join('\n')));

save('cost.svg', window('agent.py', [
  words(x, 64, 'muted', 11.5, '≈ $0.03/run · ≈ $31/month'),
  inkLine(86, ['keyword', 'def '], ['name', 'answer'], ['ink', '(ticket):']),
  inkLine(110, ['keyword', '    for'], ['ink', ' step '], ['keyword', 'in'], ['ink', ' '], ['name', 'range'], ['ink', '('], ['number', '5'], ['ink', '):']),
  inkLine(134, ['ink', '        reply = agent.'], ['name', 'run'], ['ink', '(ticket)']),
  box(302, 120, 112, 19, 'card', 'rx="4"') + words(358, 134, 'muted', 12, '≈ $0.0063/call', 'text-anchor="middle"'),
  box(20, 166, 520, 112, 'card', `rx="10" stroke="${theme.rule}"`),
  ...[['run', '≈ $0.03', 'ink'], ['month', '≈ $31', 'ink'], ['worst case', '≤ $0.32', 'ink'], ['could be saved', '$24', 'good']].map(([label, value, color], i) =>
    words(40 + 128 * i, 208, 'muted', 12, label) + words(40 + 128 * i, 240, color, 21, value, 'font-weight="600"')),
  `<path d="M0 296h560v22a12 12 0 0 1 -12 12H12a12 12 0 0 1 -12 -12z" fill="#2b4a9b"/>`,
  `<path d="M24 306l7 2.500v5c0 4 -3 7 -7 8.500c-4 -1.500 -7 -4.500 -7 -8.500v-5z" fill="none" stroke="#fff" stroke-width="1.400"/>`,
  words(38, 318, '#fff', 12.5, '2 · ≈ $0.03/run'),
].join('\n')));

const node = (cx, cy, name, detail, color, w = 128) => box(cx - w / 2, cy - 25, w, 50, 'card', `rx="9" stroke="${theme[color]}" stroke-width="1.600"`) + words(cx, cy - 2, 'ink', 14, name, 'text-anchor="middle" font-weight="600"') + words(cx, cy + 15, 'muted', 11.5, detail, 'text-anchor="middle"');
save('graph.svg', window('Agent graph', [
  `<defs><marker id="m" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="${theme.muted}"/></marker><marker id="w" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="${theme.warning}"/></marker></defs>`,
  ...[['M84 150H128', 'muted'], ['M256 150H344', 'muted'], ['M408 175V222', 'muted'], ['M344 247H264Q192 247 192 181', 'warning'], ['M472 247H500', 'muted']].map(([d, c]) => `<path d="${d}" fill="none" stroke="${theme[c]}" stroke-width="2" ${c === 'warning' ? 'stroke-dasharray="6 4"' : ''} marker-end="url(#${c === 'warning' ? 'w' : 'm'})"/>`),
  `<circle cx="66" cy="150" r="15" fill="${theme.ink}"/><path d="M61.500 143v14l11 -7z" fill="${theme.paper}"/>`,
  node(192, 150, 'writer', 'gpt-6-luna', 'accent'), node(408, 150, 'tools', '3 tools', 'good'), node(408, 247, 'critic', 'gpt-6-luna', 'warning'),
  `<circle cx="517" cy="247" r="14" fill="none" stroke="${theme.ink}" stroke-width="2.500"/><rect x="511.500" y="241.500" width="11" height="11" rx="2" fill="${theme.ink}"/>`,
  words(218, 280, 'warning', 12, 'the model alone ends this loop', 'text-anchor="middle"'),
  words(280, 76, 'muted', 12.5, '3 nodes, 1 loop · a click goes to the line', 'text-anchor="middle"'),
].join('\n')));
