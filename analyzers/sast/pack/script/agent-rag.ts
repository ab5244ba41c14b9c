app.post("/ask", async (req, res) => {
  log(req.user.id);
  // ruleid: rag-no-tenant-filter
  res.json(await store.similaritySearch(req.body.question, 4));
});

export async function POST(request: Request) {
  const session = await auth();
  const { question } = await request.json();
  // ruleid: rag-no-tenant-filter
  const hits = await index.query({ vector: await embed(question), topK: 3 });
  // ruleid: rag-no-tenant-filter
  return Response.json([session, hits, await store.similaritySearchWithScore(question, 3)]);
}

app.post("/ask-filtered", async (req, res) => {
  const tenant = req.user.tenant;
  // ok: rag-no-tenant-filter
  res.json(await store.similaritySearch(req.body.question, 4, { tenant }));
  // ok: rag-no-tenant-filter
  res.json(await index.query({ vector: v, topK: 3, filter: { tenant } }));
  // ok: rag-no-tenant-filter
  res.json(await index.namespace(tenant).query({ vector: v, topK: 3 }));
});

app.post("/faq", async (req, res) => {
  // ruleid: rag-no-tenant-filter
  res.json(await store.similaritySearch(req.body.question, 4));
});

export async function collect(question: string) {
  // ok: rag-no-tenant-filter
  return index.query({ vector: await embed(question), topK: 3 });
}

export async function offline() {
  // ok: rag-no-tenant-filter
  return store.similaritySearch("x", 4);
}
