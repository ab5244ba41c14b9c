// Command cost measures what qodacode claims about costs. It estimates real agent programs with
// `qodacode cost`, runs them with their real SDKs against an endpoint that stands in for the
// providers and meters every request, and holds the bills against the estimates:
//
//	go run ./bench/cost                      # all programs, eight seeds each
//	go run ./bench/cost --only agents_       # those whose name contains it
//	go run ./bench/cost --adverse            # models that cost as much as they may
//	go run ./bench/cost --seeds 40 --write docs/cost-accuracy.md
//
// Sound is a worst case that no run exceeds. Useful is an estimate whose low and high enclose
// what a run costs. How long answers are and how often tools are called is drawn by the fake
// model (see fake.Script and the script.json of a program): nothing that is measured here says
// how much real models write. What is real: how often SDKs ask, and what they send.
//
//	programs/NAME/         main.py or main.ts, its data, and how models answer it: script.json
//	fake/                  the endpoint
//	install.sh crewai.txt  the SDKs
//	program.go estimate.go execute.go result.go report.go adverse.go
package main
