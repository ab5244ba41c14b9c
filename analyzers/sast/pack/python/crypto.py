import hashlib
import hashlib as h
import random
import random as rnd
import secrets
import ssl
import string
import uuid
from hashlib import sha1 as digest_of
from random import SystemRandom, randint

import httpx
import jose.jwt
import jwt
import paramiko
import requests
from Crypto.Cipher import AES, DES
from Crypto.Hash import MD5
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import make_response, session

CONF = {"old": "md5", "new": "sha256"}


# ---- hashes ----
def store_password(password):
    # ruleid: weak-hash
    a = hashlib.md5(password).hexdigest()
    # ruleid: weak-hash
    b = h.sha1()
    # ruleid: weak-hash
    c = digest_of(password)
    # ruleid: weak-hash-by-name
    d = hashlib.new("md5", password)
    name = "sha1"
    # ruleid: weak-hash-by-name
    e = hashlib.new(name)
    # ruleid: weak-hash-by-name
    f = hashlib.new(CONF["old"])
    # ruleid: weak-hash-by-name
    f = hashlib.new(usedforsecurity=True, name="md5")
    # ruleid: weak-hash
    f = hashlib.sha1(password, usedforsecurity=True)
    make = hashlib.md5
    # ruleid: weak-hash
    g = make(password)
    # ruleid: weak-hash
    i = getattr(hashlib, "sha1")(password)
    # ruleid: weak-hash
    j = MD5.new()
    # ok: weak-hash
    k = hashlib.sha256(password)
    # ok: weak-hash-by-name
    l = hashlib.new("sha512", password)
    # ok: weak-hash-by-name
    l = hashlib.new(CONF["new"], password)
    # ok: weak-hash-by-name
    l = hashlib.new("md5", password, usedforsecurity=False)
    # ok: weak-hash
    m = hashlib.md5(password, usedforsecurity=False)
    # ok: weak-hash
    n = hashlib.blake2b(password)
    # ok: weak-hash
    o = hashlib.md5(password).hexdigest()[:8]
    # ok: weak-hash
    etag = hashlib.md5(password).hexdigest()


def checksum_of(path):
    # ok: weak-hash
    return hashlib.md5(path.read_bytes()).hexdigest()


def cache_key(text):
    # ok: weak-hash
    return hashlib.sha1(text).hexdigest()


# ---- ciphers ----
def encrypt(key, nonce):
    # ruleid: weak-cipher
    a = DES.new(key, DES.MODE_CBC)
    # ruleid: weak-cipher
    b = AES.new(key, AES.MODE_ECB)
    # ruleid: weak-cipher
    c = Cipher(algorithms.TripleDES(key), modes.CBC(nonce))
    # ruleid: weak-cipher
    d = Cipher(algorithms.AES(key), modes.ECB())
    # ruleid: weak-cipher
    e = RSA.generate(1024)
    # ruleid: weak-cipher
    f = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    # ok: weak-cipher
    g = AES.new(key, AES.MODE_GCM, nonce=nonce)
    # ok: weak-cipher
    i = Cipher(algorithms.AES(key), modes.GCM(nonce))
    # ok: weak-cipher
    j = rsa.generate_private_key(public_exponent=65537, key_size=4096)


# ---- random numbers ----
def make_tokens(response, users):
    # ruleid: weak-random
    token = "".join(random.choice(string.ascii_letters) for _ in range(32))
    # ruleid: weak-random
    response.set_cookie("id", str(random.random())[2:])
    number = rnd.getrandbits(64)
    # ruleid: weak-random
    session["key"] = number
    # ruleid: weak-random
    users.reset_code = randint(0, 999999)
    gen = random.Random()
    # ruleid: weak-random
    password = str(gen.randint(0, 9))
    # ok: weak-random
    otp = SystemRandom().randint(0, 999999)
    # ok: weak-random
    secret = secrets.token_hex(16)
    # ok: weak-random
    color = random.choice(["red", "blue"])
    # ok: weak-random
    api_key = random.choice(API_KEYS)
    # ok: weak-random
    session_id = uuid.uuid4().hex


def generate_token():
    letters = random.sample(string.digits, 6)
    # ruleid: weak-random
    return "".join(letters)


# ---- tokens ----
def claims(token, key):
    # ruleid: jwt-unverified
    a = jwt.decode(token, options={"verify_signature": False})
    # ruleid: jwt-unverified
    b = jwt.decode(token, key, algorithms=["HS256", "none"])
    # ruleid: jwt-unverified
    c = jwt.encode({"a": 1}, None, algorithm="none")
    # ruleid: jwt-unverified
    d = jose.jwt.get_unverified_claims(token)
    # ok: jwt-unverified
    e = jwt.decode(token, key, algorithms=["RS256"])
    # ok: jwt-unverified
    f = jwt.decode(token, key, algorithms=["HS256"], options={"verify_signature": True})
    # ok: jwt-unverified
    g = jwt.encode({"a": 1}, key, algorithm="HS256")


# ---- TLS ----
def connect(url, client):
    # ruleid: tls-verification-disabled
    requests.get(url, verify=False)
    # ruleid: tls-verification-disabled
    a = httpx.AsyncClient(timeout=3, verify=False)
    # ruleid: tls-verification-disabled
    b = ssl._create_unverified_context()
    s = requests.Session()
    # ruleid: tls-verification-disabled
    s.verify = False
    ssh = paramiko.SSHClient()
    # ruleid: tls-verification-disabled
    ssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    # ok: tls-verification-disabled
    requests.get(url, verify="ca.pem")
    # ok: tls-verification-disabled
    requests.get(url)
    # ok: tls-verification-disabled
    ssh.set_missing_host_key_policy(paramiko.RejectPolicy())
    # ok: tls-verification-disabled
    httpx.Client(verify=True)
