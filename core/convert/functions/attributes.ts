/**
 * Attributes of nodes from the text format that the compiler writes
 * (engine/compile/node_def.ts).
 *
 * @module
 */

import type { Message } from "../protocol.ts";

/** The message of AttrValue that `text` stands for. */
export function parseAttribute(text: string): Message {
  const list = /^list \{ (.*) \}$/.exec(text);
  if (list !== null) {
    const items = list[1] === "" ? [] : list[1]!.split(/ (?=[a-z]+: )/);
    const parsed = items.map(parseValue);
    const field = parsed[0]?.[0];
    return {
      list: field === undefined
        ? {}
        : { [field]: parsed.map(([, value]) => value) },
    };
  }
  const shape = /^shape \{(.*)\}$/.exec(text);
  if (shape !== null) {
    const dim = [...shape[1]!.matchAll(/dim \{ size: (-?\d+) \}/g)]
      .map(([, size]) => ({ size: Number(size) }));
    return { shape: { dim } };
  }
  return Object.fromEntries([parseValue(text)]);
}

function parseValue(text: string): [field: string, value: unknown] {
  const [, field, value] = /^(type|b|i|f|s): (.*)$/s.exec(text) ?? [];
  switch (field) {
    case "type":
    case "i":
    case "f":
      return [field, Number(value)];
    case "b":
      return [field, value === "true"];
    case "s":
      return [field, Buffer.from(JSON.parse(value!))];
    default:
      throw new Error(`Cannot read attribute ${text}`);
  }
}
