/**
 * Why a stage has to run, in words.
 *
 * @module
 */

import { relative } from "node:path";
import { pathOf } from "./source_digest.ts";
import type { KeyFields, StageNode } from "./types.ts";

/** Differences that are named; more are counted. */
const NAMED = 3;

/**
 * The difference between a stage's key and the most similar one in the store:
 * `train.epochs 20 -> 30`, `prior source changed: plugins/mine.ts`; `new`
 * where there is none, or one of another prior. Sources are named relative to
 * `baseDirectory`.
 */
export function explainMiss(
  node: StageNode,
  nearest: KeyFields | null,
  baseDirectory: string,
): string {
  if (nearest === null || nearest.prior !== node.fields.prior) return "new";
  const names = Object.keys({ ...nearest, ...node.fields })
    .filter((name) => nearest[name] !== node.fields[name]);
  // What an earlier stage gave changed for a reason that stands there.
  const roots = names.filter((name) => !name.startsWith("needs."));
  const shown = (roots.length > 0 ? roots : names).map((name) =>
    describe(name, { node, before: nearest[name], baseDirectory })
  );
  if (shown.length === 0) return "new";
  const rest = shown.length - NAMED;
  return shown.slice(0, NAMED).join(", ") +
    (rest > 0 ? ` and ${rest} more` : "");
}

interface Change {
  readonly node: StageNode;
  readonly before: string | undefined;
  readonly baseDirectory: string;
}

function describe(
  name: string,
  { node, before, baseDirectory }: Change,
): string {
  const change = `${before ?? "unset"} -> ${node.fields[name] ?? "unset"}`;
  const [group, ...rest] = name.split(".");
  const member = rest.join(".");
  const source = (module: string) => {
    const path = relative(baseDirectory, pathOf(module)).replaceAll("\\", "/");
    return `${group} source changed: ${path}`;
  };
  switch (group) {
    case "needs":
    case "input":
      return `${group} ${member} changed`;
    case "option":
      return `${node.stage.name}.${member} ${change}`;
    case "stage":
      return member === "source"
        ? source(node.stage.module)
        : `stage ${member} ${change}`;
    case "prior":
      if (member === "source" && node.prior !== null) {
        return source(node.prior.definition.module);
      }
      return `prior ${member.replace(/^option\./, "")} ${change}`;
    case "engine":
      if (member === "source") return "engine source changed";
      return `${name.replace(".", " ")} ${change}`;
    default:
      return `${name} ${change}`;
  }
}
