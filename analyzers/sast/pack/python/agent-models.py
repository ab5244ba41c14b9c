import io
import pickle

import dill
import joblib
import keras
import numpy as np
import pandas as pd
import requests
import torch
from datasets import load_dataset
from huggingface_hub import hf_hub_download, snapshot_download
from langchain_community.vectorstores import FAISS
from transformers import AutoModel, AutoTokenizer, pipeline

REPO = "org/model"
PIN = "5f0b02c75b57c5855da9ae460ce51323ea669d8a"

# ruleid: hf-remote-code
code = AutoModel.from_pretrained(REPO, trust_remote_code=True)
# ruleid: hf-remote-code
data = load_dataset("org/data", trust_remote_code=True)
# ruleid: hf-remote-code
pipe = pipeline("text-generation", model="org/model", trust_remote_code=True, revision="main")
# ok: hf-remote-code
pinned = AutoModel.from_pretrained(REPO, trust_remote_code=True, revision="5f0b02c75b57c5855da9ae460ce51323ea669d8a")
# ok: hf-remote-code
# ruleid: hf-unpinned-download
plain = AutoModel.from_pretrained(REPO, trust_remote_code=False)


# ok: hf-remote-code
def load(name, trust_remote_code=True):
    return name


# ruleid: hf-unpinned-download
tokenizer = AutoTokenizer.from_pretrained("org/model")
# ruleid: hf-unpinned-download
rows = load_dataset("org/data", split="train")
# ruleid: hf-unpinned-download
folder = snapshot_download(repo_id="org/model")
# ruleid: hf-unpinned-download
chat = pipeline("text-generation", model="org/model")
# ruleid: hf-unpinned-download
rows3 = load_dataset("squad")
# ruleid: hf-unpinned-download
bert = AutoModel.from_pretrained("bert-base-uncased")
# ok: hf-unpinned-download
folder2 = AutoModel.from_pretrained("checkpoints")
# ok: hf-unpinned-download
tokenizer2 = AutoTokenizer.from_pretrained("org/model", revision=PIN)
# ok: hf-unpinned-download
tokenizer3 = AutoTokenizer.from_pretrained("./model")
# ok: hf-unpinned-download
tokenizer4 = AutoTokenizer.from_pretrained(path)
# ok: hf-unpinned-download
rows2 = load_dataset("csv", data_files="rows.csv")

# ruleid: unsafe-model-load
state = torch.load(path)
# ruleid: unsafe-model-load
state2 = torch.load(path, map_location="cpu", weights_only=False)
# ruleid: unsafe-model-load
array = np.load(path, allow_pickle=True)
# ruleid: unsafe-model-load
net = keras.models.load_model(path, safe_mode=False)
# ruleid: unsafe-model-load
store = FAISS.load_local("index", embeddings, allow_dangerous_deserialization=True)
# ruleid: unsafe-model-load
forest = joblib.load(path)
# ok: unsafe-model-load
state3 = torch.load(path, weights_only=True)
# ok: unsafe-model-load
array2 = np.load(path)
# ok: unsafe-model-load
net2 = keras.models.load_model(path)
# ruleid: unsafe-model-load
forest2 = joblib.load("model.joblib")
with open("churn_model.pkl", "rb") as f:
    # ruleid: unsafe-model-load
    churn = pickle.load(f)
with open("cache.pkl", "rb") as f:
    # ok: unsafe-model-load
    cache = pickle.load(f)
# ok: unsafe-model-load
store2 = FAISS.load_local("index", embeddings)


def downloaded():
    path = hf_hub_download("org/model", "model.pkl", revision=PIN)
    with open(path, "rb") as f:
        # ruleid: downloaded-pickle-load
        first = pickle.load(f)
    response = requests.get("https://example.com/model.pkl", timeout=10)
    # ruleid: downloaded-pickle-load
    second = pickle.loads(response.content)
    # ruleid: downloaded-pickle-load, unsafe-model-load
    third = joblib.load(io.BytesIO(response.content))
    # ruleid: downloaded-pickle-load
    return first, second, third, pd.read_pickle(path)


def not_downloaded(path):
    # ok: downloaded-pickle-load
    with open(path, "rb") as f:
        first = pickle.load(f)
    response = requests.get("https://example.com/model.json", timeout=10)
    # ok: downloaded-pickle-load
    second = response.json()
    weights = hf_hub_download("org/model", "model.pt", revision=PIN)
    # ok: downloaded-pickle-load
    return first, second, torch.load(weights, weights_only=True)
