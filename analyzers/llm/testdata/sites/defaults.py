import argparse
import os
from dataclasses import dataclass, field

import typer
from openai import OpenAI
from pydantic import Field
from pydantic_settings import BaseSettings

client = OpenAI()


class Settings(BaseSettings):
    model: str = Field("gpt-4o", alias="MODEL")
    small: str = Field(default="gpt-4o-mini")
    plain: str = "gpt-4.1"


@dataclass
class Config:
    model: str = field(default="gpt-5-nano")
    name: str = "gpt-5-mini"


settings = Settings()
config = Config(model="gpt-5.2")
OPTIONS = {"model": "gpt-4.1-mini"}


def ask(model: str | None = None):
    if model is None:
        model = "gpt-5.4"
    return client.responses.create(model=model, input="x")  # site: openai responses gpt-5.4 default


def fields(options: dict, **kwargs):
    client.responses.create(model=settings.model, input="x")  # site: openai responses gpt-4o default
    client.responses.create(model=settings.small, input="x")  # site: openai responses gpt-4o-mini default
    client.responses.create(model=settings.plain, input="x")  # site: openai responses gpt-4.1
    client.responses.create(model=config.model, input="x")  # site: openai responses gpt-5.2
    client.responses.create(model=config.name, input="x")  # site: openai responses gpt-5-mini
    client.responses.create(model=OPTIONS["model"], input="x")  # site: openai responses gpt-4.1-mini
    client.responses.create(model=options.get("model", "gpt-5"), input="x")  # site: openai responses gpt-5 default
    client.responses.create(model=kwargs.get("model"), input="x")  # site: openai responses -
    client.responses.create(model=getattr(options, "model", "gpt-5"), input="x")  # site: openai responses gpt-5 default
    client.responses.create(model=os.environ["MODEL"], input="x")  # site: openai responses -
    client.responses.create(model=os.environ.get("MODEL") or "gpt-5", input="x")  # site: openai responses gpt-5 default


def command(model: str = typer.Option("gpt-5", help="The model")):
    client.responses.create(model=model, input="x")  # site: openai responses gpt-5 default


def run(args, name):
    client.responses.create(model=args.model, input="x")  # site: openai responses gpt-4o default
    client.responses.create(model=args.judge_model, input="x")  # site: openai responses -
    client.responses.create(model=name, input="x")  # site: openai responses gpt-4o default


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-m", "--model", default="gpt-4o")
    parser.add_argument("--judge-model", required=True)
    args = parser.parse_args()
    run(args, args.model)


def first(model):
    second(model)


def second(model):
    first(model)
    client.responses.create(model=model, input="x")  # site: openai responses -


class Client:
    def __init__(self, model):
        self.model = model

    def ask(self):
        client.responses.create(model=self.model, input="x")  # site: openai responses gpt-5.2-pro


Client("gpt-5.2-pro").ask()
