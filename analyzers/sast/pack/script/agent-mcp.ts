import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { MCPServerStdio } from "@openai/agents";
import express from "express";

const app = express();
const server = new McpServer({ name: "orders", version: "1.0.0" });

export const unpinned = [
  // ruleid: mcp-unpinned-server
  new StdioClientTransport({ command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem", "notes"] }),
  // ruleid: mcp-unpinned-server
  { name: "git", command: "uvx", args: ["mcp-server-git"] },
  // ruleid: mcp-unpinned-server
  new MCPServerStdio({ name: "files", fullCommand: "npx -y @modelcontextprotocol/server-filesystem@latest notes" }),
];

export const pinned = [
  // ok: mcp-unpinned-server
  new StdioClientTransport({ command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "notes"] }),
  // ok: mcp-unpinned-server
  new StdioClientTransport({ command: "node", args: ["server.js"] }),
  // ok: mcp-unpinned-server
  new MCPServerStdio({ name: "files", fullCommand: "npx -y @modelcontextprotocol/server-filesystem@2026.1.14 notes" }),
];

export const transports = [
  // ruleid: mcp-insecure-transport
  new SSEClientTransport(new URL("http://mcp.example.com/sse")),
  // ruleid: mcp-insecure-transport
  new StreamableHTTPClientTransport(new URL("http://10.1.2.3:8000/mcp")),
  // ruleid: mcp-insecure-transport
  { type: "sse", url: "http://mcp.example.com/sse" },
  // ok: mcp-insecure-transport
  new SSEClientTransport(new URL("https://mcp.example.com/sse")),
  // ok: mcp-insecure-transport
  new StreamableHTTPClientTransport(new URL("http://localhost:3000/mcp")),
  // ok: mcp-insecure-transport
  { type: "sse", url: "http://mcp-server:3000/sse" },
];

server.tool("orders", {}, async (_, extra) => {
  // ruleid: mcp-token-passthrough
  return json(await fetch("https://orders.example", { headers: { authorization: `Bearer ${extra.authInfo.token}` } }));
});

app.get("/proxy", async (req, res) => {
  const token = req.headers.authorization;
  // ruleid: mcp-token-passthrough
  res.json(await axios.get("https://orders.example", { headers: { Authorization: token } }));
});

app.get("/proxy-more", async (request, res) => {
  const headers = { authorization: request.headers["authorization"] };
  // ruleid: mcp-token-passthrough
  res.json(await fetch("https://orders.example", { headers }));
});

server.tool("orders_exchanged", {}, async (_, extra) => {
  const token = await exchangeToken(extra.authInfo.token, { audience: "orders" });
  // ok: mcp-token-passthrough
  return json(await fetch("https://orders.example", { headers: { authorization: `Bearer ${token}` } }));
});

server.tool("orders_own", {}, async (_, extra) => {
  const caller = await verifyToken(extra.authInfo.token);
  // ok: mcp-token-passthrough
  const own = await fetch("https://orders.example", { headers: { authorization: process.env.ORDERS_TOKEN, "x-user": caller } });
  // ok: mcp-token-passthrough
  return json(own, await fetch("https://orders.example", { headers: { "x-request": extra.requestId } }));
});

export function names(shop: McpServer) {
  // ruleid: mcp-tool-shadow-name
  shop.tool("search", ordersSchema, searchOrders);
  // ok: mcp-tool-shadow-name
  shop.tool("search_customers", customersSchema, searchCustomers);
  // ruleid: mcp-tool-shadow-name
  shop.tool("search", customersSchema, searchCustomers);
  // ok: mcp-tool-shadow-name
  server.tool("search", customersSchema, searchCustomers);
}

export function again(shop: McpServer) {
  // ruleid: mcp-tool-shadow-name
  shop.registerTool("pay", { inputSchema }, pay);
  // ruleid: mcp-tool-shadow-name
  shop.registerTool("pay", { inputSchema }, refund);
  // ok: mcp-tool-shadow-name
  shop.registerTool("refund", { inputSchema }, refund);
}

// ruleid: a2a-unverified-message
app.post("/a2a/tasks", async (req, res) => {
  res.json(await agent.generate(req.body.text));
});

// ruleid: a2a-unverified-message
app.post("/v1/message/send", async (req, res) => res.json(await agent.generate(req.body.text)));

// ruleid: a2a-unverified-message
app.post("/agent/inbox", (req, res) => {
  queue.push(req.body);
  res.end();
});

// ok: a2a-unverified-message
app.post("/a2a/checked", verifyCaller, async (req, res) => {
  res.json(await agent.generate(req.body.text));
});

// ok: a2a-unverified-message
app.post("/a2a/signed", async (req, res) => {
  if (!verifySignature(req)) return res.status(401).end();
  res.json(await agent.generate(req.body.text));
});

// ok: a2a-unverified-message
app.post("/orders", async (req, res) => {
  res.json(await agent.generate(req.body.text));
});
