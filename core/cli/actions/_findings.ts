/**
 * What a survey found, as lines and as JSON.
 *
 * @module
 */

import type { Finding, Survey } from "../../pipeline/survey.ts";
import type { Plan } from "../../pipeline/types.ts";
import { formatSeconds } from "../progress/rate.ts";

/** `status --json` and `run --dry --json`. */
export interface FindingsJson {
  readonly run: string;
  readonly engine: { readonly name: string; readonly version: string };
  readonly stale: number;
  readonly runs: readonly {
    readonly id: string;
    readonly label: string;
    readonly stages: readonly {
      readonly name: string;
      readonly status: "cached" | "stale";
      readonly reason: string;
    }[];
  }[];
}

/** One paragraph a run, one line a stage. */
export function describeFindings(
  plan: Plan,
  { findings }: Survey,
): readonly string[] {
  const width = Math.max(
    ...plan.config.stages.map(({ name }) => name.length),
  );
  return plan.runs.flatMap((run) => [
    run.label,
    ...run.nodes.map((key) => {
      const name = plan.nodes.get(key)?.stage.name ?? "";
      return `  ${name.padEnd(width)}  ${describe(findings.get(key))}`;
    }),
  ]);
}

/** The same for programs. */
export function findingsJson(plan: Plan, { findings }: Survey): FindingsJson {
  const { name, version } = plan.engine;
  const runs = plan.runs.map(({ id, label, nodes }) => ({
    id,
    label,
    stages: nodes.map((key) => {
      const finding = findings.get(key);
      return {
        name: plan.nodes.get(key)?.stage.name ?? "",
        status: finding?.status === "cached"
          ? "cached" as const
          : "stale" as const,
        reason: finding?.reason ?? "",
      };
    }),
  }));
  const stale = [...findings.values()]
    .filter(({ status }) => status !== "cached").length;
  return { run: plan.id, engine: { name, version }, stale, runs };
}

function describe(finding: Finding | undefined): string {
  if (finding === undefined) return "unknown";
  if (finding.status === "cached") {
    return `cached  (took ${formatSeconds(finding.ms / 1000)})`;
  }
  return finding.status === "run"
    ? `stale   ${finding.reason}`
    : `skipped ${finding.reason}`;
}
