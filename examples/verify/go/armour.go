package main

import (
	"regexp"
	"slices"
	"strings"
)

const fileLimit, tokenLimit, depthLimit, newestFormat = 64 * 1024, 8 * 1024, 6, 1

// Refused is an expected "no": one of Keyferry's refusal codes, never renamed.
type Refused struct{ Code, Detail string }

func (r Refused) Error() string { return strings.TrimSpace(r.Code + " " + r.Detail) }

func refuse(code, detail string) error { return Refused{code, detail} }

var labels = map[string]string{"license": "LICENSE", "activation-request": "REQUEST",
	"activation": "ACTIVATION", "refusal": "REFUSAL", "trust": "TRUST", "hub-key": "HUB-KEY",
	"revocation": "REVOCATION", "return": "RETURN", "receipt": "RECEIPT",
	"allotment": "ALLOTMENT", "close": "CLOSE", "push": "PUSH"}

var (
	lineEnd = regexp.MustCompile(`\r\n|[\n\r]`)
	begin   = regexp.MustCompile(`^-----BEGIN KEYFERRY ([A-Z-]{1,20})-----$`)
	signs   = regexp.MustCompile(`^[A-Za-z0-9_.~-]*$`)
)

const blank = " \t\v\f\u00a0\u2028\u2029\ufeff"

// readArmour finds the tokens between BEGIN and END, or takes bare tokens, which have no label.
func readArmour(text string) (label string, tokens []string, err error) {
	lines := lineEnd.Split(text, -1)
	var blocks []int
	for at, line := range lines {
		// Mail programs put quote marks in front.
		lines[at] = strings.TrimLeft(strings.TrimRight(line, blank), blank+">|")
		if begin.MatchString(lines[at]) {
			blocks = append(blocks, at)
		}
	}
	if len(blocks) > 1 {
		return "", nil, refuse("FILE_MALFORMED", "several blocks")
	}
	if len(blocks) == 0 {
		bare := strings.Join(lines, "")
		if len(bare) > fileLimit {
			return "", nil, refuse("FILE_TOO_LARGE", "")
		}
		if !strings.Contains(bare, ".") || !signs.MatchString(bare) {
			return "", nil, refuse("FILE_MALFORMED", "nothing found")
		}
		return "", strings.Split(bare, "~"), nil
	}
	label = begin.FindStringSubmatch(lines[blocks[0]])[1]
	rest := lines[blocks[0]+1:]
	end := slices.IndexFunc(rest, func(line string) bool { return strings.HasPrefix(line, "-----") })
	if end < 0 {
		end = len(rest)
	}
	body := strings.Join(rest[:end], "")
	if len(body) > fileLimit {
		return "", nil, refuse("FILE_TOO_LARGE", "")
	}
	if end == len(rest) || rest[end] != "-----END KEYFERRY "+label+"-----" {
		return "", nil, refuse("FILE_MALFORMED", "no END line")
	}
	if !signs.MatchString(body) {
		return "", nil, refuse("FILE_MALFORMED", "a sign that does not belong there")
	}
	return label, strings.Split(body, "~"), nil
}
