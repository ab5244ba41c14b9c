import cookieSession from "cookie-session";
import cors from "cors";
import express from "express";
import session from "express-session";
import fs, { createWriteStream } from "fs";
import { cookies } from "next/headers";

const app = express();
const options = { secure: true };

// ---- cookies ----
app.get("/", async (req, res) => {
  // ruleid: insecure-cookie
  res.cookie("session", token);
  // ruleid: insecure-cookie
  res.cookie("session", token, { httpOnly: true });
  // ruleid: insecure-cookie
  res.status(200).cookie("session", token, { maxAge: 60 });
  // ok: insecure-cookie
  res.cookie("session", token, { httpOnly: true, secure: true });
  // ok: insecure-cookie, insecure-cookie-flag
  res.cookie("session", token, { secure: process.env.NODE_ENV === "production" });
  // ok: insecure-cookie
  res.cookie("session", token, options);
  // ok: insecure-cookie
  res.cookie("session", token, { ...options, httpOnly: true });
  // ok: insecure-cookie
  res.clearCookie("session");
  // ruleid: insecure-cookie-flag
  res.cookie("session", token, { secure: false });
  const jar = await cookies();
  // ruleid: insecure-cookie-flag
  jar.set("session", token, { httpOnly: true, secure: false });
  // ruleid: cookie-not-httponly
  res.cookie("session", token, { secure: true, httpOnly: false });
  // ok: cookie-not-httponly
  res.cookie("csrf_token", token, { secure: true, httpOnly: false });
  // ok: cookie-not-httponly
  res.cookie("theme", "dark", { secure: true, httpOnly: false });
  // ok: cookie-not-httponly
  res.cookie("session", token, { secure: true, httpOnly: true });
});
// ruleid: insecure-cookie-flag
app.use(session({ secret, cookie: { httpOnly: true, secure: false } }));
// ok: insecure-cookie-flag
app.use(session({ secret, cookie: { secure: true } }));
// ok: insecure-cookie-flag
app.use(session({ secret }));
// ruleid: cookie-not-httponly
app.use(session({ secret, cookie: { httpOnly: false } }));
// ruleid: cookie-not-httponly
app.use(cookieSession({ keys, httpOnly: false }));

// ---- origins ----
// ruleid: cors-any-origin
app.use(cors({ origin: true, credentials: true }));
// ruleid: cors-any-origin
app.use(cors({ credentials: true, origin: "*" }));
// ok: cors-any-origin
app.use(cors({ origin: "*" }));
// ok: cors-any-origin
app.use(cors({ origin: ["https://example.com"], credentials: true }));
// ok: cors-any-origin
app.use(cors());
app.use((req, res, next) => {
  // ruleid: cors-any-origin
  res.setHeader("Access-Control-Allow-Origin", req.headers.origin);
  next();
});

// ---- temporary files ----
// ruleid: insecure-temp-file
fs.writeFileSync("/tmp/report.json", text);
// ruleid: insecure-temp-file
const out = createWriteStream("/tmp/out.log");
// ruleid: insecure-temp-file
fs.promises.appendFile("/tmp/state", text);
// ok: insecure-temp-file
fs.writeFileSync(path.join(folder, "report.json"), text);
// ok: insecure-temp-file
fs.readFileSync("/tmp/report.json");
// ok: insecure-temp-file
fs.writeFileSync("/srv/report.json", text);
