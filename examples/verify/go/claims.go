package main

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A rule says whether a claim is what it has to be.
type rule func(value any) bool

func matching(pattern string) rule {
	compiled := regexp.MustCompile("^(?:" + pattern + ")$")
	return func(value any) bool {
		text, ok := value.(string)
		return ok && compiled.MatchString(text)
	}
}

func number(low, high int64) rule {
	return func(value any) bool {
		whole, ok := value.(int64)
		return ok && low <= whole && whole <= high
	}
}

func listOf(each rule, low, high int) rule {
	return func(value any) bool {
		list, ok := value.([]any)
		refused := func(item any) bool { return !each(item) }
		return ok && low <= len(list) && len(list) <= high && !slices.ContainsFunc(list, refused)
	}
}

// fields takes exactly these members; a name that ends in "?" may be absent.
func fields(schema map[string]rule) rule {
	return func(value any) bool {
		object, ok := value.(map[string]any)
		if !ok {
			return false
		}
		found := 0
		for name, rule := range schema {
			short := strings.TrimSuffix(name, "?")
			member, present := object[short]
			if present {
				found++
			}
			if present && !rule(member) || !present && short == name {
				return false
			}
		}
		return found == len(object)
	}
}

// withEvery adds what every token has.
func withEvery(schema map[string]rule) rule {
	schema["v"], schema["jti"], schema["iat"], schema["x?"] = count, uuid, seconds, anyObject
	return fields(schema)
}

func anyObject(value any) bool { _, ok := value.(map[string]any); return ok }
func flag(value any) bool      { _, ok := value.(bool); return ok }
func line(value any) bool {
	text, ok := value.(string)
	length := utf8.RuneCountInString(text)
	return ok && length >= 1 && length <= 200
}

const maxSafe = 1<<53 - 1

var (
	count, amount    = number(1, maxSafe), number(0, maxSafe)
	seconds, counter = number(0, 1<<40-1), number(1, 1<<31-1)
	uuid             = matching(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)
	code             = matching(`[A-Za-z0-9][A-Za-z0-9._-]{0,63}`)
	thumbprint       = matching(`[A-Za-z0-9_-]{43}`)
	oneHash          = matching(`[A-Za-z0-9_-]{22}`)
	jwk              = fields(map[string]rule{"kty": matching("OKP"), "crv": matching("Ed25519"), "x": thumbprint})
)

var slotNumber = number(1, 500)

var terms = map[string]rule{"sub": uuid, "prd": code, "title": line, "ed": line, "contact": line,
	"num": matching(`KF-[0-9A-Y]{4}-[0-9A-Y]{4}-[0-9A-Y]{4}`), "ent": listOf(code, 0, 64),
	"clients?": count, "mnt?": seconds, "org?": line,
	"ver": fields(map[string]rule{"from": amount, "to": amount}),
	"pol": fields(map[string]rule{"k": number(1, 5), "vm": flag, "given": flag,
		"graceMinutes": amount})}

func withTerms(schema map[string]rule) map[string]rule {
	maps.Copy(schema, terms)
	schema["iss"] = line
	return schema
}

var schemas = map[string]rule{
	"hub-key": withEvery(map[string]rule{"nbf": seconds, "exp": seconds,
		"cnf": fields(map[string]rule{"jwk": jwk}), "use": listOf(code, 1, 32)}),
	"trust": withEvery(map[string]rule{"seq": counter, "roots": listOf(jwk, 1, 8),
		"kids": listOf(thumbprint, 0, 64)}),
	"revocation": withEvery(map[string]rule{"iss": line, "sub": uuid, "seq": counter,
		"acts": listOf(matching(`[A-Za-z0-9_-]{12}`), 0, 350)}),
	"allotment": withEvery(withTerms(map[string]rule{"max": slotNumber, "nbf": seconds,
		"exp": seconds, "fexp": seconds, "cnf": fields(map[string]rule{"jwk": jwk})})),
	"activation": withEvery(withTerms(map[string]rule{
		"act": line, "gen": counter, "req": uuid, "name": line, "label?": line,
		"held?": matching("desk"), "k": number(1, 5), "nbf": seconds, "exp?": seconds,
		"cnf": fields(map[string]rule{"jkt": thumbprint}),
		// mac is the only list: any other would let one file hold several machines.
		"fp": fields(map[string]rule{"os?": oneHash, "fs?": oneHash, "board?": oneHash,
			"disk?": oneHash, "mac?": listOf(oneHash, 1, 4), "given?": oneHash}),
		"allot?": uuid, "slot?": slotNumber})),
}

// Claims are what these tokens say, filled after signature and schema were checked.
type Claims struct {
	V, Iat, Nbf, Gen int64
	Fexp, Max, Slot  int64
	Exp, Mnt         *int64
	Jti, Prd, Act    string
	Iss, Allot       string
	Ent, Use         []string
	Kids, Acts       []string
	Roots            []JWK
	Ver              struct{ From, To int64 }
	Pol              Policy
	Fp               map[string]any
	X                map[string]json.RawMessage
	Cnf              struct{ JWK JWK }
}

// Policy says which machines a license covers.
type Policy struct {
	K         int
	VM, Given bool
}

// JWK is an Ed25519 public key (RFC 8037).
type JWK struct{ Kty, Crv, X string }
