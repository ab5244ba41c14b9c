import sys

import requests
import yaml
from yaml import Loader, SafeLoader


def documents(file, text):
    # ruleid: unsafe-yaml-load
    a = yaml.load(file, Loader=yaml.Loader)
    # ruleid: unsafe-yaml-load
    b = yaml.load(file, Loader)
    # ruleid: unsafe-yaml-load
    c = yaml.load(text)
    # ruleid: unsafe-yaml-load
    d = yaml.unsafe_load(file)
    # ok: unsafe-yaml-load
    e = yaml.safe_load(file)
    # ok: unsafe-yaml-load
    f = yaml.load(file, Loader=SafeLoader)
    # ok: unsafe-yaml-load
    g = yaml.load(file, yaml.CSafeLoader)
    # ok: unsafe-yaml-load
    h = yaml.load(file, Loader=yaml.FullLoader)


def main():
    # ruleid: unsafe-yaml-load
    a = yaml.load(open("a.yml"), Loader=yaml.UnsafeLoader)
    # ruleid: unsafe-yaml-load
    b = list(yaml.load_all(requests.get("https://example.com/a.yml").text, Loader=yaml.Loader))
    # ok: unsafe-yaml-load
    c = yaml.load("a: 1", Loader=yaml.Loader)
