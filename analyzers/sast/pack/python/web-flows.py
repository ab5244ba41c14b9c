import base64
import html
import io
import json
import os
import pathlib
import pickle
import urllib.parse
import xml.dom.minidom
import xml.sax
import xml.sax.handler

import flask
import httpx
import lxml.etree
import requests
import yaml
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse
from flask import Flask, Response, abort, jsonify, make_response, redirect, render_template, request, send_file, send_from_directory, session, url_for
from markupsafe import Markup, escape
from werkzeug.utils import secure_filename

app = Flask(__name__)
api = APIRouter()
FOLDER = pathlib.Path("/srv/files")
API_URL = os.environ["API_URL"]
HOSTS = {"example.com"}


# ---- HTML ----
@app.route("/a")
def hello():
    # ruleid: xss
    return "<h1>Hello %s</h1>" % request.args["name"]


@app.route("/a2", methods=["POST"])
def collected():
    page = ""
    for name in request.form.keys():
        page += f"<li>{name}</li>"
    # ruleid: xss
    return page, 200


@app.route("/a3/<name>")
def safe_pages(name):
    if name == "a":
        # ok: xss
        return f"<h1>{escape(name)}</h1>"
    if name == "b":
        # ok: xss
        return render_template("a.html", name=name)
    if name == "c":
        # ok: xss
        return jsonify(name=name)
    if name == "d":
        # ok: xss
        return {"name": name}
    if name == "e":
        # ok: xss
        return name, 200, {"Content-Type": "text/plain"}
    if name == "f":
        # ok: xss
        return Response(name, mimetype="text/plain")
    if name == "g":
        # ok: xss
        return "<b>" + name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</b>"
    # ok: xss
    return "<h1>Hello</h1>"


@app.route("/a6", methods=["POST"])
def round_trips():
    packed = json.dumps({"name": request.form["name"]})
    given = json.loads(packed)["name"]
    coded = base64.b64decode(base64.b64encode(request.form["name"].encode()))
    if given:
        # ruleid: xss
        return "<b>" + given + "</b>"
    if coded:
        # ruleid: xss
        return coded
    # ok: xss
    return json.dumps({"name": request.form["name"]})


@app.route("/a4")
def responses():
    name = request.cookies.get("name")
    # ruleid: xss
    r = make_response("<b>" + name + "</b>")
    # ruleid: xss
    r = Response("<b>" + name + "</b>")
    # ruleid: xss
    m = Markup("<b>%s</b>" % name)
    # ok: xss
    m = Markup("<b>%s</b>") % name
    return r


def django_view(request, slug):
    # ruleid: xss
    a = HttpResponse("<b>" + request.GET.get("q", "") + "</b>")
    # ruleid: xss
    b = HttpResponse(f"<b>{slug}</b>")
    # ruleid: xss
    c = mark_safe(request.POST["text"])
    # ok: xss
    d = HttpResponse(request.GET["q"], content_type="text/plain")
    # ok: xss
    e = format_html("<b>{}</b>", slug)
    # ok: xss
    f = render(request, "a.html", {"slug": slug})
    return f


@api.get("/a5")
async def api_page(name: str):
    # ruleid: xss
    return HTMLResponse("<b>" + name + "</b>")


# ---- redirects ----
@app.route("/b")
def redirects():
    target = request.args.get("next")
    if target == "a":
        # ok: open-redirect
        return redirect(url_for(target))
    if target == "b":
        # ok: open-redirect
        return redirect("/users/" + target)
    if target == "c":
        # ok: open-redirect
        return redirect(f"https://example.com/{target}")
    # ruleid: open-redirect
    return redirect(target)


@app.route("/b2")
def redirect_checked():
    target = request.args.get("next")
    parts = urllib.parse.urlparse(target)
    if parts.netloc not in HOSTS or parts.scheme != "https":
        abort(400)
    # ok: open-redirect
    return redirect(target)


def django_redirect_checked(request):
    target = request.POST.get("next")
    if target and url_has_allowed_host_and_scheme(url=target, allowed_hosts={request.get_host()}):
        # ok: open-redirect
        return HttpResponseRedirect(target)
    other = request.GET.get("next")
    if not other or not url_has_allowed_host_and_scheme(other, allowed_hosts=None):
        return ""
    # ok: open-redirect
    return HttpResponseRedirect(other)


def django_redirect(request):
    # ruleid: open-redirect
    return HttpResponseRedirect(request.GET["next"])


@api.get("/b3")
async def api_redirect(next: str):
    # ruleid: open-redirect
    answer = RedirectResponse(url=next)
    return answer


