// Verifies a Keyferry activation file with golang-jwt. Copy this folder into a product.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// Machine is what the running machine says of itself: `keyferry fingerprint --json`.
type Machine struct {
	Fp map[string]any
	VM bool
}

// Asked is what the product pins, asks and knows. What is nil is not asked. The roots are built into
// the product; never take them from the file.
type Asked struct {
	Roots            []JWK
	Voided           []string
	Product, Version *string
	BuiltAt          *int64
	Machine          *Machine
	Now              int64
}

var smallOrder = []string{ // y coordinates: under such a key a signature fits any message
	strings.Repeat("00", 32), "01" + strings.Repeat("00", 31),
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"ec" + strings.Repeat("ff", 30) + "7f", "ed" + strings.Repeat("ff", 30) + "7f",
	"ee" + strings.Repeat("ff", 30) + "7f",
}

// importKey gives the key and its thumbprint (RFC 7638).
func importKey(key JWK) (ed25519.PublicKey, string, error) {
	canonical := `{"crv":"` + key.Crv + `","kty":"` + key.Kty + `","x":"` + key.X + `"}`
	sum := sha256.Sum256([]byte(canonical))
	kid := base64.RawURLEncoding.EncodeToString(sum[:])
	point, ok := decodeBase64url(key.X)
	if !ok || len(point) != ed25519.PublicKeySize {
		return nil, kid, refuse("KEY_WEAK", kid)
	}
	y := slices.Clone(point)
	y[31] &= 0x7f
	if slices.Contains(smallOrder, hex.EncodeToString(y)) {
		return nil, kid, refuse("KEY_WEAK", kid)
	}
	return point, kid, nil
}

// The library checks the signature alone. It does not look at `typ`, and times are judged below.
var library = jwt.NewParser(jwt.WithValidMethods([]string{"EdDSA"}), jwt.WithoutClaimsValidation())

func verifyToken(token *Token, key ed25519.PublicKey, kid string) (*Claims, error) {
	found := func(*jwt.Token) (any, error) { return key, nil }
	// Registered claims of the wrong type are the schema's business: only the signature counts here.
	_, err := library.ParseWithClaims(token.text, &anyClaims{}, found)
	if token.kid != kid || err != nil {
		return nil, refuse("SIGNATURE_INVALID", token.kind)
	}
	if object, ok := token.claims.(map[string]any); ok {
		if version, ok := object["v"].(int64); ok && version > newestFormat {
			return nil, refuse("FORMAT_VERSION_UNSUPPORTED", strconv.FormatInt(version, 10))
		}
	}
	if !schemas[token.kind](token.claims) {
		return nil, refuse("CLAIMS_INVALID", token.kind)
	}
	var claims Claims
	data, err := json.Marshal(token.claims)
	if err == nil {
		err = json.Unmarshal(data, &claims)
	}
	return &claims, err
}

// anyClaims takes any JSON, lists and null included.
type anyClaims struct{ jwt.MapClaims }

func (*anyClaims) UnmarshalJSON([]byte) error { return nil }

var grammar = regexp.MustCompile(
	`^((trust )?(hub-key revocation )?hub-key ` +
		`(license|(allotment )?activation( return)?|refusal|receipt|allotment( close)?)` +
		`|(hub-key (allotment )?activation return )+activation-request|hub-key revocation|[a-z-]+)$`)

func verifyByRoot(token *Token, roots []JWK) (*Claims, error) {
	for _, root := range roots {
		key, kid, err := importKey(root)
		if err != nil {
			return nil, err
		}
		if kid == token.kid {
			return verifyToken(token, key, kid)
		}
	}
	return nil, refuse("KEY_UNKNOWN", token.kid)
}

