'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : null;
  const $ = (id) => document.getElementById(id);
  const stage = $('stage');
  let current = -1, svg = null, view = null, at = { x: 0, y: 0, k: 1 };

  // Texts of the code are only ever set as text, never as markup.
  const make = (tag, className, text) => {
    const e = document.createElement(tag);
    if (className) e.className = className;
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const plural = (n, what) => n + ' ' + what + (n === 1 ? '' : 's');
  const label = (name) => ({ '__start__': 'start', '__end__': 'end', '': '(unnamed)' })[name] ?? name;
  const structure = new Set(['tool', 'assign', 'context', 'contains', 'calls', 'guardrail']);

  // Themes: the reader's, the editor's, or the one that was chosen.
  const night = matchMedia('(prefers-color-scheme: dark)');
  let chosen = null;
  const paint = () => {
    const c = document.body.classList;
    const dark = chosen ?? (c.contains('vscode-light') ? false : c.contains('vscode-dark') || c.contains('vscode-high-contrast') || night.matches);
    document.documentElement.classList.toggle('dark', dark);
    return dark;
  };
  night.addEventListener('change', paint);
  new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  const turn = () => { chosen = !paint(); paint(); };
  paint();

  // Moving around.
  const apply = () => view?.setAttribute('transform', `translate(${at.x} ${at.y}) scale(${at.k})`);
  const zoom = (factor, x, y) => {
    const k = Math.min(6, Math.max(0.02, at.k * factor));
    at = { x: x - (x - at.x) * k / at.k, y: y - (y - at.y) * k / at.k, k };
    apply();
  };
  const middle = () => [stage.clientWidth / 2, stage.clientHeight / 2];
  const fit = () => {
    if (!svg) return;
    const w = +svg.dataset.width, h = +svg.dataset.height, pad = 40;
    const legend = document.querySelector(`svg.legend[data-graph="${current}"]`);
    const foot = legend && getComputedStyle(legend).display !== 'none' ? +legend.getAttribute('height') + 14 : 0;
    const W = stage.clientWidth, H = stage.clientHeight - foot;
    const k = Math.min(1.4, Math.max(0.02, Math.min((W - 2 * pad) / w, (H - 2 * pad) / h)));
    at = { x: (W - w * k) / 2, y: (H - h * k) / 2, k };
    apply();
  };
  const centre = (element) => {
    const b = element.getBBox(), k = Math.max(at.k, 0.8);
    at = { x: stage.clientWidth / 2 - (b.x + b.width / 2) * k, y: stage.clientHeight / 2 - (b.y + b.height / 2) * k, k };
    apply();
  };
  const held = new Map();
  let moved = 0;
  const point = (e) => { const r = stage.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
  for (const s of document.querySelectorAll('svg.graph')) {
    s.addEventListener('wheel', (e) => {
      e.preventDefault();
      zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : e.ctrlKey ? 0.01 : 0.0016)), ...point(e));
    }, { passive: false });
    s.addEventListener('pointerdown', (e) => { held.set(e.pointerId, point(e)); moved = 0; });
    s.addEventListener('pointermove', (e) => {
      const before = held.get(e.pointerId);
      if (!before) return;
      const now = point(e), others = [...held].filter(([id]) => id !== e.pointerId).map(([, p]) => p);
      if (others.length) {
        const d = (p) => Math.hypot(p[0] - others[0][0], p[1] - others[0][1]) || 1;
        zoom(d(now) / d(before), ...others[0]);
      } else {
        at.x += now[0] - before[0];
        at.y += now[1] - before[1];
        apply();
      }
      moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (moved > 4 && !s.hasPointerCapture(e.pointerId)) { s.setPointerCapture(e.pointerId); s.classList.add('held'); }
      held.set(e.pointerId, now);
    });
    const drop = (e) => { held.delete(e.pointerId); s.classList.remove('held'); };
    s.addEventListener('pointerup', drop);
    s.addEventListener('pointercancel', drop);
    s.addEventListener('click', (e) => {
      if (moved > 4) return;
      const g = e.target.closest('.node, .edge');
      if (!g) return clear();
      if (g.classList.contains('node')) pick(+g.dataset.i); else pickLine(+g.dataset.i);
    });
    for (const g of s.querySelectorAll('.node')) {
      g.setAttribute('tabindex', '0');
      g.setAttribute('role', 'button');
      g.addEventListener('keydown', (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); e.stopPropagation(); pick(+g.dataset.i); } });
    }
  }

  // What is lit: nodes by name, and the lines between them that pass.
  const clear = () => {
    svg?.classList.remove('dim');
    for (const e of document.querySelectorAll('.lit, .picked, .row.lit')) e.classList.remove('lit', 'picked');
    for (const e of document.querySelectorAll('#about .row.on')) e.classList.remove('on');
    $('detail').hidden = true;
  };
  const light = (names, passes) => {
    clear();
    const g = data.graphs[current], set = new Set(names);
    svg.classList.add('dim');
    for (const e of svg.querySelectorAll('.node')) if (set.has(g.nodes[+e.dataset.i].name)) e.classList.add('lit');
    for (const e of svg.querySelectorAll('.edge, .label')) {
      if (data.lines[current][+e.dataset.i].some((i) => passes(g.edges[i], set))) e.classList.add('lit');
    }
  };
  const place = (path, line) => {
    const e = make('button', 'place', path + ':' + line);
    e.title = editor ? 'Open in the editor' : 'Copy';
    e.addEventListener('click', () => {
      if (editor) editor.postMessage({ type: 'open', path, line });
      else navigator.clipboard?.writeText(path + ':' + line).then(() => { e.textContent = 'copied'; setTimeout(() => { e.textContent = path + ':' + line; }, 900); }, () => {});
    });
    return e;
  };
  const panel = (title) => {
    const d = $('detail');
    d.replaceChildren();
    const close = make('button', 'close', '×');
    close.setAttribute('aria-label', 'Close');
    close.addEventListener('click', clear);
    d.append(close, make('h2', '', title));
    d.hidden = false;
    return d;
  };
  const facts = (d, rows) => {
    const list = make('dl');
    for (const [name, value] of rows) if (value !== undefined && value !== '') list.append(make('dt', '', name), make('dd', '', value));
    d.append(list);
  };
  const limit = (l) => l && l.value ? `${l.what} ${l.value}${l.source === 'default' ? ' (default)' : ''}` : undefined;
  const neighbours = (d, title, edges, end) => {
    if (!edges.length) return;
    d.append(make('h3', '', title));
    for (const e of edges.slice(0, 60)) {
      const row = make('button', 'row'), text = make('span', '', label(e[end]));
      text.append(make('small', '', [e.kind, e.condition, e.fan_out ? 'many at once' : '', e.provenance === 'inferred' ? 'inferred' : ''].filter(Boolean).join(' · ')));
      row.append(text);
      row.addEventListener('click', () => pick(data.graphs[current].nodes.findIndex((n) => n.name === e[end]), true));
      d.append(row);
    }
    if (edges.length > 60) d.append(make('small', 'summary', `and ${edges.length - 60} more`));
  };
  const pick = (i, go) => {
    const g = data.graphs[current], n = g.nodes[i];
    if (!n) return;
    const out = g.edges.filter((e) => e.from === n.name), into = g.edges.filter((e) => e.to === n.name);
    light([n.name, ...out.map((e) => e.to), ...into.map((e) => e.from)], (e) => e.from === n.name || e.to === n.name);
    const element = svg.querySelector(`.node[data-i="${i}"]`);
    element?.classList.add('picked');
    if (go && element) centre(element);
    const d = panel(label(n.name));
    if (n.path) d.append(place(n.path, n.line));
    facts(d, [['kind', n.kind + (n.implicit ? ', added by the framework' : '')], ['model', n.model], ['tools', n.tools?.join(', ')], ['limit', limit(n.limit)],
      ['also', n.aliases?.join(', ')], ['cost', n.cost ?? (n.kind === 'agent' || n.model ? '–' : undefined)], ['', n.orphan ? 'Nothing leads here.' : undefined]]);
    neighbours(d, 'Leads to', out.filter((e) => !structure.has(e.kind)), 'to');
    neighbours(d, 'Reached from', into.filter((e) => !structure.has(e.kind)), 'from');
    neighbours(d, 'Uses', out.filter((e) => structure.has(e.kind)), 'to');
    neighbours(d, 'Used by', into.filter((e) => structure.has(e.kind)), 'from');
  };
  const pickLine = (i) => {
    const g = data.graphs[current], edges = data.lines[current][i].map((j) => g.edges[j]);
    const own = new Set(edges);
    light(edges.flatMap((e) => [e.from, e.to]), (e) => own.has(e));
    const d = panel(edges.length > 1 ? plural(edges.length, 'edge') : `${label(edges[0].from)} → ${label(edges[0].to)}`);
    for (const e of edges.slice(0, 60)) {
      if (edges.length > 1) d.append(make('h3', '', `${label(e.from)} → ${label(e.to)}`));
      if (e.path) d.append(place(e.path, e.line));
      facts(d, [['kind', e.kind], ['decided by', e.decider], ['condition', e.condition], ['fan-out', e.fan_out ? 'many at once' : undefined], ['read from', e.provenance]]);
    }
  };

  // The sidebar.
  const levels = { counter: 'safe', human: 'safe', 'tool-call': 'safe', external: 'watched', 'llm-verdict': 'risky' };
  const order = ['endless', 'risky', 'watched', 'safe'];
  const level = (l) => levels[l.decider] ?? 'endless';
  const endings = { counter: 'a counter ends it', human: 'a human ends it', 'tool-call': 'ends with the model’s last tool call', external: 'a condition in the code ends it', 'llm-verdict': 'only the model’s verdict ends it' };
  const ending = (l) => {
    let s = endings[l.decider] ?? 'nobody ends it';
    if (l.bound) {
      const b = l.bound.value && !l.bound.expr.includes(l.bound.value) ? `${l.bound.expr} ${l.bound.value}` : l.bound.expr;
      s += l.default ? `; the framework stops it (${b})` : l.effective ? `; ${b}` : `; ${b} has no effect`;
    }
    return s;
  };
  const about = () => {
    const g = data.graphs[current], box = $('about');
    box.replaceChildren();
    if (data.graphs.length === 1) box.append(make('h2', 'summary', label(g.name)));
    box.append(make('p', 'summary', [g.framework + (g.framework_version ? ' ' + g.framework_version : ''), plural(g.nodes.length, 'node'), plural(g.edges.length, 'edge'), limit(g.limit), g.complete ? '' : 'incomplete'].filter(Boolean).join(' · ')));
    const where = make('p', 'summary');
    where.append(place(g.path, g.line));
    box.append(where);
    const list = (title, items) => { if (items.length) box.append(make('h3', '', title), ...items); };
    const row = (dot, text, small, go) => {
      const e = make('button', 'row'), t = make('span', '', text);
      if (small) t.append(make('small', '', small));
      e.append(make('span', 'dot ' + dot), t);
      e.addEventListener('click', () => { go(); e.classList.add('on'); });
      return e;
    };
    const way = (l) => {
      const round = l.nodes.every((n, i) => g.edges.some((e) => e.from === n && e.to === l.nodes[(i + 1) % l.nodes.length] && !structure.has(e.kind)));
      const names = l.nodes.length > 7 ? [...l.nodes.slice(0, 6).map(label), `${l.nodes.length - 6} more`] : l.nodes.map(label);
      return round ? [...names, label(l.nodes[0])].join(' → ') : names.join(' · ');
    };
    list('Loops', g.loops.slice().sort((a, b) => order.indexOf(level(a)) - order.indexOf(level(b))).map((l) => row(level(l), way(l), ending(l),
      () => light(l.nodes, (e, set) => set.has(e.from) && set.has(e.to) && !structure.has(e.kind)))));
    list('Orphans', g.nodes.flatMap((n, i) => n.orphan ? [row('orphan', label(n.name), 'nothing leads here', () => pick(i, true))] : []));
    list('Left open', g.unresolved.map((u) => row('faint', u.reason, `${u.path}:${u.line}`, () => editor?.postMessage({ type: 'open', path: u.path, line: u.line }))));
  };
  const show = (i) => {
    if (i === current || !data.graphs[i]) return;
    clear();
    current = i;
    for (const e of document.querySelectorAll('svg.graph, svg.legend')) e.toggleAttribute('hidden', +e.dataset.graph !== i);
    svg = document.querySelector(`svg.graph[data-graph="${i}"]`);
    view = svg.querySelector('.view');
    [...$('graphs').children].forEach((e, j) => e.classList.toggle('on', j === i));
    about();
    fit();
  };
  if (data.graphs.length > 1) data.graphs.forEach((g, i) => {
    const row = make('button', 'row'), text = make('span', '', label(g.name));
    text.append(make('small', '', `${g.framework} · ${plural(g.nodes.length, 'node')}${g.loops.length ? ' · ' + plural(g.loops.length, 'loop') : ''}`));
    const worst = order.find((o) => g.loops.some((l) => level(l) === o));
    row.append(make('span', 'dot ' + (worst ?? '')), text);
    row.addEventListener('click', () => show(i));
    $('graphs').append(row);
  });

  // Search looks through all graphs.
  const find = () => {
    const q = $('search').value.trim().toLowerCase(), box = $('results');
    box.replaceChildren();
    box.hidden = !q;
    $('graphs').hidden = $('about').hidden = !!q;
    if (!q) return;
    let shown = 0;
    data.graphs.forEach((g, gi) => g.nodes.forEach((n, ni) => {
      if (shown >= 100 || ![n.name, n.model, n.kind, ...(n.tools ?? []), ...(n.aliases ?? [])].some((s) => s?.toLowerCase().includes(q))) return;
      shown++;
      const row = make('button', 'row'), text = make('span', '', label(n.name));
      text.append(make('small', '', [n.kind, n.model, data.graphs.length > 1 ? label(g.name) : ''].filter(Boolean).join(' · ')));
      row.append(text);
      row.addEventListener('click', () => { show(gi); pick(ni, true); });
      box.append(row);
    }));
    if (!shown) box.append(make('p', 'summary', 'Nothing has that name.'));
  };
  $('search').addEventListener('input', find);
  $('search').addEventListener('keydown', (e) => {
    if (e.key === 'Enter') $('results').querySelector('button')?.click();
    if (e.key === 'Escape') { $('search').value = ''; find(); $('search').blur(); }
    e.stopPropagation();
  });
  $('in').addEventListener('click', () => zoom(1.25, ...middle()));
  $('out').addEventListener('click', () => zoom(0.8, ...middle()));
  $('fit').addEventListener('click', fit);
  $('theme').addEventListener('click', turn);
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const act = { '+': () => zoom(1.25, ...middle()), '=': () => zoom(1.25, ...middle()), '-': () => zoom(0.8, ...middle()), '0': fit, f: fit, t: turn, Escape: clear, '/': () => $('search').focus(),
      ArrowLeft: () => { at.x += 60; apply(); }, ArrowRight: () => { at.x -= 60; apply(); }, ArrowUp: () => { at.y += 60; apply(); }, ArrowDown: () => { at.y -= 60; apply(); } }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  addEventListener('resize', fit);
  $('total').textContent = plural(data.graphs.length, 'graph') + ', ' + plural(data.graphs.reduce((n, g) => n + g.nodes.length, 0), 'node');
  if (data.graphs.length) show(0); else $('nothing').hidden = false;
})();
