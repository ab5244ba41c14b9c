package effects

// httpRow is how a function sends a request.
type httpRow struct {
	method string    // "" for the function's own name, "*" for none
	verb   *argument // the argument that has it
	url    *argument
	host   *argument // the argument that has a host without a scheme
	scheme string    // of host
	base   string    // options that hold the URL which a client's paths are below
	// needs reports that the row only counts where a URL is known: the function has other uses.
	needs bool
}

var (
	urlFirst  = &argument{"url", 0}
	urlSecond = &argument{"url", 1}
	verbFirst = &argument{"method", 0}
)

const (
	httpVerbs  = "get post put patch delete head options"
	pythonHTTP = "requests requests..Session requests..session httpx httpx..Client httpx..AsyncClient aiohttp..ClientSession requests_futures..FuturesSession requests_cache..CachedSession cloudscraper..create_scraper curl_cffi..Session curl_cffi..AsyncSession curl_cffi.requests niquests niquests..Session primp..Client tls_client..Session treq requests_html..HTMLSession requests_html..AsyncHTMLSession"
	scriptHTTP = "axios axios.create axios..Axios axios..AxiosInstance axios.Axios got got.extend got.got ky ky.create ky.extend superagent superagent.agent needle request request-promise request-promise-native ofetch ofetch.ofetch ofetch.create node-fetch wretch undici supertest.agent phin bent @angular/common/http..HttpClient playwright..APIRequestContext"
)

var httpPython = []row{
	{heads: pythonHTTP, names: httpVerbs, http: &httpRow{url: urlFirst}},
	{heads: pythonHTTP, names: "request stream", http: &httpRow{method: "*", verb: verbFirst, url: urlSecond}},
	{heads: "aiohttp..ClientSession httpx_ws websockets websockets..client websockets..sync websocket aiohttp", names: "ws_connect aconnect_ws connect_ws connect create_connection", http: &httpRow{method: "GET", url: &argument{"url uri", 0}}},
	{heads: "websocket websocket..WebSocketApp", names: "WebSocketApp", http: &httpRow{method: "GET", url: urlFirst}},
	{heads: "aiohttp", names: "request", http: &httpRow{method: "*", verb: verbFirst, url: urlSecond}},
	{heads: pythonHTTP, names: "send", http: &httpRow{method: "*", url: &argument{"request", 0}}},
	{heads: "urllib.request urllib2 urllib six.moves.urllib.request", names: "urlopen", http: &httpRow{method: "GET", url: urlFirst}},
	{heads: "urllib.request.build_opener urllib.request.OpenerDirector", names: "open", http: &httpRow{method: "GET", url: &argument{"fullurl", 0}}},
	{heads: "urllib.request urllib six.moves.urllib.request", names: "urlretrieve", http: &httpRow{method: "GET", url: urlFirst}, file: &fileRow{op: "write", path: &argument{"filename", 1}, optional: true}},
	{heads: "urllib3 urllib3..PoolManager urllib3..ProxyManager urllib3..HTTPSConnectionPool", names: "request urlopen", http: &httpRow{method: "*", verb: verbFirst, url: urlSecond}},
	{heads: "http.client", names: "HTTPSConnection", http: &httpRow{method: "*", host: &argument{"host", 0}, scheme: "https"}},
	{heads: "http.client", names: "HTTPConnection", http: &httpRow{method: "*", host: &argument{"host", 0}, scheme: "http"}},
	{heads: "http.client.HTTPSConnection http.client.HTTPConnection", names: "request", http: &httpRow{method: "*", verb: verbFirst, url: urlSecond}},
	{heads: "httpx requests aiohttp tls_client curl_cffi.requests niquests", names: "Client AsyncClient ClientSession Session AsyncSession", http: &httpRow{method: "*", base: "base_url"}},
	{heads: "openai anthropic groq mistralai together langchain_openai langchain_anthropic langchain_groq langchain_ollama ollama qdrant_client weaviate chromadb elasticsearch opensearchpy firecrawl zep_python",
		names: "OpenAI AsyncOpenAI AzureOpenAI AsyncAzureOpenAI Anthropic AsyncAnthropic Groq AsyncGroq Mistral Together ChatOpenAI ChatAnthropic AzureChatOpenAI OpenAIEmbeddings ChatGroq ChatOllama OllamaEmbeddings Client AsyncClient QdrantClient AsyncQdrantClient FirecrawlApp Elasticsearch OpenSearch",
		http:  &httpRow{method: "*", base: "base_url openai_api_base azure_endpoint api_base endpoint host url api_url hosts"}},
	{heads: "pandas polars geopandas", names: "read_csv read_json read_html read_excel read_parquet read_xml read_table read_feather read_file", http: &httpRow{method: "GET", url: &argument{"filepath_or_buffer path_or_buf io path source filename", 0}, needs: true}},
	{heads: "feedparser", names: "parse", http: &httpRow{method: "GET", url: &argument{"url_file_stream_or_string", 0}, needs: true}},
	{heads: "playwright..async_playwright playwright..sync_playwright playwright..Page playwright..BrowserContext patchright..async_playwright pyppeteer..launch", any: true, names: "goto", http: &httpRow{method: "GET", url: urlFirst}},
	{heads: "selenium.webdriver..Chrome selenium.webdriver..Firefox selenium.webdriver..Edge selenium.webdriver..Remote selenium.webdriver..WebDriver undetected_chromedriver..Chrome selenium.webdriver.Chrome selenium.webdriver.Firefox selenium.webdriver.Edge selenium.webdriver.Remote", names: "get", http: &httpRow{method: "GET", url: urlFirst}},
	{heads: "webbrowser", names: "open open_new open_new_tab", http: &httpRow{method: "GET", url: urlFirst}},
	{heads: "wget", names: "download", http: &httpRow{method: "GET", url: urlFirst}, file: &fileRow{op: "write", path: &argument{"out", 1}, optional: true}},
	{heads: "trafilatura", names: "fetch_url", http: &httpRow{method: "GET", url: urlFirst}},
	{heads: "xmlrpc.client", names: "ServerProxy", http: &httpRow{method: "*", url: &argument{"uri", 0}}},
	{heads: "gradio_client", names: "Client", http: &httpRow{method: "*", url: &argument{"src", 0}, needs: true}},
	{heads: "mcp..sse mcp..streamable_http mcp", names: "sse_client streamablehttp_client streamable_http_client", http: &httpRow{method: "*", url: urlFirst}},
}

