"""Prints {name: code} for each vector of the file named on the command line."""

import json
import sys

from keyferry_verify import Refused, verify


def outcome(vector):
    try:
        verify(
            vector["file"], vector["roots"], vector["voided"], now=vector["now"],
            product=vector.get("product"), version=vector.get("version"),
            built_at=vector.get("builtAt"), machine=vector.get("machine"))
        return "ok"
    except Refused as refused:
        return refused.code


with open(sys.argv[1], encoding="utf-8") as file:
    vectors = json.load(file)["vectors"]
json.dump({vector["name"]: outcome(vector) for vector in vectors}, sys.stdout)
