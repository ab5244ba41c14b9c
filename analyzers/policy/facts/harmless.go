package facts

import "strings"

func words(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			set[w] = true
		}
	}
	return set
}

var (
	// harmlessModules are modules of which nothing changes anything outside of the program.
	harmlessModules = words(
		"json math cmath re datetime random string collections itertools functools typing typing_extensions dataclasses uuid time hashlib hmac base64 statistics decimal fractions textwrap",
		"html zoneinfo copy operator enum abc contextlib logging warnings traceback inspect calendar bisect heapq struct binascii unicodedata difflib pprint secrets numbers types locale gettext",
		"io yaml shlex mimetypes email csv zlib gzip concurrent.futures bs4 markdown yfinance feedparser trafilatura tabulate networkx scipy pandas matplotlib jinja2 lxml arrow pendulum openai anthropic google.genai",
		"langgraph.types langchain_core.messages langchain_core.documents string.templatelib pathlib.PurePath tomllib configparser.ConfigParser xml ipaddress fnmatch glob graphlib array weakref contextvars reprlib stat errno",
		"pydantic numpy dateutil pytz tiktoken jsonschema structlog loguru rich asyncio threading queue urllib.parse os.path os.getcwd posixpath sys.exit platform ast attr attrs sympy",
		"JSON Math Object Array String Number Date Promise Map Set WeakMap Boolean Symbol RegExp Error TypeError BigInt Intl URL URLSearchParams console Buffer crypto structuredClone parseInt parseFloat isNaN",
		"setTimeout clearTimeout encodeURIComponent decodeURIComponent encodeURI zod z lodash date-fns dayjs luxon path util url nanoid performance Reflect TextEncoder TextDecoder AbortSignal AbortController Uint8Array Response Headers",
	)
	// harmlessNames are functions of the languages' own.
	harmlessNames = words(
		"print len str int float bool list dict set tuple range enumerate zip map filter sorted reversed sum min max any all isinstance input issubclass getattr hasattr type id iter next repr round abs vars",
		"format frozenset bytes bytearray chr ord hex bin oct divmod pow slice super object hash callable dir property staticmethod classmethod memoryview complex aiter anext locals globals",
		"Exception ValueError TypeError RuntimeError KeyError IndexError NotImplementedError AttributeError TimeoutError PermissionError FileNotFoundError OSError Error require fetch_none",
	)
	// harmlessMethods are methods of texts, lists, dictionaries and the like, whatever they are called on.
	harmlessMethods = words(
		"append extend insert pop get items keys values join split rsplit splitlines strip lstrip rstrip lower upper title capitalize format replace startswith endswith find index count encode decode",
		"sort reverse copy setdefault isdigit isalpha isalnum isnumeric zfill center ljust rjust partition rpartition casefold swapcase removeprefix removesuffix union intersection difference add discard",
		"strftime strptime isoformat timestamp date time total_seconds utcnow now today group groups groupdict match search findall finditer fullmatch sub subn",
		"push shift unshift slice splice concat includes indexOf forEach some every flat flatMap reduce toString toFixed toLowerCase toUpperCase trim trimStart trimEnd padStart padEnd startsWith endsWith charAt charCodeAt substring substr localeCompare",
		"toISOString toLocaleString toLocaleDateString toLocaleTimeString getTime getFullYear getMonth getDate getDay getHours getMinutes has entries then catch finally json text read_text fetchone fetchall fetchmany",
		"model_validate_json validate_json validate_python model_copy model_json_schema model_construct model_fields raise_for_status debug info warning warn error exception log model_dump model_dump_json model_validate dict mean median std map filter",
		"string number boolean object array optional describe nullable default enum union literal min max int positive email parse safeParse",
		"exists resolve is_file is_dir is_absolute is_symlink as_posix relative_to absolute with_suffix with_name joinpath expanduser iterdir glob rglob samefile getvalue seek tell submit result stat as_bytes as_string poll",
		"read readline readlines readable fileno raise_for_status cursor close __init__ __getitem__ iter_lines head tail to_dict to_json to_markdown iterrows groupby describe",
	)
	// mutators are methods that send, store or remove something wherever they occur, by names that
	// nothing else has.
	mutators = words(
		"sendmail send_message send_email sendEmail send_mail sendMail chat_postMessage postMessage chat_update chat_delete files_upload send_sms sendSms send_whatsapp create_event createEvent",
		"put_object delete_object upload_file upload_fileobj delete_objects put_item delete_item update_item batch_write_item send_raw_email publish send_to_queue run_instances terminate_instances stop_instances",
		"delete_one delete_many insert_one insert_many update_one update_many replace_one find_one_and_update find_one_and_delete bulk_write deleteOne deleteMany insertOne insertMany updateOne updateMany",
		"create_issue create_pull_request create_or_update_file merge_pull_request delete_repo create_refund createRefund transfer_funds delete_collection delete_index drop_collection flushall flushdb to_sql to_csv to_excel to_parquet savefig",
	)
	// mutatingCalls are calls by their resolved names that change something outside.
	mutatingCalls = words(
		"smtplib.SMTP.sendmail smtplib.SMTP.send_message smtplib.SMTP_SSL.sendmail smtplib.SMTP_SSL.send_message stripe.Charge.create stripe.Refund.create stripe.PaymentIntent.create stripe.Customer.delete",
		"exec eval os.kill os.killpg signal.pthread_kill webbrowser.open winreg.SetValueEx process.kill process.exit",
	)
	// otherThanHarmless are functions of harmless modules that do change something.
	otherThanHarmless = words("matplotlib.pyplot.savefig matplotlib.figure.Figure.savefig openai.files.create email.send gzip.open io.open logging.FileHandler logging.basicConfig numpy.save numpy.savez numpy.savetxt asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.open_connection asyncio.start_server")
	// readPrefixes and actPrefixes begin the names of methods that only look, and of those that
	// send, store or remove something: get_user, deleteUser.
	readPrefixes = []string{"get", "list", "find", "search", "fetch", "is", "has", "to", "parse", "format", "count", "describe", "lookup", "query", "retrieve", "read", "calculate", "compute", "export_to", "log"}
	// lookPrefixes and harmlessLooks are names of tools that only look.
	lookPrefixes  = []string{"web", "scrape", "extract", "crawl", "analyze", "analyse", "summarize", "translate", "ask", "check", "view", "show"}
	harmlessLooks = words("search query fetch lookup scrape crawl extract retrieve weather translate summarize")
	actPrefixes   = []string{"delete", "send", "refund", "cancel", "destroy", "terminate", "revoke", "purge", "upload", "publish", "insert", "transfer"}
	// passThrough are functions of harmless modules that give back what they are given.
	passThrough = []string{"typing.cast", "typing_extensions.cast", "copy.copy", "copy.deepcopy", "functools.partial", "contextlib.closing"}
	// contexts are names of what a library gives a tool to talk to its caller.
	contexts = words("ctx context tool_context run_context toolContext runContext runtime extra writer")
	// logs are names of what is only written to.
	logs = words("logger log logging _logger LOGGER LOG console")
	// hostedReads and hostedActs are tools of libraries and providers that are known by parts of their names.
	hostedReads = []string{"search", "serper", "tavily", "duckduckgo", "wikipedia", "arxiv", "weather", "retriev", "url_context", "fetch", "load_memory", "preload_memory", "scrape", "visit_webpage", "read", "final_answer", "user_input", "google_maps", "calculator", "wolfram", "query_engine"}
	// hostedAway are tools that run at the provider, where nothing of the user's is.
	hostedAway = []string{"code_interpreter", "codeinterpreter", "code_execution", "image_generation", "imagegeneration"}
	hostedActs = []string{"shell", "bash", "terminal", "computer", "apply_patch", "text_editor", "python_repl", "python_interpreter", "execute", "write", "send", "delete", "create", "exec"}
)