func verifyByHub(token, hubKey *Token, roots []JWK, voided []string) (*Claims, error) {
	hub, err := verifyByRoot(hubKey, roots)
	if err != nil {
		return nil, err
	}
	key, kid, err := importKey(hub.Cnf.JWK)
	if err != nil {
		return nil, err
	}
	if slices.Contains(voided, kid) {
		return nil, refuse("HUB_KEY_VOIDED", kid)
	}
	if !slices.Contains(hub.Use, token.kind) {
		return nil, refuse("KEY_NOT_ALLOWED", token.kind)
	}
	claims, err := verifyToken(token, key, kid)
	if err != nil {
		return nil, err
	}
	// Compared with the time of signing, never with now: files outlive the rotation of hub keys.
	if claims.Iat < hub.Nbf || claims.Iat >= *hub.Exp {
		return nil, refuse("HUB_KEY_NOT_VALID", kid)
	}
	return claims, nil
}

// verifyDraw: a desk signed it, within the block of seats that the hub set aside for its key.
func verifyDraw(token, block, hubKey *Token, roots []JWK, voided []string) (*Claims, error) {
	allotment, err := verifyByHub(block, hubKey, roots, voided)
	if err != nil {
		return nil, err
	}
	key, kid, err := importKey(allotment.Cnf.JWK)
	if err != nil {
		return nil, err
	}
	claims, err := verifyToken(token, key, kid)
	if err != nil {
		return nil, err
	}
	drawn, given := token.claims.(map[string]any), block.claims.(map[string]any)
	act := allotment.Jti + "." + strconv.FormatInt(claims.Slot, 10)
	same := map[string]any{"allot": allotment.Jti, "act": act, "iss": given["iss"],
		"iat": given["iat"], "nbf": given["nbf"], "exp": given["fexp"]}
	for term := range terms {
		name := strings.TrimSuffix(term, "?")
		same[name] = given[name]
	}
	for name, value := range same {
		if !reflect.DeepEqual(drawn[name], value) {
			return nil, refuse("DRAW_INVALID", name)
		}
	}
	if claims.Slot < 1 || claims.Slot > allotment.Max {
		return nil, refuse("DRAW_INVALID", "slot")
	}
	return claims, nil
}

// readActivation says who signed: the claims, the retired activations, and the newest signed time.
func readActivation(text string, roots []JWK, voided []string) (*Claims, []string, int64, error) {
	no := func(err error) (*Claims, []string, int64, error) { return nil, nil, 0, err }
	label, texts, err := readArmour(text)
	if err != nil {
		return no(err)
	}
	var tokens []*Token
	var kinds []string
	for _, each := range texts {
		token, err := decodeToken(each)
		if err != nil {
			return no(err)
		}
		tokens, kinds = append(tokens, token), append(kinds, token.kind)
	}
	last := len(tokens) - 1
	if !grammar.MatchString(strings.Join(kinds, " ")) {
		return no(refuse("FILE_MALFORMED", "order of tokens"))
	}
	if label != "" && label != labels[kinds[last]] {
		return no(refuse("FILE_MALFORMED", "label"))
	}
	if kinds[last] != "activation" { // the exact type, which stock libraries do not check
		return no(refuse("TOKEN_TYPE_UNEXPECTED", kinds[last]))
	}
	if last == 0 {
		return no(refuse("CHAIN_INCOMPLETE", ""))
	}

	var retired []string
	var newest int64
	if kinds[0] == "trust" {
		trust, err := verifyByRoot(tokens[0], roots)
		if err != nil {
			return no(err)
		}
		roots, voided = slices.Concat(roots, trust.Roots), slices.Concat(voided, trust.Kids)
		newest = trust.Iat
	}
	if at := slices.Index(kinds, "revocation"); at > 0 {
		revocation, err := verifyByHub(tokens[at], tokens[at-1], roots, voided)
		if err != nil {
			return no(err)
		}
		retired, newest = revocation.Acts, max(newest, revocation.Iat)
	}
	var claims *Claims
	if kinds[last-1] == "allotment" {
		claims, err = verifyDraw(tokens[last], tokens[last-1], tokens[last-2], roots, voided)
	} else {
		claims, err = verifyByHub(tokens[last], tokens[last-1], roots, voided)
		if err == nil && claims.Allot != "" { // only a desk draws
			err = refuse("DRAW_INVALID", "allot")
		}
	}
	if err != nil {
		return no(err)
	}
	return claims, retired, max(newest, claims.Iat), nil
}

