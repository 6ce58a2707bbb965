#!/bin/sh
# Verifies the signatures of a Keyferry activation file with openssl and basic tools, and prints its
# claims as JSON. See ../README.md for what it leaves out: use it to look at a file, or to convince
# yourself that nothing but Ed25519 is needed. It is no verifier for a product.
#
# usage: verify.sh FILE ROOTS      ROOTS: the vendor's root keys as a JWKS (keyferry-roots.json)
# exit:  0 verified, 2 usage, 3 refused (the code on stderr)
set -eu
[ $# -eq 2 ] || { echo "usage: $0 FILE ROOTS" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

refuse() { echo "$1" >&2; exit 3; }
encode() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
decode() { # base64url without padding, on stdin
	text=$(tr -d '\r\n')
	while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
	printf %s "$text" | tr -- '-_' '+/' | openssl base64 -d -A
}
# The thumbprint of RFC 7638, and the key as DER: a fixed prefix and 32 bytes (RFC 8410).
thumbprint() { printf '{"crv":"Ed25519","kty":"OKP","x":"%s"}' "$1" | openssl dgst -sha256 -binary | encode; }
public_key() { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; printf %s "$1" | decode; }
claim() { sed -n "s/.*\"$1\": *\\([0-9]*\\).*/\\1/p"; } # a number that has this name only once

# verify TOKEN TYPE KID X: the header must be these bytes exactly, `typ` and `kid` included.
verify() {
	header=$(printf '{"alg":"EdDSA","typ":"%s+jwt","kid":"%s"}' "$2" "$3" | encode)
	[ "${1%%.*}" = "$header" ] || refuse "SIGNATURE_INVALID: not a $2 of key $3"
	public_key "$4" >"$work/key"
	printf %s "${1%.*}" >"$work/signed"
	printf %s "${1##*.}" | decode >"$work/signature"
	openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key" -rawin \
		-in "$work/signed" -sigfile "$work/signature" >/dev/null 2>&1 || refuse "SIGNATURE_INVALID: $2"
	payload=${1#*.}
	printf %s "${payload%.*}" | decode
}

# 1. The tokens: between BEGIN and END, quote marks and line ends taken out, joined by ~.
tr '\r' '\n' <"$1" | sed 's/^[> |	]*//; s/[ 	]*$//' >"$work/lines"
if grep -q -- '-----BEGIN KEYFERRY' "$work/lines"; then
	grep -q -- '^-----END KEYFERRY ACTIVATION-----$' "$work/lines" || refuse 'FILE_MALFORMED: no END line'
	tokens=$(sed -n '/-----BEGIN KEYFERRY ACTIVATION-----$/,/^-----END/p' "$work/lines" |
		grep -v -- '-----' | tr -d '\n' | tr '~' '\n') || true
else
	tokens=$(tr -d '\n' <"$work/lines" | tr '~' '\n') # bare tokens
fi
[ -n "$tokens" ] || refuse 'FILE_MALFORMED: no activation found'
token() { printf '%s\n' "$tokens" | tail -n "$1" | head -n 1; } # counted from the last
activation=$(token 1)
# A desk may have drawn it from an allotment, which then stands between.
allotment=$(token 2)
case $(printf %s "${allotment%%.*}" | decode) in
*'"typ":"allotment+jwt"'*) hub_key=$(token 3) ;;
*) allotment='' hub_key=$(token 2) ;;
esac
[ "$activation" != "$hub_key" ] || refuse 'CHAIN_INCOMPLETE: no hub key'

# 2. The hub key, signed by a pinned root.
hub_kid=$(printf %s "${hub_key%%.*}" | decode | sed 's/.*"kid":"\([^"]*\)".*/\1/')
root=
for x in $(tr ',{}' '\n\n\n' <"$2" | sed -n 's/.*"x" *: *"\([^"]*\)".*/\1/p'); do
	[ "$(thumbprint "$x")" = "$hub_kid" ] && root=$x
done
[ -n "$root" ] || refuse "KEY_UNKNOWN: $hub_kid"
verify "$hub_key" hub-key "$hub_kid" "$root" >"$work/hub-key.json"

# 3. What the hub signed while its key was valid: the activation, or the allotment of a draw. Never
# compared with the clock.
hub_x=$(sed -n 's/.*"x":"\([^"]*\)".*/\1/p' "$work/hub-key.json")
type=activation signed=$activation
[ -z "$allotment" ] || type=allotment signed=$allotment
grep -q "\"use\":\[[^]]*\"$type\"" "$work/hub-key.json" || refuse "KEY_NOT_ALLOWED: $type"
verify "$signed" "$type" "$(thumbprint "$hub_x")" "$hub_x" >"$work/$type.json"
iat=$(claim iat <"$work/$type.json")
[ "$iat" -ge "$(claim nbf <"$work/hub-key.json")" ] && [ "$iat" -lt "$(claim exp <"$work/hub-key.json")" ] ||
	refuse 'HUB_KEY_NOT_VALID'

# 4. A draw, signed by the desk that the allotment names.
if [ -n "$allotment" ]; then
	desk_x=$(sed -n 's/.*"x":"\([^"]*\)".*/\1/p' "$work/allotment.json")
	verify "$activation" activation "$(thumbprint "$desk_x")" "$desk_x" >"$work/activation.json"
fi

cat "$work/activation.json"