// knownCall tells whether a call by its resolved name changes anything outside.
func knownCall(name string) Tri {
	switch {
	case mutatingCalls[name]:
		return Yes
	case otherThanHarmless[name]:
		return Unknown
	case harmlessNames[name] || harmlessModules[name]:
		return No
	}
	for i, r := range name {
		if (r == '.' || r == '/') && harmlessModules[name[:i]] {
			return No
		}
	}
	return Unknown
}

// prefixed reports whether a name begins with one of the words, and goes on with another.
func prefixed(name string, prefixes []string) bool {
	for _, p := range prefixes {
		rest, ok := strings.CutPrefix(name, p)
		if ok && rest != "" && (rest[0] == '_' || rest[0] >= 'A' && rest[0] <= 'Z') {
			return !strings.Contains(rest, "or_create") && !strings.Contains(rest, "OrCreate")
		}
	}
	return false
}

// hostedMutates tells whether a tool whose work stands elsewhere changes anything.
func hostedMutates(t *tool) Tri {
	if !t.hosted {
		return Unknown
	}
	name := strings.ToLower(t.Name)
	for _, a := range t.aliases {
		name += " " + strings.ToLower(a)
	}
	for _, part := range hostedAway {
		if strings.Contains(name, part) {
			return No
		}
	}
	for _, part := range hostedActs {
		if strings.Contains(name, part) {
			return Yes
		}
	}
	for _, part := range hostedReads {
		if strings.Contains(name, part) {
			return No
		}
	}
	return Unknown
}
