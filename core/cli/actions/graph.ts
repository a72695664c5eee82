/**
 * `graph`: the plan as mermaid, dot or JSON.
 *
 * @module
 */

import { quoteAll } from "../../config/suggest.ts";
import { UserError } from "../../errors.ts";
import type { Plan, StageNode } from "../../pipeline/types.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { planFromFlags } from "../plan_flags.ts";

const FORMATS: Readonly<Record<string, (plan: Plan) => string>> = {
  mermaid: planToMermaid,
  dot: planToDot,
  json: planToJson,
};

/**
 * Prints the plan.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runGraph(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const name = readText(flags, "format") ?? "mermaid";
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (format === undefined) {
    throw new UserError(
      `Cannot draw the plan: found --format "${name}", want one of ${
        quoteAll(Object.keys(FORMATS))
      }`,
    );
  }
  const plan = await planFromFlags(flags);
  terminal.out(format(plan));
  return EXIT.done;
}

/** The plan as a mermaid flowchart. */
export function planToMermaid(plan: Plan): string {
  const ids = nodeIds(plan);
  return [
    "flowchart LR",
    ...[...plan.nodes.values()].map(({ key, title }) =>
      `  ${ids.get(key)}["${title.replaceAll('"', "#quot;")}"]`
    ),
    ...edges(plan).map(({ from, to, artifact }) =>
      `  ${ids.get(from)} -->|${artifact}| ${ids.get(to)}`
    ),
  ].join("\n");
}

/** The plan in the language of Graphviz. */
export function planToDot(plan: Plan): string {
  const ids = nodeIds(plan);
  return [
    "digraph plan {",
    "  rankdir=LR; node [shape=box];",
    ...[...plan.nodes.values()].map(({ key, title }) =>
      `  ${ids.get(key)} [label=${JSON.stringify(title)}];`
    ),
    ...edges(plan).map(({ from, to, artifact }) =>
      `  ${ids.get(from)} -> ${ids.get(to)} [label=${
        JSON.stringify(artifact)
      }];`
    ),
    "}",
  ].join("\n");
}

/** The plan as JSON: nodes with all that their keys depend on, and runs. */
export function planToJson(plan: Plan): string {
  const nodes = [...plan.nodes.values()].map((
    { key, title, stage, options, inputs, fields }: StageNode,
  ) => ({ key, title, stage: stage.name, options, inputs, fields }));
  const runs = plan.runs.map((
    { id, label, prior, latentDim, seed, nodes },
  ) => ({
    id,
    label,
    prior: prior.definition.name,
    options: prior.options,
    latentDim,
    seed,
    nodes,
  }));
  return JSON.stringify(
    { id: plan.id, engine: plan.engine, nodes, runs },
    null,
    2,
  );
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly artifact: string;
}

function edges(plan: Plan): readonly Edge[] {
  return [...plan.nodes.values()].flatMap(({ key, inputs }) =>
    Object.entries(inputs).map(([artifact, from]) => ({
      from,
      to: key,
      artifact,
    }))
  );
}

function nodeIds(plan: Plan): ReadonlyMap<string, string> {
  return new Map(
    [...plan.nodes.keys()].map((key, index) => [key, `n${index}`]),
  );
}
