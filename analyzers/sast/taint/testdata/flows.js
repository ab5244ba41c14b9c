// Lines that end with an arrow are reported.
import {request} from 'web';

function direct() {
  const x = source();
  sink(`a ${x}`); // <-
  sink(x || 1); // <-
  sink(x ? 1 : 2);
  x.sink(); // <-
  element.innerHTML = '<b>' + x; // <-
  element.innerHTML = clean(x);
  sink(Number(x), parseInt(x, 10), x === 'a', typeof x);
}

function destructuring({a, b} = source()) {
  sink(a); // <-
  const {c, d: {e}} = {c: source(), d: {e: 1}};
  sink(c); // <-
  sink(e);
  const [f, ...g] = [1, source(), 2];
  sink(f);
  sink(g[0]); // <-
  sink(g[1]);
  const h = {...{i: source()}, j: 1};
  sink(h.i); // <-
  sink(h.j);
}

function scopes() {
  let x = source();
  {
    let x = 1;
    sink(x);
  }
  sink(x); // <-
  hoisted(x);
  function hoisted(v) {
    sink(v); // <-
  }
}

function callbacks(list) {
  source().forEach(x => sink(x)); // <-
  source().then(x => x.y).then(y => sink(y)); // <-
  list.forEach(x => sink(x));
  sink([source()].map(x => 'a'));
  sink(['a'].map(x => source() + x)); // <-
  const f = (v) => { sink(v); }; // <-
  f(source());
  const captured = source();
  app.get('/', () => sink(captured)); // <-
  sink(source().reduce((a, b) => a + b, '')); // <-
}

async function promises() {
  const x = await new Promise((resolve) => resolve(source()));
  sink(x); // <-
  const [a, b] = await Promise.all([source(), 1]);
  sink(a); // <-
  sink(b);
}

class Store {
  constructor(v) {
    this.v = v;
    this.w = 'w';
  }
  get value() {
    return this.v;
  }
  static same(v) {
    return v;
  }
}

class Child extends Store {
  constructor(v) {
    super(v);
  }
}

function instances() {
  sink(new Store(source()).v); // <-
  sink(new Child(source()).value); // <-
  sink(new Child(source()).w);
  sink(Store.same(source())); // <-
  const m = new Map();
  m.set('a', source());
  sink(m.get('a')); // <-
  sink(m.get('b'));
}

function branches(n) {
  let x = source();
  switch (n) {
    case 1:
      x = 'a';
      break;
    default:
      x = 'b';
  }
  sink(x);
  switch (2) {
    case 1:
      x = source();
      break;
    case 2:
      sink(x);
    case 3:
      x = source();
  }
  sink(x); // <-
}

function guards(list) {
  const x = source();
  if (['a', 'b'].includes(x)) {
    sink(x);
  }
  if (!/^[a-z]+$/.test(x)) {
    sink(x); // <-
    return;
  }
  sink(x);
  const y = source();
  if (['a'].indexOf(y) === -1) return;
  sink(y);
  const z = source();
  if (typeof z !== 'number') throw new Error('no');
  sink(z);
}

function wrapped() {
  const alias = request;
  sink(alias.args.x); // <-
  sink(alias.path);
  redirect(`https://example.org/${source()}`);
  redirect('//' + source()); // <-
}

module.exports = {
  handler(v) {
    sink(source()); // <-
  },
};

function once() {
  const x = source();
  do {
    hush(x);
  } while (0);
  sink(x); // <-
  do {
    if (quiet()) break;
  } while (true);
  sink(x); // <-
}
