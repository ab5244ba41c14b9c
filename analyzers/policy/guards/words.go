package guards

import (
	"strings"
	"unicode"
)

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// The environments, as code names them, in lower case.
var (
	productionNames = strings.Fields("production prod prd live")
	otherNames      = strings.Fields("development dev develop devel local localhost test testing tests staging stage stg qa uat ci preview sandbox demo preprod pre-prod pre_prod preproduction nonprod non-prod non_prod debug integration int e2e")

	environmentWords = set(strings.Join(productionNames, " ") + " " + strings.Join(otherNames, " "))

	// environmentNames are variables, attributes and settings that hold the environment's name.
	environmentNames = set(`env environment appenv appenvironment nodeenv stage deployenv deployenvironment deploymentenv deploymentenvironment deploystage
		pythonenv flaskenv djangoenv fastapienv vercelenv railsenv goenv djangoenvironment environmentname envname currentenv currentenvironment runenv runtimeenv
		runtimeenvironment targetenv targetenvironment deploytarget envtype envmode appmode appstage sentryenvironment nextpublicappenv nextpublicenv
		nextpublicvercelenv railwayenvironment railwayenvironmentname context_env aspnetcoreenvironment serverenv serviceenv backendenv agentenv apienv
		viteappenv reactappenv nuxtenv sstage serverlessstage awsenv azurefunctionsenvironment deploymentstage getenvironment getenv_name
		appsettingsenv djangosettingsmodule envstr environ_name`)
	// productionFlags are true in production only, otherFlags never there.
	productionFlags    = set(`prod production isprod isproduction inprod inproduction isprodenv isproductionenv isproductionenvironment prodmode productionmode isprodmode isproductionmode prodenv productionenv runninginproduction runninginprod isrunninginproduction`)
	otherFlags         = set(`isdev isdevelopment isdevel devmode developmentmode isdevmode isdevelopmentmode isdevenv isdevelopmentenv isstaging isstagingenv istestenv istestenvironment islocalenv islocaldev indevelopment indev development isdevorstaging isdevortest __dev__`)
	notProductionFlags = set(`notprod notproduction isnotprod isnotproduction nonprod nonproduction isnonprod isnonproduction`)
	debugFlags         = set(`debug dev testing`)
	// debugSettings are the flags of frameworks that are off in production, and what has them: Django, Flask,
	// Vite. Any other debug flag may be on there to see more in the log.
	debugSettings = map[string][]string{
		"DEBUG": {"settings", "app.config", "current_app.config"}, "TESTING": {"settings", "app.config", "current_app.config"},
		"debug": {"app", "current_app"}, "testing": {"app", "current_app"}, "DEV": {"import.meta.env"},
	}
)

func isEnvironmentWord(w string) bool { return environmentWords[w] }

type environmentSays uint8

const (
	notEnvironment environmentSays = iota
	namesEnvironment
	saysProduction
	saysOther
	saysNotProduction
	saysDebug
	namesMode // of an application in production, or of something else
)

// environmentName is what a name says of the environment.
func environmentName(name string) environmentSays {
	w := strings.ToLower(strings.ReplaceAll(strings.Trim(name, "_"), "_", ""))
	switch {
	case environmentNames[w]:
		return namesEnvironment
	case w == "mode":
		return namesMode
	case productionFlags[w]:
		return saysProduction
	case otherFlags[w] || name == "__DEV__":
		return saysOther
	case notProductionFlags[w]:
		return saysNotProduction
	case debugFlags[w]:
		return saysDebug
	}
	return notEnvironment
}

// The words of answers and of what has been decided, in lower case.
var (
	yesWords = set(`y yes yep yeah s si sí ok okay true 1 approve approved accept accepted allow allowed confirm confirmed proceed continue go agree agreed grant granted always once run`)
	// plainYes are answers whatever the question is.
	plainYes = set(`y yes yep s si sí approve approved confirm confirmed`)
	noWords  = set(`n no nope q quit exit cancel cancelled canceled abort reject rejected deny denied stop decline declined false 0 skip never refuse refused`)
	// statusWords are said of what a person has approved; grantWords are attributes of an answer that say so.
	statusWords = set(`approve approved confirm confirmed approval confirmation`)
	grantWords  = set(`accepted accept allowed allow granted ok proceed success authorized consent agreed yes confirm value result response decision answer action type data content choice continue`)
	// decidedWords are values that say so, whatever has them.
	decidedWords = set(`approved confirmed approve`)
	deniedWords  = set(`reject rejected deny denied decline declined cancel cancelled canceled disapproved refused aborted abort unapproved`)
	// asksWords in a question mean that it asks whether to go on.
	asksWords = set(`sure confirm confirmation proceed continue approve approval approved allow accept permission y n yes no ok execute run delete okay want seguro confirmar confirma continuar aprobar aprueba ejecutar permitir proceder`)
)

