from fastapi import Depends, FastAPI

app = FastAPI()


@app.post("/ask")
def ask(question: str, user: User = Depends(current_user)):
    # ruleid: rag-no-tenant-filter
    return store.similarity_search(question, k=4)


@app.get("/tenants/{tenant_id}/search")
async def search(tenant_id: str, q: str):
    # ruleid: rag-no-tenant-filter
    hits = collection.query(query_texts=[q], n_results=3)
    # ruleid: rag-no-tenant-filter
    return hits, await qdrant.query_points(collection_name="docs", query=embed(q), limit=3)


@app.route("/find")
def find(user_id):
    # ruleid: rag-no-tenant-filter
    return index.query(vector=embed("x"), top_k=3)


@app.post("/ask-filtered")
def ask_filtered(question: str, user: User = Depends(current_user)):
    # ok: rag-no-tenant-filter
    return store.similarity_search(question, k=4, filter={"tenant": user.tenant})


@app.get("/tenants/{tenant_id}/namespace")
async def search_namespace(tenant_id: str, q: str):
    # ok: rag-no-tenant-filter
    first = index.query(vector=embed(q), top_k=3, namespace=tenant_id)
    # ok: rag-no-tenant-filter
    return first, tenant_store.similarity_search(q)


@app.post("/faq")
def faq(question: str):
    # ruleid: rag-no-tenant-filter
    return store.similarity_search(question)


def collect(question):
    # ok: rag-no-tenant-filter
    return index.query(vector=embed(question), top_k=3)


def offline(user):
    # ok: rag-no-tenant-filter
    return store.similarity_search("x")
