// Loaded into every Node process of code-server: refuses connections off loopback, and notes them.
const net = require('node:net');
const dns = require('node:dns');
const fs = require('node:fs');

const note = (what) => fs.appendFileSync(process.env.E2E_OFF_LOOPBACK, `${what} (${process.argv[1]})\n`);
const local = (host) => host === undefined || host === 'localhost' || host === '::1' || /^127\./.test(host);
const refused = (host) => Object.assign(new Error(`refused by the test: ${host}`), { code: 'ECONNREFUSED' });

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof options === 'object' ? (options.path ? undefined : options.host) : typeof options === 'number' ? args[1] : undefined;
  if (typeof host !== 'string' || local(host)) return connect.apply(this, args);
  note(`connect ${host}`);
  process.nextTick(() => this.destroy(refused(host)));
  return this;
};
const lookup = dns.lookup;
dns.lookup = function (host, ...rest) {
  if (local(host) || net.isIP(host)) return lookup.call(this, host, ...rest);
  note(`look up ${host}`);
  process.nextTick(rest.at(-1), refused(host));
};
