"""Verifies a Keyferry activation file with PyJWT and cryptography. Copy this file into a product.

    verify(text, roots=[JWK...], product="atlas-server", version="8.2", machine={"fp": {...}, "vm": False})

returns the claims of the activation, or raises Refused with a stable code. The roots are the vendor's
root keys, built into the product; never take them from the file.
"""

import base64
import hashlib
import json
import re
import time
import unicodedata

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FILE_LIMIT, TOKEN_LIMIT, DEPTH_LIMIT, NEWEST_FORMAT = 64 * 1024, 8 * 1024, 6, 1
GRACE_LIMIT = 365
MAX_SAFE = 2**53 - 1


class Refused(Exception):
    """An expected "no". `code` is one of Keyferry's refusal codes and never renamed."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code} {detail}".strip())
        self.code = code


# --- 1. Armour: the tokens between BEGIN and END, or the bare tokens -------------------------------

LABELS = {"license": "LICENSE", "activation-request": "REQUEST", "activation": "ACTIVATION",
          "refusal": "REFUSAL", "trust": "TRUST", "hub-key": "HUB-KEY", "revocation": "REVOCATION",
          "return": "RETURN", "receipt": "RECEIPT", "allotment": "ALLOTMENT", "close": "CLOSE",
          "push": "PUSH"}


BLANKS_AND_QUOTES = re.compile("[\t\n\v\f\r >|\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
BLANK = "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
MARK = re.compile(f"-{{1,5}}[ \t]{{0,4}}(BEGIN|END){BLANK}{{1,4}}KEYFERRY{BLANK}{{1,4}}"
                  f"([A-Z]{{1,12}}(?:-[A-Z]{{1,12}})?){BLANK}{{0,4}}-{{1,5}}", re.IGNORECASE | re.ASCII)


def plain_text(text):
    """Without what nobody sees (category Cf); a dash is a hyphen, a long one two."""
    def plain(sign):
        kind = unicodedata.category(sign)
        if sign in "\u2014\u2015":
            return "--"
        return "" if kind == "Cf" else "-" if kind == "Pd" or sign == "\u2212" else sign
    return "".join(map(plain, text))


def read_armour(text):
    """However the text around the tokens was damaged; the tokens are as they were, or nothing."""
    text = plain_text(text)
    marks = list(MARK.finditer(text))
    begins = [at for at, mark in enumerate(marks) if mark[1].upper() == "BEGIN"]
    if len(begins) > 1:
        raise Refused("FILE_MALFORMED", "several blocks")
    if not begins:
        return None, read_bare(text)
    begin, end = marks[begins[0]], marks[begins[0] + 1] if len(marks) > begins[0] + 1 else None
    body = BLANKS_AND_QUOTES.sub("", text[begin.end():end.start() if end else None])
    if len(body) > FILE_LIMIT:
        raise Refused("FILE_TOO_LARGE")
    if not end or end[2].upper() != begin[2].upper():
        raise Refused("FILE_MALFORMED", "no END line")
    if not re.fullmatch(r"[A-Za-z0-9_.~-]*", body):
        raise Refused("FILE_MALFORMED", "a character that does not belong there")
    return begin[2].upper(), body.split("~")


def read_bare(text):
    start = text.find("eyJ")  # base64url of `{"`: how every header begins
    bare = BLANKS_AND_QUOTES.sub("", text[start:]) if start >= 0 else ""
    tokens = re.match(r"[A-Za-z0-9_.~-]*", bare)[0]
    if "." not in tokens.rstrip(".~") or re.search(r"[A-Za-z0-9=]", bare[len(tokens):]):
        raise Refused("FILE_MALFORMED", "nothing found")
    if len(tokens.rstrip(".~")) > FILE_LIMIT:
        raise Refused("FILE_TOO_LARGE")
    return tokens.rstrip(".~").split("~")


# --- 2. One token, strictly, before any signature is looked at --------------------------------------

HEADER = re.compile(r'\{"alg":"EdDSA","typ":"([a-z-]{1,40})\+jwt","kid":"([A-Za-z0-9_-]{43})"\}')


class Token:
    def __init__(self, text):
        segments = text.split(".")
        if len(text) > TOKEN_LIMIT or len(segments) != 3 or not all(segments):
            raise Refused("TOKEN_MALFORMED", "shape")
        header, payload, signature = map(decode_base64url, segments)
        if len(signature) != 64:
            raise Refused("TOKEN_MALFORMED", "signature length")
        try:
            match = HEADER.fullmatch(header.decode("utf-8"))
            payload = payload.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("TOKEN_MALFORMED", "UTF-8") from None
        if not match:
            raise Refused("TOKEN_MALFORMED", "header")
        self.text = text
        self.type, self.kid = match.groups()
        if self.type not in LABELS:
            raise Refused("TOKEN_TYPE_UNEXPECTED", self.type)
        self.claims = parse_json(payload)


def decode_base64url(text):
    """Canonical only: what decodes must encode to the same text again."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise Refused("TOKEN_MALFORMED", "base64url") from None
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise Refused("TOKEN_MALFORMED", "base64url is not canonical")
    return data


