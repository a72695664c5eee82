/**
 * The plan as mermaid, dot or JSON.
 *
 * @module
 */

import { matrixOf, partLabels } from "../vae/matrix.ts";
import type { CacheStatus } from "../pipeline/status.ts";
import type { Finding } from "../pipeline/survey.ts";
import type { Plan } from "../pipeline/types.ts";

/** What is known of the stages, by key; without it the plan alone is drawn. */
export type GraphFindings = ReadonlyMap<string, Finding>;

/** By the names that a person may give. */
export const PLAN_FORMATS: ReadonlyMap<
  string,
  (plan: Plan, findings?: GraphFindings) => string
> = new Map([
  ["mermaid", planToMermaid],
  ["dot", planToDot],
  ["json", planToJson],
]);

/** The plan as a mermaid flowchart; what is cached is dashed. */
export function planToMermaid(plan: Plan, findings?: GraphFindings): string {
  const ids = nodeIds(plan);
  const nodes = [...plan.nodes.values()];
  const classes = findings === undefined ? [] : [
    "  classDef cached stroke-dasharray:4 3",
    "  classDef stale stroke-width:3px",
  ];
  return [
    "flowchart LR",
    ...nodes.map(({ key, title }) => {
      const state = stateOf(key, findings);
      return `  ${ids.get(key)}["${title.replaceAll('"', "#quot;")}"]${
        state === undefined ? "" : `:::${state}`
      }`;
    }),
    ...edges(plan).map(({ from, to, artifact }) =>
      `  ${ids.get(from)} -->|${artifact}| ${ids.get(to)}`
    ),
    ...classes,
  ].join("\n");
}

/** The plan in the language of Graphviz; what is cached is dashed. */
export function planToDot(plan: Plan, findings?: GraphFindings): string {
  const ids = nodeIds(plan);
  const styles = {
    cached: ' style=dashed tooltip="cached"',
    stale: ' style=bold tooltip="stale"',
  };
  return [
    "digraph plan {",
    "  rankdir=LR; node [shape=box];",
    ...[...plan.nodes.values()].map(({ key, title }) => {
      const state = stateOf(key, findings);
      const style = state === undefined ? "" : styles[state];
      return `  ${ids.get(key)} [label=${JSON.stringify(title)}${style}];`;
    }),
    ...edges(plan).map(({ from, to, artifact }) =>
      `  ${ids.get(from)} -> ${ids.get(to)} [label=${
        JSON.stringify(artifact)
      }];`
    ),
    "}",
  ].join("\n");
}

/** The plan as JSON: nodes with all that their keys depend on, and trials. */
export function planToJson(plan: Plan, findings?: GraphFindings): string {
  const nodes = [...plan.nodes.values()].map(
    ({ key, title, stage, options, inputs, fields }) => ({
      key,
      title,
      stage: stage.name,
      ...(findings === undefined ? {} : {
        status: stateOf(key, findings),
        reason: findings.get(key)?.reason,
      }),
      options,
      inputs,
      fields,
    }),
  );
  const trials = plan.trials.map((
    { id, label, values, nodes },
  ) => ({
    id,
    label,
    prior: values.prior.definition.name,
    options: values.prior.options,
    ...partLabels(values),
    latentDim: values.latentDim,
    seed: values.seed,
    matrix: matrixOf(plan.config, values),
    nodes,
  }));
  return JSON.stringify(
    { id: plan.id, engine: plan.shared.engine, nodes, trials },
    null,
    2,
  );
}

function stateOf(
  key: string,
  findings: GraphFindings | undefined,
): Exclude<CacheStatus, "skipped"> | undefined {
  if (findings === undefined) return undefined;
  return findings.get(key)?.status === "cached" ? "cached" : "stale";
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
