package main

import (
	"regexp"
	"strings"
	"unicode"
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

const blank = `[\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]`

var (
	blanksAndQuotes = regexp.MustCompile(
		`[\t\n\v\f\r >|\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+`)
	mark = regexp.MustCompile(`-{1,5}[ \t]{0,4}([Bb][Ee][Gg][Ii][Nn]|[Ee][Nn][Dd])` + blank +
		`{1,4}[Kk][Ee][Yy][Ff][Ee][Rr][Rr][Yy]` + blank +
		`{1,4}([A-Za-z]{1,12}(?:-[A-Za-z]{1,12})?)` + blank + `{0,4}-{1,5}`)
	signs = regexp.MustCompile(`^[A-Za-z0-9_.~-]*`)
	alnum = regexp.MustCompile(`[A-Za-z0-9=]`)
)

// plainText drops what nobody sees (category Cf); a dash is a hyphen, a long one two.
func plainText(text string) string {
	var plain strings.Builder
	for _, sign := range text {
		switch {
		case sign == '\u2014' || sign == '\u2015':
			plain.WriteString("--")
		case unicode.Is(unicode.Cf, sign):
		case unicode.Is(unicode.Pd, sign) || sign == '\u2212':
			plain.WriteByte('-')
		default:
			plain.WriteRune(sign)
		}
	}
	return plain.String()
}

// readArmour finds the tokens between BEGIN and END, or takes bare tokens, which have no label.
// However the text around the tokens was damaged; the tokens are as they were, or nothing.
func readArmour(raw string) (label string, tokens []string, err error) {
	text := plainText(raw)
	marks := mark.FindAllStringSubmatchIndex(text, -1)
	isBegin := func(at []int) bool { return strings.EqualFold(text[at[2]:at[3]], "BEGIN") }
	first, begins := -1, 0
	for at, found := range marks {
		if isBegin(found) {
			if first < 0 {
				first = at
			}
			begins++
		}
	}
	if begins > 1 {
		return "", nil, refuse("FILE_MALFORMED", "several blocks")
	}
	if begins == 0 {
		tokens, err = readBare(text)
		return "", tokens, err
	}
	begin := marks[first]
	label = strings.ToUpper(text[begin[4]:begin[5]])
	inside, ended := text[begin[1]:], false
	if first+1 < len(marks) {
		end := marks[first+1]
		inside, ended = text[begin[1]:end[0]], strings.EqualFold(text[end[4]:end[5]], label)
	}
	body := blanksAndQuotes.ReplaceAllString(inside, "")
	if len(body) > fileLimit {
		return "", nil, refuse("FILE_TOO_LARGE", "")
	}
	if !ended {
		return "", nil, refuse("FILE_MALFORMED", "no END line")
	}
	if signs.FindString(body) != body {
		return "", nil, refuse("FILE_MALFORMED", "a character that does not belong there")
	}
	return label, strings.Split(body, "~"), nil
}

func readBare(text string) ([]string, error) {
	bare := ""
	if start := strings.Index(text, "eyJ"); start >= 0 { // base64url of `{"`: how every header begins
		bare = blanksAndQuotes.ReplaceAllString(text[start:], "")
	}
	found := signs.FindString(bare)
	tokens := strings.TrimRight(found, ".~")
	if !strings.Contains(tokens, ".") || alnum.MatchString(bare[len(found):]) {
		return nil, refuse("FILE_MALFORMED", "nothing found")
	}
	if len(tokens) > fileLimit {
		return nil, refuse("FILE_TOO_LARGE", "")
	}
	return strings.Split(tokens, "~"), nil
}
