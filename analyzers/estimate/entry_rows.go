package estimate

// entry is how the world starts a function.
type entry string

// The kinds of entry points, as Run.Kind names them.
const (
	entryHandler  entry = "handler" // of a request, a message, an event
	entryScript   entry = "script"  // a file that spends when it is run, a notebook
	entryMain     entry = "main"
	entryCommand  entry = "command"  // of a command line
	entryTask     entry = "task"     // a job: queued, scheduled
	entryFunction entry = "function" // nothing in the project calls it
	entryGraph    entry = "graph"    // a graph that nothing in the project runs
)

// decoratorRow says which decorators make a function an entry point. To add a framework, add
// a row and its case in testdata/runs.
type decoratorRow struct {
	kind  entry
	names []string // last segments: post in @router.post("/x")
	// attribute: only as a.name; path: only with a string first; bare: only as a plain name.
	attribute, path, bare bool
	// from are packages that the name must come from; nil: any but those of notFrom.
	from []string
}

// notFrom are packages whose decorators of these names mean something else: a task of a crew,
// a tool or an event of an agent.
var notFrom = map[string]bool{
	"crewai": true, "langgraph": true, "langchain": true, "langchain_core": true, "agents": true, "pydantic_ai": true, "pytest": true,
	"llama_index": true, "semantic_kernel": true, "autogen": true, "smolagents": true, "functools": true, "contextlib": true,
}

// decoratorRows as of 2026-11-22; the first that fits counts.
var decoratorRows = []decoratorRow{
	// FastAPI, Flask, Starlette, aiohttp, Sanic, Bottle, Litestar, Quart
	{kind: entryHandler, attribute: true, path: true, names: []string{"get", "post", "put", "patch", "delete", "head", "options", "route", "websocket", "websocket_route", "api_route", "view"}},
	{kind: entryHandler, bare: true, names: []string{"get", "post", "put", "patch", "delete", "websocket"}, from: []string{"litestar", "starlite", "robyn", "blacksheep"}},
	// NestJS
	{kind: entryHandler, names: []string{"Get", "Post", "Put", "Patch", "Delete", "All", "Sse"}, from: []string{"@nestjs/common"}},
	{kind: entryHandler, names: []string{"MessagePattern", "EventPattern", "GrpcMethod", "SubscribeMessage", "OnEvent", "Query", "Mutation", "Subscription"}, from: []string{"@nestjs/microservices", "@nestjs/websockets", "@nestjs/event-emitter", "@nestjs/graphql", "type-graphql"}},
	{kind: entryTask, names: []string{"Cron", "Interval", "Process", "Processor"}, from: []string{"@nestjs/schedule", "@nestjs/bull", "@nestjs/bullmq"}},
	// Django REST framework and ninja
	{kind: entryHandler, bare: true, names: []string{"api_view"}},
	{kind: entryHandler, names: []string{"action"}, from: []string{"rest_framework"}},
	// Bots: Slack Bolt, discord.py, aiogram, pyTelegramBotAPI, Pyrogram, Chainlit, Bot Framework
	{kind: entryHandler, attribute: true, names: []string{"event", "message", "message_handler", "callback_query_handler", "callback_query", "on_message", "on_chat_start", "on_chat_resume", "on_audio_end", "on_settings_update", "action_callback", "on_event", "shortcut", "listen", "on_member_added", "slash_command"}},
	{kind: entryHandler, names: []string{"command", "hybrid_command", "app_command"}, from: []string{"discord", "nextcord", "disnake", "twitchio", "interactions"}},
	// The Model Context Protocol
	{kind: entryHandler, attribute: true, names: []string{"tool", "prompt", "resource", "call_tool"}, from: []string{"mcp", "fastmcp"}},
	// Functions of clouds
	{kind: entryHandler, names: []string{"http", "cloud_event", "on_request", "on_call", "errorhandler", "middleware", "entrypoint"}, from: []string{"functions_framework", "firebase_functions", "azure", "flask", "bedrock_agentcore", "fastapi", "aiohttp"}},
	// Gateways of agents
	{kind: entryHandler, attribute: true, names: []string{"on_chat_message", "on_query", "on_rest_post", "on_interval"}},
	// Command lines: click, Typer, cyclopts, Flask
	{kind: entryCommand, attribute: true, names: []string{"command", "callback", "default"}},
	{kind: entryCommand, names: []string{"command", "group"}, from: []string{"click", "rich_click", "asyncclick"}},
	{kind: entryCommand, bare: true, names: []string{"argh", "app_command"}, from: []string{"invoke", "fire"}},
	// Jobs: Celery, Dramatiq, Huey, RQ, APScheduler, Prefect, Airflow, Dagster, Temporal, Modal, arq, Procrastinate
	{kind: entryTask, attribute: true, names: []string{"task", "periodic_task", "actor", "scheduled_job", "cron", "job", "schedule", "repeat_every", "function", "db_task", "db_periodic_task"}},
	{kind: entryTask, names: []string{"task", "flow", "dag", "shared_task", "actor", "asset", "op", "job", "sensor", "schedule", "periodic_task", "receiver", "repeat_every"}, from: []string{"prefect", "airflow", "celery", "dramatiq", "dagster", "huey", "invoke", "rq", "django", "django_rq", "fastapi_utils", "fastapi_restful", "procrastinate", "taskiq"}},
	{kind: entryTask, attribute: true, names: []string{"defn"}, from: []string{"temporalio"}},
}