def parse_json(text):
    # Depth first, outside of strings: a deep text must not reach a recursive parser.
    depth = 0
    for sign in re.sub(r'"(?:[^"\\]|\\.)*"', '""', text, flags=re.S):
        depth += (sign in "{[") - (sign in "}]")
        if depth > DEPTH_LIMIT:
            raise Refused("TOKEN_MALFORMED", "depth")

    def unique(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) < len(keys) or "__proto__" in keys:
            raise Refused("TOKEN_MALFORMED", "keys")
        return dict(pairs)

    def integer(digits):
        if digits == "-0" or len(digits) > 17 or abs(int(digits)) > MAX_SAFE:
            raise Refused("TOKEN_MALFORMED", "number")
        return int(digits)

    def never(text):  # fractions, exponents, NaN: integers to some languages and not to others
        raise Refused("TOKEN_MALFORMED", text)

    def plain(value):  # no control characters, no half of a surrogate pair
        if isinstance(value, dict):
            for pair in value.items():
                for each in pair:
                    plain(each)
        elif isinstance(value, list):
            for each in value:
                plain(each)
        elif isinstance(value, str) and any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value):
            raise Refused("TOKEN_MALFORMED", "text")
        return value

    try:
        return plain(json.loads(text, object_pairs_hook=unique, parse_int=integer,
                                parse_float=never,
                                parse_constant=never))
    except ValueError:
        raise Refused("TOKEN_MALFORMED", "JSON") from None


# --- 3. Claims: exactly these; an unknown one is refused, so that none is overlooked -----------------