// finalWords a question mean that typing what it asks for is agreeing to something: type the table's name to confirm.
var finalWords = set(`sure confirm confirmation confirmar confirma seguro permanently irreversible irreversibly undone delete deleting destroy drop wipe erase remove purge approve allow proceed truncate deploy`)

type approvalSays uint8

const (
	notApproval  approvalSays = iota
	saysApproved              // approved, is_approved, confirmation
	saysDenied
	bypasses // auto_approve, force, yes
	demands  // require_approval, needs_confirmation
)

var (
	approvalWords = set(`approve approved approval confirm confirms confirmed confirmation consent hitl aprobar aprobado aprobacion aprobación confirmado confirmacion`)
	autoWords     = set(`auto automatic automatically autoapprove skip bypass without no disable disabled ignore assume yolo pre dangerously`)
	demandWords   = set(`require requires required need needs needed must enable enabled mandatory ask asks should`)
	// agreedWords make an approval of a person's name: user_accepted.
	agreedWords  = set(`ok accepted agreed consented allowed`)
	negatedWords = set(`not un reject rejected deny denied dis`)
	// bypassNames are flags that stand for an answer that is not asked for.
	bypassNames = set(`yes force assume_yes non_interactive noninteractive no_input yolo unattended headless assumeyes skip_prompt no_prompt`)
	// businessWords follow confirm and approve where they mean something else than a go-ahead for an action.
	businessWords = set(`password email mail order orders payment payments booking reservation subscription account registration signup user_id number code token
		domain domains list urls hosts url host tools models model at id ids date time count amount page view template dialog modal button text label message msg title
		handler callback url_path total status_code exit transaction_id sms phone address invoice vendor vendors sources source users roles`)
	// actionWords follow confirm and approve where they mean a go-ahead.
	actionWords = set(`action actions tool call command cmd delete deletion plan step execution operation request change changes execute run shell
		code sql query write edit file destructive dangerous proceed continue with user human prompt operator or and exit abort raise fail the a this for of to if is was granted
		response result answer decision given gate flag async sync ask in via by from cli console terminal input slack dialog transfer transaction deploy deployment removal remove purge drop before manual`)
	// stateWords stand around approved in the name of what says that something is.
	stateWords = set(`is was has been have got already by explicitly all granted given received ok status token state interactive`)
	// personWords and askWords stand before what is asked for.
	personWords = set(`human user operator person admin manager owner reviewer me you`)
	askWords    = set(`ask asks request requests get gets obtain await wait prompt prompts require requires ensure check has is seek need needs needed verify assert must enforce demand guard wants collect receive solicit read interactive manual manually with explicit`)
	// enforceWords begin the names of functions that do not return without an approval.
	enforceWords = set(`require requires ensure assert enforce demand must await wait guard`)
	// tellWords begin the names of functions that only tell of an approval.
	tellWords = set(`send log print notify emit publish create record save store email post track audit set add mark format render build make parse handle on write list load show display count delete remove clear reset update register auto schedule`)
	// machineWords are said of what is no person.
	machineWords = set(`llm model agent bot auto ai gpt claude critic judge classifier policy rule rules chain evaluator`)
)

// lowerWords are the words of an identifier, in lower case: is_approved, isApproved, IS_APPROVED.
func lowerWords(name string) []string {
	var out []string
	start := 0
	runes := []rune(name)
	flush := func(end int) {
		if end > start {
			out = append(out, strings.ToLower(string(runes[start:end])))
		}
	}
	for i, r := range runes {
		switch {
		case r == '_' || r == '-' || r == '.' || r == '$' || r == ' ':
			flush(i)
			start = i + 1
		case unicode.IsUpper(r) && i > start && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			flush(i)
			start = i
		}
	}
	flush(len(runes))
	return out
}

func anyOf(words []string, in map[string]bool) bool {
	for _, w := range words {
		if in[w] {
			return true
		}
	}
	return false
}

// approvalName is what the name of a variable or an attribute says of an approval.
func approvalName(name string) approvalSays {
	if bypassNames[strings.ToLower(name)] {
		return bypasses
	}
	words := lowerWords(name)
	at := -1
	for i, w := range words {
		if approvalWords[w] {
			at = i
		}
	}
	if at < 0 {
		if joined := strings.Join(words, "_"); strings.Contains(joined, "human_in_the_loop") || len(words) > 1 && personWords[words[0]] && anyOf(words[1:], agreedWords) {
			return saysApproved
		}
		return notApproval
	}
	switch {
	case anyOf(words[:at], autoWords):
		return bypasses
	case anyOf(words, demandWords):
		return demands
	case anyOf(words[:at], negatedWords):
		return saysDenied
	}
	for i, w := range words {
		if i != at && !stateWords[w] && !actionWords[w] && !personWords[w] && !approvalWords[w] {
			return notApproval
		}
	}
	return saysApproved
}
