import crypto, { createCipheriv, createHash, generateKeyPairSync, randomBytes } from "crypto";
import CryptoJS from "crypto-js";
import https from "https";
import * as jose from "jose";
import jwt from "jsonwebtoken";

// ---- hashes ----
function storePassword(password: string) {
  // ruleid: weak-hash
  const a = crypto.createHash("md5").update(password).digest("hex");
  // ruleid: weak-hash
  const b = createHash("sha1");
  const algorithm = "MD5";
  // ruleid: weak-hash
  const c = crypto.createHash(algorithm).update(password);
  // ruleid: weak-hash
  const d = CryptoJS.MD5(password).toString();
  // ok: weak-hash
  const e = createHash("sha256").update(password).digest("hex");
  // ok: weak-hash
  const etag = createHash("md5").update(password).digest("hex");
  // ok: weak-hash
  const g = createHash("md5").update(password).digest("hex").slice(0, 8);
}

function cacheKey(text: string) {
  // ok: weak-hash
  return createHash("sha1").update(text).digest("hex");
}

// ---- ciphers ----
function encrypt(key: Buffer, iv: Buffer) {
  // ruleid: weak-cipher
  const a = createCipheriv("des-ede3-cbc", key, iv);
  // ruleid: weak-cipher
  const b = crypto.createCipheriv("aes-256-ecb", key, null);
  // ruleid: weak-cipher
  const c = crypto.createCipher("aes-256-cbc", "password");
  // ruleid: weak-cipher
  const d = generateKeyPairSync("rsa", { modulusLength: 1024 });
  // ok: weak-cipher
  const e = createCipheriv("aes-256-gcm", key, randomBytes(12));
  // ok: weak-cipher
  const f = crypto.createCipheriv("chacha20-poly1305", key, iv);
  // ok: weak-cipher
  const g = generateKeyPairSync("rsa", { modulusLength: 4096 });
}

// ---- random numbers ----
function makeTokens(req, res) {
  // ruleid: weak-random
  const token = Math.random().toString(36).slice(2);
  const id = `s-${Math.random()}`;
  // ruleid: weak-random
  res.cookie("sid", id, { secure: true });
  // ruleid: weak-random
  req.user.resetCode = Math.floor(Math.random() * 1e6);
  // ok: weak-random
  const secret = crypto.randomBytes(16).toString("hex");
  // ok: weak-random
  const color = Math.floor(Math.random() * 255);
  // ok: weak-random
  const password = readPassword();
}

function generateToken() {
  let out = "";
  for (let i = 0; i < 32; i++) out += LETTERS[Math.floor(Math.random() * LETTERS.length)];
  // ruleid: weak-random
  return `t-${Math.random()}`;
}

// ruleid: weak-random
const sessionToken = () => Math.random().toString(36);

// ---- tokens ----
function claims(req, key) {
  // ruleid: jwt-unverified
  const a = jwt.verify(req.token, key, { algorithms: ["HS256", "none"] });
  // ruleid: jwt-unverified
  const b = jwt.sign({ a: 1 }, null, { algorithm: "none" });
  // ruleid: jwt-unverified
  const d = jose.UnsecuredJWT.decode(req.token);
  // ruleid: jwt-unverified
  const e = jwt.verify(req.token, key, { ignoreExpiration: true });
  // ok: jwt-unverified
  const f = jwt.verify(req.token, key, { algorithms: ["RS256"] });
  // ok: jwt-unverified
  const g = jwt.sign({ a: 1 }, key, { algorithm: "HS256" });
  // ok: jwt-unverified
  const h = jwt.decode(storedToken);
}

function who(req) {
  // ruleid: jwt-unverified
  return jwt.decode(req.headers.authorization.split(" ")[1]);
}

// ---- TLS ----
// ruleid: tls-verification-disabled
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
// ruleid: tls-verification-disabled
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
// ruleid: tls-verification-disabled
request({ url, strictSSL: false });
// ok: tls-verification-disabled
const strict = new https.Agent({ rejectUnauthorized: true });
// ok: tls-verification-disabled
const own = new https.Agent({ ca });
// ok: tls-verification-disabled
process.env.NODE_ENV = "0";
