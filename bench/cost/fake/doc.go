// Package fake stands in for the providers of models: an HTTP server that speaks OpenAI's chat
// completions, responses and embeddings, Anthropic's messages and Google's generateContent, with
// streams, refuses what they refuse (as of 2026-11-22), and meters and bills each request as they
// do: by the tokens of its own messages and tools, what its cache holds, and the answer.
//
//	endpoint.go            the server, and what it was asked
//	openai.go anthropic.go google.go stream.go    formats on the wire
//	request.go             the request behind them
//	refuse.go              what providers refuse
//	meter.go               tokens, caches, the bill
//	script.go schema.go    a model that answers by chance and by rules
package fake
