#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The server against its own description: every address of docs/openapi.json is asked, every answer
must be as described, and a parameter or field that is not described is a failure.

    openapi.py TOME CORPUS
"""
import copy
import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def ask(base, target):
    """Status, content type, body."""
    try:
        with urllib.request.urlopen(base + target, timeout=20) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()


def follow(document, node):
    while "$ref" in node:
        step = document
        for name in node["$ref"].removeprefix("#/").split("/"):
            step = step[name]
        node = step
    return node


def closed(node):
    """The schema without room for fields that are not described."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    out = {key: closed(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict):
        out["additionalProperties"] = False
    return out


class Description:
    def __init__(self, document):
        self.document = document
        self.closed = copy.deepcopy(document)
        self.closed["components"]["schemas"] = closed(document["components"]["schemas"])

    def structure(self):
        """What OpenAPI 3.1 asks for, as far as it is used here."""
        check(self.document["openapi"].startswith("3.1."), "openapi: not 3.1")
        check({"title", "version"} <= set(self.document["info"]), "info: title or version is missing")
        names = []
        for path, item in self.document["paths"].items():
            check(path.startswith("/"), f"{path}: does not begin with /")
            check(set(item) == {"get"}, f"{path}: other than get")
            operation = item["get"]
            names.append(operation["operationId"])
            check("200" in operation["responses"], f"{path}: no answer 200")
            in_path = {p["name"] for p in self.parameters(path) if p["in"] == "path"}
            braces = {part[1:-1] for part in path.split("/") if part.startswith("{")}
            check(in_path == braces, f"{path}: parameters of the path differ")
            for parameter in self.parameters(path):
                check(set(parameter) <= {"name", "in", "required", "description", "schema"},
                      f"{path}: {parameter['name']}: unknown key")
                jsonschema.Draft202012Validator.check_schema(parameter["schema"])
            for status, response in operation["responses"].items():
                response = follow(self.document, response)
                check("description" in response, f"{path}: {status}: no description")
        check(len(names) == len(set(names)), "an operationId stands twice")
        for schema in self.document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        used = json.dumps(self.document)
        for kind, group in self.document["components"].items():
            for name in group:
                check(kind == "securitySchemes" or f'"#/components/{kind}/{name}"' in used,
                      f"{kind}/{name} is not used")

    def parameters(self, path):
        operation = self.document["paths"][path]["get"]
        return [follow(self.document, one) for one in operation.get("parameters", [])]

    def check_answer(self, path, target, answer):
        status, kind, body = answer
        responses = self.document["paths"][path]["get"]["responses"]
        response = follow(self.document, responses.get(str(status), responses.get("default")))
        check(kind in response["content"], f"{target}: {status} with {kind}")
        if kind == "application/json" and kind in response["content"]:
            schema = dict(response["content"][kind]["schema"])
            schema["components"] = self.closed["components"]
            for error in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(body)):
                failures.append(f"{target}: {error.json_path}: {error.message}")


def values(parameter):
    """Values that are described, and values that are not."""
    schema = parameter["schema"]
    if "enum" in schema:
        return schema["enum"], ["yes", "2"]
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        return [str(low), str(high)], [str(low - 1), str(high + 1), "x", ""]
    return (["design patterns", "objekt", "\"unit of work\""],
            [""] if schema.get("minLength") else [])


def main():
    program, corpus = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "index", "--index", folder + "/ix", corpus, "--quiet"], check=True)
        server = subprocess.Popen([program, "serve", "--index", folder + "/ix", "--port", "0"],
                                  stdout=subprocess.PIPE, text=True)
        try:
            base = server.stdout.readline().split()[-1].rstrip("/")
            run(base)
        finally:
            server.terminate()
            check(server.wait(20) == 0, "the server did not end well")
    for failure in failures[:40]:
        print(failure)
    sys.exit(1 if failures else 0)


def run(base):
    description = Description(json.loads(ask(base, "/api/v1/openapi.json")[2]))
    description.structure()
    search = json.loads(ask(base, "/api/v1/search?q=design+patterns&n=1")[2])["results"][0]
    ids = {"passages": search["id"], "works": search["works"][0]["id"]}
    asked = 0
    for path in description.document["paths"]:
        parts = path.split("/")
        target = path.replace("{id}", ids.get(parts[3], "") if len(parts) > 3 else "")
        queries = [one for one in description.parameters(path) if one["in"] == "query"]
        needed = [(one["name"], "design patterns") for one in queries if one.get("required")]

        def question(pairs):
            return target + ("?" + urllib.parse.urlencode(pairs) if pairs else "")

        answers = [(question(needed), 200)]
        for parameter in queries:
            others = [pair for pair in needed if pair[0] != parameter["name"]]
            good, bad = values(parameter)
            answers += [(question(others + [(parameter["name"], one)]), 200) for one in good]
            answers += [(question(others + [(parameter["name"], one)]), 400) for one in bad]
            if parameter.get("required"):
                answers.append((question(others), 400))
        if queries:
            answers.append((question(needed + [("not_described", "1")]), 400))
        if "{id}" in path:
            answers.append((path.replace("{id}", "nosuchidatall"), 404))
        for target_asked, expected in answers:
            answer = ask(base, target_asked)
            asked += 1
            check(answer[0] == expected, f"{target_asked}: {answer[0]}, not {expected}")
            description.check_answer(path, target_asked, answer)
    check(asked > 100, f"only {asked} questions were asked")
    print(f"{asked} answers compared")


main()
