package secrets

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
)

// generate makes a text that re may match. Assertions are ignored, so not every one does.
func generate(rng *rand.Rand, re *syntax.Regexp) string {
	var b strings.Builder
	write(rng, re, &b)
	return b.String()
}

func write(rng *rand.Rand, re *syntax.Regexp, b *strings.Builder) {
	times := func(low, high int) {
		for range low + rng.IntN(high-low+1) {
			write(rng, re.Sub[0], b)
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 && rng.IntN(8) == 0 {
				r = fold(rng, r)
			}
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		b.WriteRune(member(rng, re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune(rune(' ' + rng.IntN(95)))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			write(rng, sub, b)
		}
	case syntax.OpAlternate:
		write(rng, re.Sub[rng.IntN(len(re.Sub))], b)
	case syntax.OpQuest:
		times(0, 1)
	case syntax.OpStar:
		times(0, 6)
	case syntax.OpPlus:
		times(1, 6)
	case syntax.OpRepeat:
		high := re.Max
		if high < 0 {
			high = re.Min + 20
		}
		times(re.Min, high)
	}
}

func fold(rng *rand.Rand, r rune) rune {
	switch strings.ToLower(string(r)) {
	case "s":
		return []rune("sSſ")[rng.IntN(3)]
	case "k":
		return []rune("kK\u212a")[rng.IntN(3)]
	}
	if rng.IntN(2) == 0 {
		return []rune(strings.ToUpper(string(r)))[0]
	}
	return []rune(strings.ToLower(string(r)))[0]
}

// member prefers ASCII, as that is what keys are made of.
func member(rng *rand.Rand, ranges []rune) rune {
	for range 20 {
		i := rng.IntN(len(ranges)/2) * 2
		if r := ranges[i] + rand.Int32N(ranges[i+1]-ranges[i]+1); r < 0x7f && r >= ' ' || r == '\n' || rng.IntN(30) == 0 {
			return r
		}
	}
	return ranges[0]
}

// code is what surrounds keys in the tests: lines with many keywords and no secrets.
var code = strings.SplitAfter(`import os
from openai import OpenAI, AsyncOpenAI as A
client = OpenAI(api_key=os.environ["OPENAI_API_KEY"], timeout=30)
def authorize(token: str, key_name="access", *, retries: int = 3) -> dict[str, str]:
    """Return the auth header; the token is read from the vault by its key."""
    headers = {"Authorization": f"Bearer {token}", "x-api-key": settings.api_key}
    for key, value in credentials.items():
        passwords[key] = decrypt(value, secret_id=f"agents/{key}") if value else None
const session = await fetch(url, { headers: { authorization: 'Bearer ' + accessToken } })
export const apiKey = process.env.API_KEY ?? ''
# facebook, linear, asana and heroku are mentioned: key = value
curl -H "Authorization: Bearer $TOKEN" https://api.example.com/v1/chat
kind: Secret
data:
  name: value
password = hunter2
total_tokens=1234567890, api_version = "2024-02-15-preview"
日本語 = "キー" # 🔑 key: ключ
`, "\n")
