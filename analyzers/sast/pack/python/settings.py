import os
import tempfile

import jinja2
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from flask import Flask, make_response, request
from flask_cors import CORS

app = Flask(__name__)
api = FastAPI()
COOKIE_OPEN = False
FLAGS = {"cookie": False}


# ---- cookies ----
@app.route("/")
def cookies(token, options, settings):
    response = make_response("ok")
    # ruleid: insecure-cookie
    response.set_cookie("session", token)
    # ruleid: insecure-cookie
    response.set_cookie("session", value=token, httponly=True)
    # ruleid: insecure-cookie
    response.set_cookie(key="session", value=token, max_age=60)
    # ruleid: insecure-cookie-flag
    response.set_cookie("session", token, secure=False)
    # ruleid: insecure-cookie-flag
    response.set_cookie("session", token, secure=COOKIE_OPEN, httponly=True)
    # ruleid: insecure-cookie-flag
    response.set_cookie("session", token, secure=FLAGS["cookie"])
    # ok: insecure-cookie, insecure-cookie-flag
    response.set_cookie("session", token, secure=True, httponly=True)
    # ok: insecure-cookie, insecure-cookie-flag
    response.set_cookie("session", token, secure=settings.secure)
    # ok: insecure-cookie-flag
    response.set_cookie("session", "", secure=False)
    # ok: insecure-cookie
    response.set_cookie("session", token, **options)
    # ok: insecure-cookie
    response.set_cookie("session", "", max_age=0)
    # ok: insecure-cookie
    response.delete_cookie("session")
    # ok: insecure-cookie
    jar.set_cookie(cookie)
    # ruleid: cookie-not-httponly
    response.set_cookie("session", token, secure=True, httponly=False)
    # ruleid: cookie-not-httponly
    response.set_cookie(key="access_token", value=token, secure=True, httponly=False)
    # ok: cookie-not-httponly
    response.set_cookie("csrf_token", token, secure=True, httponly=False)
    # ok: cookie-not-httponly
    response.set_cookie("theme", "dark", secure=True, httponly=False)
    # ok: cookie-not-httponly
    response.set_cookie("session", token, secure=True, httponly=True)
    return response


# ruleid: insecure-session-cookie
app.config["SESSION_COOKIE_SECURE"] = False
# ruleid: insecure-session-cookie
SESSION_COOKIE_SECURE = False
# ruleid: insecure-session-cookie
app.config.update(DEBUG=False, SESSION_COOKIE_SECURE=False)
# ok: insecure-session-cookie
app.config["SESSION_COOKIE_SECURE"] = True
# ok: insecure-session-cookie
CSRF_COOKIE_SECURE = not app.debug
# ok: insecure-session-cookie
app.config.update(SESSION_COOKIE_SECURE=True)
# ruleid: cookie-not-httponly
app.config["SESSION_COOKIE_HTTPONLY"] = False

# ---- origins ----
# ruleid: cors-any-origin
api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"])
# ok: cors-any-origin
api.add_middleware(CORSMiddleware, allow_origins=["*"])
# ok: cors-any-origin
api.add_middleware(CORSMiddleware, allow_origins=["https://example.com"], allow_credentials=True)
# ruleid: cors-any-origin
CORS(app, supports_credentials=True)
# ruleid: cors-any-origin
CORS(app, origins="*", supports_credentials=True)
# ok: cors-any-origin
CORS(app)


@app.after_request
def repeat_origin(response):
    # ruleid: cors-any-origin
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin")
    return response


# ---- debuggers ----
def main():
    # ruleid: debug-mode
    app.run(debug=True)
    # ruleid: debug-mode
    app.run("0.0.0.0", port=80, debug=True)
    # ok: debug-mode
    app.run()
    # ok: debug-mode
    app.run(debug=os.environ.get("APP_DEBUG") == "1")
    # ruleid: debug-mode
    app.config["DEBUG"] = True
    # ok: debug-mode
    app.config["DEBUG"] = False


# ---- temporary files ----
def temporary():
    # ruleid: insecure-temp-file
    a = tempfile.mktemp()
    # ruleid: insecure-temp-file
    b = open("/tmp/state.json", "w")
    # ruleid: insecure-temp-file
    c = os.tmpnam()
    # ok: insecure-temp-file
    d, name = tempfile.mkstemp()
    # ok: insecure-temp-file
    e = tempfile.NamedTemporaryFile()
    # ok: insecure-temp-file
    f = open("/tmp/state.json")


# ---- templates ----
# ruleid: autoescape-off
env = jinja2.Environment(autoescape=False)
# ruleid: autoescape-off
app.jinja_env.autoescape = False
OFF = False
# ruleid: autoescape-off
env2 = jinja2.Environment(loader=None, autoescape=OFF)
# ok: autoescape-off
env3 = jinja2.Environment(autoescape=True)
# ok: autoescape-off
env4 = jinja2.Environment(autoescape=jinja2.select_autoescape())
# ok: autoescape-off
env5 = jinja2.Environment()
