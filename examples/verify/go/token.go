package main

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is one JWS, taken apart strictly before any signature is looked at.
type Token struct {
	text, kind, kid string
	claims          any
}

var header = regexp.MustCompile(
	`^\{"alg":"EdDSA","typ":"([a-z-]{1,40})\+jwt","kid":"([A-Za-z0-9_-]{43})"\}$`)

func decodeToken(text string) (*Token, error) {
	no := func(why string) (*Token, error) { return nil, refuse("TOKEN_MALFORMED", why) }
	segments := strings.Split(text, ".")
	if len(text) > tokenLimit || len(segments) != 3 {
		return no("shape")
	}
	var parts [3][]byte
	for at, segment := range segments {
		bytes, ok := decodeBase64url(segment)
		if !ok || len(bytes) == 0 {
			return no("base64url")
		}
		parts[at] = bytes
	}
	if len(parts[2]) != 64 {
		return no("signature length")
	}
	// encoding/json would replace bad UTF-8 silently.
	if !utf8.Valid(parts[0]) || !utf8.Valid(parts[1]) {
		return no("UTF-8")
	}
	match := header.FindStringSubmatch(string(parts[0]))
	if match == nil {
		return no("header")
	}
	if _, known := labels[match[1]]; !known {
		return nil, refuse("TOKEN_TYPE_UNEXPECTED", match[1])
	}
	claims, ok := parseJSON(string(parts[1]))
	if !ok {
		return no("JSON")
	}
	return &Token{text, match[1], match[2], claims}, nil
}

// decodeBase64url takes canonical text only: what decodes must encode to the same text again.
func decodeBase64url(text string) ([]byte, bool) {
	bytes, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return bytes, err == nil && base64.RawURLEncoding.EncodeToString(bytes) == text
}

// parseJSON refuses what two readers could read differently: duplicate keys, which encoding/json
// lets the last one win, depth, and numbers that are no plain integers. Maps, not structs: struct fields match in any case.
func parseJSON(text string) (any, bool) {
	if hasHalf(text) {
		return nil, false
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	value, ok := parseValue(decoder, 0)
	if !ok {
		return nil, false
	}
	_, err := decoder.Token()
	return value, err == io.EOF
}

func parseValue(decoder *json.Decoder, depth int) (any, bool) {
	token, err := decoder.Token()
	if err != nil {
		return nil, false
	}
	switch token {
	case json.Delim('{'):
		object := map[string]any{}
		for decoder.More() {
			token, err := decoder.Token()
			key, isKey := token.(string)
			_, twice := object[key]
			if err != nil || !isKey || twice || key == "__proto__" || !isPlain(key) {
				return nil, false
			}
			value, ok := parseValue(decoder, depth+1)
			if !ok {
				return nil, false
			}
			object[key] = value
		}
		_, err := decoder.Token()
		return object, err == nil && depth < depthLimit
	case json.Delim('['):
		list := []any{}
		for decoder.More() {
			value, ok := parseValue(decoder, depth+1)
			if !ok {
				return nil, false
			}
			list = append(list, value)
		}
		_, err := decoder.Token()
		return list, err == nil && depth < depthLimit
	}
	if number, isNumber := token.(json.Number); isNumber {
		whole, err := number.Int64() // refuses fractions and exponents
		return whole, err == nil && number != "-0" && -maxSafe <= whole && whole <= maxSafe
	}
	if text, isText := token.(string); isText {
		return text, isPlain(text)
	}
	_, isDelim := token.(json.Delim)
	return token, !isDelim
}

// isPlain: no control characters.
func isPlain(text string) bool { return !strings.ContainsFunc(text, unicode.IsControl) }

var escape = regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|.)`)

// hasHalf finds half of a surrogate pair, which encoding/json would replace silently.
func hasHalf(text string) bool {
	pending := -1 // where the second half is due
	for _, at := range escape.FindAllStringIndex(text, -1) {
		unit, err := strconv.ParseUint(strings.TrimPrefix(text[at[0]:at[1]], `\u`), 16, 16)
		isUnit := err == nil && at[1]-at[0] == 6
		isSecond := isUnit && unit >= 0xDC00 && unit <= 0xDFFF
		if isSecond != (pending == at[0]) {
			return true
		}
		pending = -1
		if isUnit && unit >= 0xD800 && unit <= 0xDBFF {
			pending = at[1]
		}
	}
	return pending >= 0
}