// registerRow says which calls make a function that they are given an entry point.
type registerRow struct {
	kind  entry
	names []string // last segments of the callee
	// path: the first argument is a string; attribute, bare as for decoratorRow.
	path, attribute, bare bool
	keyword               string   // only as this argument
	from                  []string // packages that the file must import; nil: any
}

// registerRows as of 2026-11-22; the first that fits counts.
var registerRows = []registerRow{
	// Express, Fastify, Hono, Koa, Oak, Elysia, itty-router
	{kind: entryHandler, path: true, attribute: true, names: []string{"get", "post", "put", "patch", "delete", "del", "all", "use", "ws", "options"}},
	{kind: entryHandler, attribute: true, names: []string{"route", "openapi", "use", "addRoute"}, from: []string{"fastify", "hono", "express", "@hono/zod-openapi", "koa", "h3", "elysia", "oak"}},
	{kind: entryHandler, names: []string{"defineEventHandler", "eventHandler", "defineCachedEventHandler", "createServer", "createRouteHandler"}},
	{kind: entryHandler, bare: true, names: []string{"serve", "lambdaHandler", "streamifyResponse", "middy"}},
	{kind: entryHandler, attribute: true, names: []string{"serve", "streamifyResponse"}},
	// Functions of clouds
	{kind: entryHandler, names: []string{"onRequest", "onCall", "onCallGenkit", "onMessagePublished", "onDocumentCreated", "onDocumentWritten", "onDocumentUpdated", "onObjectFinalized", "cloudEvent"}},
	{kind: entryHandler, attribute: true, path: true, names: []string{"http", "timer", "storageQueue", "serviceBusQueue"}, from: []string{"@azure/functions", "@google-cloud/functions-framework"}},
	// tRPC, server actions, GraphQL, Convex
	{kind: entryHandler, attribute: true, names: []string{"mutation", "query", "subscription"}, from: []string{"@trpc/server"}},
	{kind: entryHandler, attribute: true, names: []string{"action", "handler"}, from: []string{"next-safe-action", "zsa"}},
	{kind: entryHandler, bare: true, names: []string{"action", "internalAction", "httpAction", "mutation", "query", "internalMutation"}},
	// Bots and events: Bolt, discord.js, Telegraf, grammY, ws, Socket.IO
	{kind: entryHandler, path: true, attribute: true, names: []string{"on", "once", "addEventListener", "command", "hears", "message", "event", "shortcut", "view", "addListener"}},
	{kind: entryHandler, attribute: true, names: []string{"on_message", "on_event", "add_event_handler", "subscribe", "message_handler"}},
	{kind: entryHandler, names: []string{"CommandHandler", "MessageHandler", "CallbackQueryHandler", "ConversationHandler", "InlineQueryHandler"}},
	// The Model Context Protocol
	{kind: entryHandler, attribute: true, names: []string{"setRequestHandler", "registerTool", "addTool", "registerPrompt", "registerResource", "tool"}, from: []string{"@modelcontextprotocol/sdk", "fastmcp", "mcp"}},
	// Flask, FastAPI, aiohttp, Starlette, Django, Tornado
	{kind: entryHandler, names: []string{"add_api_route", "add_url_rule", "add_route", "add_get", "add_post", "add_put", "add_websocket_route", "add_view", "path", "re_path", "url", "Route", "WebSocketRoute"}, path: true},
	{kind: entryHandler, names: []string{"Thread_handler", "start_server"}},
	// Gradio, Streamlit, Panel, NiceGUI, Textual
	{kind: entryHandler, names: []string{"Interface", "ChatInterface", "click", "submit", "change", "like", "then", "load", "upload", "select"}, from: []string{"gradio"}},
	{kind: entryHandler, names: []string{"button", "form_submit_button"}, keyword: "on_click", from: []string{"streamlit", "nicegui"}},
	{kind: entryHandler, names: []string{"ChatInterface", "bind"}, from: []string{"panel"}},
	// Command lines: argparse, Fire, commander, yargs, cac
	{kind: entryCommand, names: []string{"set_defaults"}},
	{kind: entryCommand, names: []string{"Fire"}},
	{kind: entryCommand, attribute: true, names: []string{"action", "command", "defaultCommand"}, from: []string{"commander", "yargs", "cac", "sade", "@commander-js/extra-typings"}},
	{kind: entryCommand, names: []string{"defineCommand"}},
	{kind: entryCommand, names: []string{"run"}, from: []string{"typer"}},
	// Jobs: cron, BullMQ, Inngest, Trigger.dev, Airflow, APScheduler, schedule, RQ, arq
	{kind: entryTask, names: []string{"CronJob", "Worker", "createFunction", "onSchedule", "add_job", "add_periodic_task", "PythonOperator", "add_cron_job", "scheduleJob", "run_repeating", "run_daily", "schemaTask"}},
	{kind: entryTask, attribute: true, names: []string{"schedule", "process", "do", "define"}, from: []string{"node-cron", "cron", "bull", "bullmq", "agenda", "schedule"}},
	{kind: entryTask, names: []string{"task"}, from: []string{"@trigger.dev/sdk"}},
	{kind: entryTask, names: []string{"enqueue", "enqueue_in", "enqueue_at"}},
	{kind: entryTask, bare: true, names: []string{"setInterval"}},
}