// Verify returns the claims of the activation, or a Refused with a stable code.
func Verify(text string, asked Asked) (*Claims, error) {
	claims, retired, trusted, err := readActivation(text, asked.Roots, asked.Voided)
	if err != nil {
		return nil, err
	}
	act := sha256.Sum256([]byte(claims.Act))
	if slices.Contains(retired, base64.RawURLEncoding.EncodeToString(act[:9])) {
		return nil, refuse("ACTIVATION_RETIRED", claims.Act)
	}
	if asked.Product != nil && *asked.Product != claims.Prd {
		return nil, refuse("PRODUCT_MISMATCH", claims.Prd)
	}
	if asked.Version != nil {
		major, err := strconv.ParseInt(regexp.MustCompile(`^\d+`).FindString(*asked.Version), 10, 64)
		if err != nil || major < claims.Ver.From || major > claims.Ver.To {
			return nil, refuse("VERSION_NOT_COVERED", *asked.Version)
		}
	}
	if asked.BuiltAt != nil && claims.Mnt != nil && *asked.BuiltAt > *claims.Mnt {
		return nil, refuse("MAINTENANCE_ENDED", "")
	}
	if asked.Machine != nil {
		if asked.Machine.VM && !claims.Pol.VM {
			return nil, refuse("VIRTUAL_MACHINE_REFUSED", "")
		}
		if !sameMachine(claims.Fp, asked.Machine.Fp, claims.Pol) {
			return nil, refuse("FINGERPRINT_MISMATCH", "")
		}
	}
	// `nbf` is not compared with the clock; a clock set back revives nothing the file itself disproves.
	if claims.Exp != nil && max(asked.Now, trusted) >= OpensUntil(claims) {
		return nil, refuse("ACTIVATION_EXPIRED", "")
	}
	return claims, nil
}

const graceLimit = 365

// OpensUntil is the end of a file that has one, and the days of grace that it gives: from Exp on, warn
// whoever runs the product.
func OpensUntil(claims *Claims) int64 {
	var days int64
	// What a desk has drawn gives none, and what is no number neither.
	if claims.Allot != "" || json.Unmarshal(claims.X["grace"], &days) != nil || days < 1 || days > graceLimit {
		return *claims.Exp
	}
	return *claims.Exp + days*86400
}

// sameMachine: more than half of the weight present on either side matches, and at least k components,
// one of them hardware. A name given by hand stands alone, and only where the policy allows it.
func sameMachine(enrolled, present map[string]any, policy Policy) bool {
	seen := maps.Clone(enrolled)
	maps.Copy(seen, present)
	matched, hardware, weight, whole := 0, false, 0, 0
	for name := range seen {
		isHardware := slices.Contains([]string{"board", "disk", "mac"}, name)
		each := 1
		if isHardware {
			each = 3
		}
		whole += each
		if isMatch(hashes(enrolled[name]), hashes(present[name])) {
			matched, weight, hardware = matched+1, weight+each, hardware || isHardware
		}
	}
	if _, given := seen["given"]; given {
		return policy.Given && len(seen) == 1 && matched == 1
	}
	return matched >= max(2, policy.K) && hardware && weight*2 > whole
}

// isMatch: a list matches when more than half of the union of both is common.
func isMatch(one, other []string) bool {
	union, common := map[string]bool{}, map[string]bool{}
	for _, each := range slices.Concat(one, other) {
		union[each] = true
		if slices.Contains(one, each) && slices.Contains(other, each) {
			common[each] = true
		}
	}
	return len(common)*2 > len(union)
}

func hashes(value any) (list []string) {
	switch value := value.(type) {
	case string:
		list = append(list, value)
	case []any:
		for _, each := range value {
			if text, ok := each.(string); ok {
				list = append(list, text)
			}
		}
	}
	return list
}

// CodeOf names the outcome: ok, or the code of the refusal.
func CodeOf(err error) string {
	var refused Refused
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &refused):
		return refused.Code
	}
	return "FAULT " + err.Error()
}
