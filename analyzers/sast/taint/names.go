package taint

import "strings"

// names are the names that the interpreter itself looks for, as numbers.
type names struct {
	this, init, constructor, super, undefined, module, exports, dunderName int32
}

func newNames(in *interp) names {
	return names{
		this: in.intern("this"), init: in.intern("__init__"), constructor: in.intern("constructor"), super: in.intern("super"),
		undefined: in.intern("undefined"), module: in.intern("module"), exports: in.intern("exports"), dunderName: in.intern("__name__"),
	}
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// harmless are functions and methods whose result is a number, a truth, a date or the like:
// whatever goes in, nothing comes out that could be made to mean something else.
var harmless = struct{ functions, methods, scriptFunctions, scriptMethods map[string]bool }{
	functions: set(`len int float bool complex isinstance issubclass callable hasattr hash id ord abs round any all
		uuid.UUID datetime.datetime.strptime datetime.datetime.fromisoformat datetime.date.fromisoformat datetime.datetime.fromtimestamp
		decimal.Decimal fractions.Fraction ipaddress.ip_address ipaddress.ip_network ipaddress.IPv4Address ipaddress.IPv6Address
		os.path.exists os.path.isfile os.path.isdir os.path.isabs os.path.islink os.path.getsize os.path.getmtime
		hmac.compare_digest secrets.compare_digest math.floor math.ceil math.sqrt math.isnan time.time time.sleep
		werkzeug.security.check_password_hash django.contrib.auth.hashers.check_password bcrypt.checkpw
		re.compile threading.Lock`),
	methods: set(`isdigit isalpha isalnum isnumeric isdecimal isidentifier islower isupper isspace istitle isascii isprintable
		startswith endswith find rfind count __len__ __contains__ is_valid bit_length`),
	scriptFunctions: set(`Number parseInt parseFloat Boolean BigInt isNaN isFinite Number.isInteger Number.isSafeInteger Number.isFinite Number.isNaN
		Number.parseInt Number.parseFloat Array.isArray Date.parse Date.now Symbol`),
	scriptMethods: set(`indexOf lastIndexOf findIndex includes startsWith endsWith charCodeAt codePointAt localeCompare search test every some has hasOwnProperty
		isInteger getTime valueOf`),
}

// never return: what stands behind a call of them does not run.
var noReturn = set(`sys.exit os._exit os.abort exit quit flask.abort werkzeug.exceptions.abort bottle.abort aiohttp.web.abort
	process.exit process.abort next/navigation.redirect next/navigation.notFound`)

// containers are constructors of what is told apart by element.
var constructors = map[string]cellKind{
	"list": listCell, "set": listCell, "frozenset": listCell, "tuple": listCell, "collections.deque": listCell, "deque": listCell,
	"queue.Queue": listCell, "queue.LifoQueue": listCell, "queue.SimpleQueue": listCell, "asyncio.Queue": listCell, "bytearray": listCell,
	"io.StringIO": listCell, "io.BytesIO": listCell, "StringIO": listCell, "BytesIO": listCell,
	"Array": listCell, "Set": listCell, "Array.from": listCell, "Array.of": listCell,
	"dict": dictCell, "collections.OrderedDict": dictCell, "collections.defaultdict": dictCell, "collections.ChainMap": dictCell, "types.MappingProxyType": dictCell,
	"types.SimpleNamespace": objectCell, "Map": dictCell, "WeakMap": dictCell, "URLSearchParams": dictCell,
	"configparser.ConfigParser": configCell, "configparser.RawConfigParser": configCell, "configparser.SafeConfigParser": configCell,
}

// allowed are words in the names of collections that hold what is permitted.
var allowed = []string{"allow", "white", "valid", "safe", "permit", "trusted", "known", "supported", "choices", "accepted"}

// isAllowList reports whether a name speaks of a collection of what is permitted. One in capitals is
// a constant.
func isAllowList(name string) bool {
	if len(name) > 2 && name == strings.ToUpper(name) && name != strings.ToLower(name) {
		return true
	}
	lower := strings.ToLower(name)
	for _, w := range allowed {
		if i := strings.Index(lower, w); i >= 0 && !strings.HasPrefix(lower[:i], "in") && !strings.HasSuffix(lower[:i], "un") && !strings.HasSuffix(lower[:i], "in") {
			return true
		}
	}
	return false
}