def matching(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def number(low=0, high=MAX_SAFE):
    return lambda value: type(value) is int and low <= value <= high  # bool is an int in Python


def line(value):
    return isinstance(value, str) and 1 <= len(value) <= 200


def flag(value):
    return isinstance(value, bool)


def list_of(check, low, high):
    return lambda value: isinstance(value, list) and low <= len(value) <= high and all(map(check, value))


def fields(schema):
    """A name that ends in `?` may be absent. Nothing else may be there."""
    def check(value):
        if not isinstance(value, dict) or not set(value) <= {name.rstrip("?") for name in schema}:
            return False
        return all(rule(value[name.rstrip("?")]) if name.rstrip("?") in value else name.endswith("?")
                   for name, rule in schema.items())
    return check


uuid = matching(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
code = matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
thumbprint = matching(r"[A-Za-z0-9_-]{43}")
component_hash = matching(r"[A-Za-z0-9_-]{22}")
seconds, counter = number(0, 2**40 - 1), number(1, 2**31 - 1)
jwk = fields({"kty": matching("OKP"), "crv": matching("Ed25519"), "x": thumbprint})
every = {"v": number(1), "jti": uuid, "iat": seconds, "x?": lambda value: isinstance(value, dict)}
SOFTWARE, HARDWARE = ("os", "fs"), ("board", "disk", "mac")
COMPONENTS = (*SOFTWARE, *HARDWARE, "given")

TERMS = {"sub": uuid, "num": matching(r"KF-[0-9A-Y]{4}-[0-9A-Y]{4}-[0-9A-Y]{4}"), "prd": code,
         "title": line, "ed": line, "ent": list_of(code, 0, 64), "clients?": number(1),
         "ver": fields({"from": number(), "to": number()}), "mnt?": seconds, "org?": line,
         "contact": line,
         "pol": fields({"k": number(1, 5), "vm": flag, "given": flag, "graceMinutes": number()})}
slot_number = number(1, 500)

SCHEMAS = {
    "hub-key": fields({**every, "nbf": seconds, "exp": seconds, "cnf": fields({"jwk": jwk}),
                       "use": list_of(code, 1, 32)}),
    "trust": fields({**every, "seq": counter, "roots": list_of(jwk, 1, 8),
                     "kids": list_of(thumbprint, 0, 64)}),
    "revocation": fields({**every, "iss": line, "sub": uuid, "seq": counter,
                          "acts": list_of(matching(r"[A-Za-z0-9_-]{12}"), 0, 350)}),
    "allotment": fields({**every, "iss": line, **TERMS, "max": slot_number, "nbf": seconds,
                         "exp": seconds, "fexp": seconds, "cnf": fields({"jwk": jwk})}),
    "activation": fields({
        **every, "iss": line, **TERMS,
        "act": line, "gen": counter, "req": uuid, "name": line, "label?": line,
        "held?": matching("desk"),
        # `mac` is the only list: any other would let one file hold several machines.
        "fp": fields({**{f"{name}?": component_hash for name in COMPONENTS},
                      "mac?": list_of(component_hash, 1, 4)}),
        "k": number(1, 5), "nbf": seconds, "exp?": seconds, "cnf": fields({"jkt": thumbprint}),
        "allot?": uuid, "slot?": slot_number}),
}


# --- 4. Keys and signatures -------------------------------------------------------------------------

# y coordinates of the points of small order: under such a key a signature fits any message.
SMALL_ORDER = {bytes.fromhex(y) for y in (
    "00" * 32, "01" + "00" * 31,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f")}


def import_key(key):
    """The key and its thumbprint (RFC 7638)."""
    canonical = f'{{"crv":"{key["crv"]}","kty":"{key["kty"]}","x":"{key["x"]}"}}'.encode()
    kid = base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()
    try:
        point = decode_base64url(key["x"])
    except Refused:
        raise Refused("KEY_WEAK", kid) from None
    if len(point) != 32 or point[:31] + bytes([point[31] & 0x7F]) in SMALL_ORDER:
        raise Refused("KEY_WEAK", kid)
    return Ed25519PublicKey.from_public_bytes(point), kid


def verify_token(token, key, kid):
    """Signature first, claims second. PyJWT does not look at `typ`: the caller has."""
    if token.kid != kid:
        raise Refused("SIGNATURE_INVALID", token.type)
    try:
        jwt.PyJWS().decode(token.text, key, algorithms=["EdDSA"])
    except jwt.InvalidTokenError:
        raise Refused("SIGNATURE_INVALID", token.type) from None
    version = token.claims.get("v") if isinstance(token.claims, dict) else None
    if type(version) is int and version > NEWEST_FORMAT:
        raise Refused("FORMAT_VERSION_UNSUPPORTED", str(version))
    if not SCHEMAS[token.type](token.claims):
        raise Refused("CLAIMS_INVALID", token.type)
    return token.claims


# --- 5. The chain: pinned root, hub key, activation; or root, hub key, allotment, activation ---------

GRAMMAR = re.compile(
    r"(trust )?(hub-key revocation )?hub-key "
    r"(license|(allotment )?activation( return)?|refusal|receipt|allotment( close)?)"
    r"|(hub-key (allotment )?activation return )+activation-request|hub-key revocation|[a-z-]+")


def verify_by_root(token, roots):
    for root in roots:
        key, kid = import_key(root)
        if kid == token.kid:
            return verify_token(token, key, kid)
    raise Refused("KEY_UNKNOWN", token.kid)


def verify_by_hub(token, hub_key, roots, voided):
    hub = verify_by_root(hub_key, roots)
    key, kid = import_key(hub["cnf"]["jwk"])
    if kid in voided:
        raise Refused("HUB_KEY_VOIDED", kid)
    if token.type not in hub["use"]:
        raise Refused("KEY_NOT_ALLOWED", token.type)
    claims = verify_token(token, key, kid)
    # Compared with the time of signing, never with now: files outlive the rotation of hub keys.
    if not hub["nbf"] <= claims["iat"] < hub["exp"]:
        raise Refused("HUB_KEY_NOT_VALID", kid)
    return claims


def verify_draw(token, block, hub_key, roots, voided):
    """A desk signed it, within the block of seats that the hub set aside for its key."""
    allotment = verify_by_hub(block, hub_key, roots, voided)
    key, kid = import_key(allotment["cnf"]["jwk"])
    claims = verify_token(token, key, kid)
    same = {name.rstrip("?"): allotment.get(name.rstrip("?")) for name in TERMS}
    slot = claims.get("slot", 0)
    same.update(allot=allotment["jti"], act=f"{allotment['jti']}.{slot}", iss=allotment["iss"],
                iat=allotment["iat"], nbf=allotment["nbf"], exp=allotment["fexp"])
    for name, value in same.items():
        if claims.get(name) != value:
            raise Refused("DRAW_INVALID", name)
    if not 1 <= slot <= allotment["max"]:
        raise Refused("DRAW_INVALID", "slot")
    return claims


def read_activation(text, roots, voided=()):
    """Who signed it. Returns the claims, the retired activations and the newest time signed by the hub."""
    label, texts = read_armour(text)
    tokens = [Token(each) for each in texts]
    types = [token.type for token in tokens]
    if not GRAMMAR.fullmatch(" ".join(types)):
        raise Refused("FILE_MALFORMED", "order of tokens")
    if label is not None and label != LABELS[types[-1]]:
        raise Refused("FILE_MALFORMED", "label")
    if types[-1] != "activation":  # the exact type, which stock libraries do not check
        raise Refused("TOKEN_TYPE_UNEXPECTED", types[-1])
    if len(tokens) == 1:
        raise Refused("CHAIN_INCOMPLETE")

    roots, voided, newest, retired = list(roots), set(voided), 0, []
    if types[0] == "trust":
        trust = verify_by_root(tokens[0], roots)
        roots, voided, newest = roots + trust["roots"], voided | set(trust["kids"]), trust["iat"]
    if "revocation" in types:
        at = types.index("revocation")
        revocation = verify_by_hub(tokens[at], tokens[at - 1], roots, voided)
        retired, newest = revocation["acts"], max(newest, revocation["iat"])
    if types[-2] == "allotment":
        claims = verify_draw(tokens[-1], tokens[-2], tokens[-3], roots, voided)
    else:
        claims = verify_by_hub(tokens[-1], tokens[-2], roots, voided)
        if "allot" in claims:  # only a desk draws
            raise Refused("DRAW_INVALID", "allot")
    return claims, retired, max(newest, claims["iat"])


# --- 6. May it run here and now? --------------------------------------------------------------------

def same_machine(enrolled, present, policy):
    """More than half of the weight present on either side matches, and at least k components, one of
    them hardware. A name given by hand stands alone, and only where the policy allows it."""
    def hashes(fp, name):
        value = fp.get(name, [])
        return {value} if isinstance(value, str) else set(value)

    def match(name):
        one, other = hashes(enrolled, name), hashes(present, name)
        return len(one & other) * 2 > len(one | other)

    def weigh(names):
        return sum(3 if name in HARDWARE else 1 for name in names)

    seen = [name for name in COMPONENTS if name in enrolled or name in present]
    matched = [name for name in seen if match(name)]
    if "given" in seen:
        return policy["given"] and seen == matched == ["given"]
    return (len(matched) >= max(2, policy["k"]) and any(name in HARDWARE for name in matched)
            and weigh(matched) * 2 > weigh(seen))


def verify(text, roots, voided=(), product=None, version=None, built_at=None, machine=None, now=None):
    claims, retired, trusted = read_activation(text, roots, voided)
    short = base64.urlsafe_b64encode(hashlib.sha256(claims["act"].encode()).digest()[:9]).decode()
    if short in retired:
        raise Refused("ACTIVATION_RETIRED", claims["act"])
    if product is not None and claims["prd"] != product:
        raise Refused("PRODUCT_MISMATCH", claims["prd"])
    if version is not None:
        major = re.match(r"\d+", version)
        if not major or not claims["ver"]["from"] <= int(major[0]) <= claims["ver"]["to"]:
            raise Refused("VERSION_NOT_COVERED", version)
    if built_at is not None and built_at > claims.get("mnt", built_at):
        raise Refused("MAINTENANCE_ENDED")
    if machine is not None:
        if machine["vm"] and not claims["pol"]["vm"]:
            raise Refused("VIRTUAL_MACHINE_REFUSED")
        if not same_machine(claims["fp"], machine["fp"], claims["pol"]):
            raise Refused("FINGERPRINT_MISMATCH")
    # `nbf` is not compared with the clock; a clock set back revives nothing the file itself disproves.
    now = max(int(time.time()) if now is None else now, trusted)
    if "exp" in claims and now >= opens_until(claims):
        raise Refused("ACTIVATION_EXPIRED")
    return claims


def opens_until(claims):
    """Its end, and the days of grace that it gives: from `exp` on, warn whoever runs the product."""
    days = claims.get("x", {}).get("grace")
    # What a desk has drawn gives none; True is no number.
    if "allot" in claims or type(days) is not int or not 1 <= days <= GRACE_LIMIT:
        return claims["exp"]
    return claims["exp"] + days * 86_400