// runners are calls that run a function which they are given: once, or once per element.
var runners = map[string]bool{
	"run": true, "to_thread": true, "run_in_executor": true, "submit": true, "partial": true, "create_task": true, "ensure_future": true,
	"run_sync": true, "run_in_threadpool": true, "gather": true, "Thread": true, "Process": true, "Timer": true, "apply": true, "apply_async": true,
	"map": true, "imap": true, "imap_unordered": true, "starmap": true, "amap": true, "forEach": true, "flatMap": true, "run_until_complete": true,
	"start_soon": true, "call_soon": true, "then": true, "catch": true, "finally": true, "all": true, "allSettled": true, "race": true,
	"RunnableLambda": true, "sync_to_async": true, "async_to_sync": true, "add_task": true, "wraps": true, "filter": true, "reduce": true,
	"mapLimit": true, "pMap": true, "pRetry": true, "retry": true, "concurrent": true, "waitUntil": true, "after": true, "process_map": true, "thread_map": true,
}

// perElement are the runners that run it once per element of what they are given too.
var perElement = map[string]bool{
	"map": true, "imap": true, "imap_unordered": true, "starmap": true, "amap": true, "forEach": true, "flatMap": true, "filter": true,
	"mapLimit": true, "pMap": true, "process_map": true, "thread_map": true, "reduce": true,
	"apply": true, "progress_apply": true, "parallel_apply": true, "applymap": true, "progress_map": true, "map_elements": true, // data frames
}

// holders are calls, and arguments, that give a function to an agent or a graph, which
// decides whether and how often it runs.
var holders = map[string]bool{
	"add_node": true, "addNode": true, "tool": true, "createTool": true, "createStep": true, "function_tool": true, "FunctionTool": true,
	"Tool": true, "StructuredTool": true, "from_function": true, "from_defaults": true, "add_conditional_edges": true, "addConditionalEdges": true,
	"register_function": true, "register_for_llm": true, "register_for_execution": true, "DynamicTool": true, "DynamicStructuredTool": true,
	"dynamicTool": true, "ToolNode": true, "bind_tools": true, "bindTools": true, "PythonFunction": true, "kernel_function": true,
	"create_react_agent": true, "createReactAgent": true, "create_agent": true, "createAgent": true, "Agent": true, "AssistantAgent": true,
	"LlmAgent": true, "LoopAgent": true, "ToolLoopAgent": true, "CodeAgent": true, "ToolCallingAgent": true, "entrypoint": true, "task": true,
	"add_sequence": true, "addSequence": true, "FunctionAgent": true, "ReActAgent": true, "Task": true, "guardrail": true, "InputGuardrail": true,
	"OutputGuardrail": true, "handoff": true, "createWorkflow": true, "ConversableAgent": true, "FunctionNode": true, "defineTool": true, "betaZodTool": true,
}

// heldArguments are arguments of any call that give functions to an agent.
var heldArguments = map[string]bool{
	"tools": true, "handoffs": true, "functions": true, "input_guardrails": true, "output_guardrails": true, "inputGuardrails": true,
	"outputGuardrails": true, "guardrail": true, "nodes": true, "middleware": true, "step_callback": true, "callbacks": true, "plugins": true,
	"execute": true, "on_handoff": true, "before_model_callback": true, "after_model_callback": true, "before_agent_callback": true,
	"after_agent_callback": true, "before_tool_callback": true, "speaker_selection_method": true, "candidate_func": true, "selector_func": true,
}

// viewBases are ends of the names of classes whose methods are handlers.
var viewBases = []string{"View", "ViewSet", "Resource", "Endpoint", "RequestHandler", "Consumer", "Cog"}

// viewMethods are the handlers of such a class.
var viewMethods = map[string]bool{
	"get": true, "post": true, "put": true, "patch": true, "delete": true, "dispatch": true, "list": true, "create": true, "retrieve": true,
	"update": true, "partial_update": true, "destroy": true, "do_GET": true, "do_POST": true, "receive": true, "receive_json": true, "on_receive": true, "form_valid": true,
}

// httpMethods are the names under which a file of a framework's routes exports handlers.
var httpMethods = map[string]bool{"GET": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "HEAD": true, "OPTIONS": true, "loader": true, "action": true, "load": true, "actions": true, "ALL": true}
