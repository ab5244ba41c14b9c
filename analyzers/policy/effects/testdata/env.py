import os
from os import environ, getenv

from dotenv import load_dotenv

load_dotenv()


def main(name, settings):
    os.environ["A"] # => env read A
    os.environ["B"] = "1" # => env write B
    os.environ.get("C") # => env read C
    os.environ.get("D", "x") # => env read D default=x
    os.getenv("E", "3") # => env read E default=3
    os.getenv("F") or "y" # => env read F default=y
    getenv("G") # => env read G
    environ["H"] # => env read H
    os.environ.setdefault("I", "z") # => env write I default=z
    del os.environ["J"] # => env write J
    os.getenv(name) # => env read 
    os.getenv("OPENAI_API_KEY", "sk-abcdefghijklmnopqrstuvwx") # => env read OPENAI_API_KEY default=
    os.getenv("DATABASE_URL", "postgres://u:p@h/db") # => env read DATABASE_URL default=
    os.environ.pop("K", None) # => env write K
    os.environ.get("L", None) # => env read L
    settings.environ["M"]
    settings.get("N")
    env = os.environ
    env["O"] # => env read O
    if "P" in os.environ and name not in os.environ: # => env read P & env read 
        pass
    return name == environ