# ---- files ----
@app.route("/c/<path:name>")
def files(name):
    # ruleid: path-traversal
    a = open(os.path.join("/srv/files", name)).read()
    # ruleid: path-traversal
    b = (FOLDER / name).read_text()
    # ok: path-traversal
    c = send_from_directory("/srv/files", name)
    # ok: path-traversal
    d = open(os.path.join("/srv/files", secure_filename(name))).read()
    # ok: path-traversal
    e = open("/srv/files/" + os.path.basename(name)).read()
    # ruleid: path-traversal
    os.remove(f"/srv/files/{name}")
    # ruleid: path-traversal
    return send_file("/srv/files/" + name)


@app.route("/c2", methods=["POST"])
def uploads():
    file = request.files["file"]
    # ruleid: path-traversal
    file.save(os.path.join("/srv/files", file.filename))
    # ok: path-traversal
    file.save(os.path.join("/srv/files", secure_filename(file.filename)))
    path = (FOLDER / request.form["name"]).resolve()
    if not path.is_relative_to(FOLDER):
        abort(404)
    # ok: path-traversal
    return path.read_text()


@api.get("/c3/{name}")
async def api_files(name: str):
    path = FOLDER / name
    resolved = path.resolve()
    if not resolved.is_relative_to(FOLDER):
        raise HTTPException(404)
    # ok: path-traversal
    a = path.read_text()
    other = FOLDER / "b" / name
    _validate_path_within(FOLDER, other)
    # ok: path-traversal
    return other.read_text()


@app.route("/c4")
def file_checked():
    name = request.args["name"]
    if name.startswith("/") or ".." in name:
        abort(400)
    # ok: path-traversal
    a = open("/srv/files/" + name).read()
    # ok: path-traversal
    return send_file(io.BytesIO(request.data))


# ---- requests ----
@app.route("/d")
def outgoing():
    url = request.args["url"]
    # ruleid: ssrf
    requests.get(url)
    # ruleid: ssrf
    requests.request("GET", "http://" + url + "/a")
    # ok: ssrf
    requests.get("https://example.com/" + url)
    # ok: ssrf
    requests.get(f"{API_URL}/users/{url}")
    # ok: ssrf
    requests.post("https://example.com", data=url)
    # ruleid: ssrf
    return urllib.request.urlopen(url).read()


@api.get("/d2")
async def outgoing_async(url: str):
    async with httpx.AsyncClient() as client:
        # ruleid: ssrf
        answer = await client.get(url, timeout=3)
    parts = urllib.parse.urlsplit(url)
    if parts.hostname not in HOSTS:
        raise HTTPException(400)
    # ok: ssrf
    return httpx.get(url).text


# ---- objects ----
@app.route("/e", methods=["POST"])
def objects():
    # ruleid: unsafe-deserialization
    a = pickle.loads(base64.urlsafe_b64decode(request.form["a"]))
    # ruleid: unsafe-deserialization
    b = yaml.load(request.data, Loader=yaml.Loader)
    # ruleid: unsafe-deserialization
    c = yaml.unsafe_load(request.get_data())
    # ok: unsafe-deserialization
    d = yaml.load(request.data, Loader=yaml.SafeLoader)
    # ok: unsafe-deserialization
    e = yaml.safe_load(request.data)
    # ok: unsafe-deserialization
    f = json.loads(request.data)
    return ""


# ---- XML ----
@app.route("/f", methods=["POST"])
def documents():
    text = request.form["xml"]
    parser = xml.sax.make_parser()
    # ok: xxe
    a = xml.dom.minidom.parseString(text, parser)
    parser.setFeature(xml.sax.handler.feature_external_ges, True)
    # ruleid: xxe
    b = xml.dom.minidom.parseString(text, parser)
    # ok: xxe
    c = xml.dom.minidom.parseString("<a/>", parser)
    open_parser = lxml.etree.XMLParser(resolve_entities=True)
    # ruleid: xxe
    d = lxml.etree.fromstring(text, open_parser)
    # ruleid: xxe
    e = lxml.etree.fromstring(text, lxml.etree.XMLParser(no_network=False))
    # ok: xxe
    f = lxml.etree.fromstring(text, lxml.etree.XMLParser(resolve_entities=False))
    # ok: xxe
    g = lxml.etree.fromstring(text)
    return ""


# ---- the session ----
@app.route("/g", methods=["POST"])
def remember():
    # ruleid: trust-boundary
    session["role"] = request.form["role"]
    # ruleid: trust-boundary
    session[request.args["key"]] = "1"
    # ok: trust-boundary
    session["page"] = int(request.args["page"])
    user = User.query.filter_by(name=request.form["name"]).one()
    # ok: trust-boundary
    session["user"] = user.id
    # ok: trust-boundary
    session["a"] = "b"


def django_remember(request):
    # ruleid: trust-boundary
    request.session["role"] = request.POST["role"]


@app.route("/endpoint")
def endpoint():
    # ok: xss
    return flask.request.endpoint
