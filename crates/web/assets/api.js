// The interactive page of the API: a form for each operation of the OpenAPI document.
"use strict";

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const resolved = (schema, spec) =>
  schema && schema.$ref ? spec.components.schemas[schema.$ref.split("/").pop()] : schema;

// An example of a schema: its members, empty.
const example = (schema, spec, depth = 0) => {
  const known = resolved(schema, spec) || {};
  if (known.enum) return known.enum[0];
  if (known.oneOf) return null;
  if (known.type === "array") return depth > 2 ? [] : [example(known.items, spec, depth + 1)];
  if (!known.properties) return known.type === "string" ? "" : null;
  const required = new Set(known.required || []);
  const members = Object.entries(known.properties).filter(([name]) => required.has(name) || depth === 0);
  return Object.fromEntries(members.map(([name, member]) => [name, example(member, spec, depth + 1)]));
};

const withoutEmpty = (value) =>
  JSON.stringify(value, (_, member) => (member === null ? undefined : member), 2);

const form = (path, method, operation, spec) => {
  const inputs = [];
  const made = element("form");
  for (const parameter of operation.parameters || []) {
    const choices = resolved(parameter.schema, spec);
    const values = (choices && (choices.enum || (choices.oneOf || []).map((one) => resolved(one, spec)).flatMap((one) => (one && one.enum) || []))) || [];
    const input = values.length
      ? element("select", {}, element("option", { value: "", textContent: "" }), ...values.map((value) => element("option", { textContent: value })))
      : element("input", { required: parameter.in === "path" });
    inputs.push([parameter, input]);
    made.append(element("label", {}, element("span", { textContent: parameter.name }), input, element("small", { textContent: parameter.description || "" })));
  }
  const content = operation.requestBody && operation.requestBody.content;
  const kind = content && Object.keys(content)[0];
  const body = content && element("textarea", { value: kind === "application/json" ? withoutEmpty(example(content[kind].schema, spec)) : "" });
  if (body) made.append(element("label", {}, element("span", { textContent: "body" }), body));
  const answer = element("pre", { hidden: true });
  made.append(element("button", { textContent: "Send" }), answer);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    let address = path;
    const query = new URLSearchParams();
    for (const [parameter, input] of inputs) {
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (input.value) query.append(parameter.name, input.value);
    }
    if (query.size) address += `?${query}`;
    answer.hidden = false;
    answer.textContent = "…";
    try {
      if (path.endsWith("/events")) {
        answer.textContent = "";
        const events = new EventSource(address);
        for (const name of ["job", "ledger"]) events.addEventListener(name, (heard) => { answer.textContent += `${name} ${heard.data}\n`; });
        return;
      }
      const headers = body ? { "Content-Type": kind } : {};
      const response = await fetch(address, { method: method.toUpperCase(), headers, body: body ? body.value : undefined });
      const text = await response.text();
      const isJson = (response.headers.get("Content-Type") || "").includes("json") && !text.includes("\n");
      answer.textContent = `${method.toUpperCase()} ${address}\n${response.status}\n\n${isJson && text ? JSON.stringify(JSON.parse(text), null, 2) : text}`;
    } catch (error) {
      answer.textContent = String(error);
    }
  });
  return made;
};

const show = async () => {
  const spec = await (await fetch("/api/openapi.json")).json();
  const place = document.getElementById("paths");
  place.textContent = "";
  for (const [path, methods] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!operation.responses) continue;
      const title = element("summary", {}, element("code", { textContent: `${method.toUpperCase()} ${path}` }), ` ${operation.summary || ""}`);
      const about = element("p", { textContent: operation.description || "" });
      place.append(element("details", {}, title, about, form(path, method, operation, spec)));
    }
  }
};

show().catch((error) => { document.getElementById("paths").textContent = String(error); });
