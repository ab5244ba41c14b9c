package llm

// Short, for tests outside of the package, is how markers name a site.
var Short = short