var httpScript = []row{
	{heads: scriptHTTP, names: httpVerbs + " del", http: &httpRow{url: &argument{"", 0}}},
	{heads: scriptHTTP, names: "request stream fetch raw", http: &httpRow{method: "option", url: &argument{"", 0}}},
	{heads: "", names: "fetch", http: &httpRow{method: "option", url: &argument{"", 0}}},
	{heads: "node-fetch cross-fetch isomorphic-fetch undici window globalThis self global node-fetch-native whatwg-fetch @tauri-apps/plugin-http expo/fetch fetch-retry", names: "fetch", http: &httpRow{method: "option", url: &argument{"", 0}}},
	{heads: "", names: "node-fetch cross-fetch isomorphic-fetch axios got ky request request-promise needle node-fetch-native", http: &httpRow{method: "option", url: &argument{"", 0}}},
	{heads: "undici ofetch", names: "request stream ofetch $fetch", http: &httpRow{method: "option", url: &argument{"", 0}}},
	{heads: "https http2", names: "request get", http: &httpRow{method: "option", url: &argument{"", 0}, scheme: "https"}},
	{heads: "http", names: "request get", http: &httpRow{method: "option", url: &argument{"", 0}, scheme: "http"}},
	{heads: "axios", names: "create", http: &httpRow{method: "*", base: "baseURL"}},
	{heads: "got", names: "extend", http: &httpRow{method: "*", base: "prefixUrl"}},
	{heads: "ky", names: "create extend", http: &httpRow{method: "*", base: "prefixUrl prefix baseUrl"}},
	{heads: "ofetch ofetch.ofetch ofetch.$fetch", names: "create", http: &httpRow{method: "*", base: "baseURL"}},
	{heads: "", names: "wretch", http: &httpRow{method: "*", url: &argument{"", 0}}},
	{heads: "undici", names: "Client Pool", http: &httpRow{method: "*", url: &argument{"", 0}}},
	{heads: "", names: "WebSocket EventSource", http: &httpRow{method: "GET", url: &argument{"", 0}}},
	{heads: "ws", names: "WebSocket", http: &httpRow{method: "GET", url: &argument{"", 0}}},
	{heads: "", names: "ws", http: &httpRow{method: "GET", url: &argument{"", 0}, needs: true}},
	{heads: "eventsource", names: "EventSource", http: &httpRow{method: "GET", url: &argument{"", 0}}},
	{heads: "playwright..chromium playwright..firefox playwright..webkit playwright-core..chromium playwright.chromium playwright.firefox playwright.webkit puppeteer puppeteer-core puppeteer-extra playwright..Page puppeteer..Page @playwright/test..Page @browserbasehq/stagehand..Stagehand", any: true, names: "goto", http: &httpRow{method: "GET", url: &argument{"", 0}}},
	{heads: "navigator", names: "sendBeacon", http: &httpRow{method: "POST", url: &argument{"", 0}}},
	{heads: "openai @anthropic-ai/sdk groq-sdk @mistralai/mistralai together-ai @ai-sdk/openai @ai-sdk/anthropic @ai-sdk/openai-compatible @ai-sdk/google @ai-sdk/mistral @langchain/openai @langchain/anthropic @langchain/ollama ollama @qdrant/js-client-rest",
		names: "OpenAI AzureOpenAI Anthropic Groq Mistral Together createOpenAI createAnthropic createOpenAICompatible createGoogleGenerativeAI createMistral ChatOpenAI ChatAnthropic ChatOllama Ollama QdrantClient",
		http:  &httpRow{method: "*", base: "baseURL baseUrl endpoint host url serverURL azureOpenAIBasePath"}},
	{heads: "", names: "openai @anthropic-ai/sdk groq-sdk together-ai", http: &httpRow{method: "*", base: "baseURL"}},
	{heads: "@modelcontextprotocol/sdk/client/sse.js @modelcontextprotocol/sdk/client/streamableHttp.js @modelcontextprotocol/sdk/client/sse @modelcontextprotocol/sdk/client/streamableHttp @modelcontextprotocol/sdk/client/websocket.js", names: "SSEClientTransport StreamableHTTPClientTransport WebSocketClientTransport", http: &httpRow{method: "*", url: &argument{"", 0}}},
}
