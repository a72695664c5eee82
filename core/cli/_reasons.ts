/**
 * Why stages would run, as lines and as JSON.
 *
 * @module
 */

import type { Finding } from "../pipeline/survey.ts";
import type { Plan, StageNode, Trial } from "../pipeline/types.ts";
import { formatSeconds } from "./progress/rate.ts";
import { hang, listSome } from "./wrap.ts";

/** What is known of one stage. */
export interface Reason {
  readonly node: StageNode;
  readonly finding: Finding;
  /** Trials that it belongs to. */
  readonly trials: readonly Trial[];
  /** When its artifact was made, in milliseconds since 1970. */
  readonly madeAt: number | null;
  /** Whether the stage of this name, of the same trials, would run, too. */
  isStale(name: string): boolean;
}

/** Labels that a heading names. */
const NAMED = 4;

/** How {@link describeReasons} writes. */
export interface ReasonsStyle {
  /** Columns of the terminal. */
  readonly width: number;
}

/**
 * By stage, then by what is to be said of it; complete. What a stage has of
 * another one that is told of as well is said there.
 */
export function describeReasons(
  reasons: readonly Reason[],
  { width }: ReasonsStyle,
): readonly string[] {
  const told = new Set(reasons.map(({ node }) => node.stage.name));
  const stages = new Map<string, Map<string, string[]>>();
  for (const reason of reasons) {
    const { name } = reason.node.stage;
    const groups = stages.get(name) ?? new Map<string, string[]>();
    stages.set(name, groups);
    const text = linesOf(reason, told).join("\n");
    const labels = reason.trials.map(({ label }) => label);
    groups.set(text, [...groups.get(text) ?? [], ...labels]);
  }
  return [...stages].flatMap(([name, groups]) => {
    const paragraphs = [...groups].flatMap(([text, labels]) => [
      ...hang("  ", listSome(labels, NAMED), { width }),
      ...text.split("\n").flatMap((line) =>
        hang("    ", line, { width, deeper: 2 })
      ),
    ]);
    return [name, ...paragraphs];
  });
}

/** The same for programs. */
export function reasonsJson(plan: Plan, reasons: readonly Reason[]): unknown {
  const { name, version } = plan.shared.engine;
  return {
    run: plan.id,
    engine: { name, version },
    stages: reasons.map(({ node, finding, trials, madeAt }) => {
      const explanation = "explanation" in finding
        ? finding.explanation
        : undefined;
      const nearest = explanation?.nearest ?? null;
      return {
        name: node.stage.name,
        title: node.title,
        key: node.key,
        trials: trials.map(({ id }) => id),
        status: finding.status,
        reason: finding.reason,
        madeAt: madeAt === null ? null : new Date(madeAt).toISOString(),
        new: explanation?.isNew ?? false,
        changes: explanation?.changes ?? [],
        nearest: nearest === null ? null : {
          key: nearest.manifest.key,
          madeAt: new Date(nearest.time).toISOString(),
          ms: nearest.manifest.ms,
        },
      };
    }),
  };
}

function linesOf(
  { finding, madeAt, isStale }: Reason,
  told: ReadonlySet<string>,
): readonly string[] {
  if (finding.status === "cached") {
    const when = madeAt === null ? "" : `made ${formatTime(madeAt)} `;
    const took = formatSeconds(finding.ms / 1000);
    return [`cached: ${when}in ${took}, nothing has changed`];
  }
  const { explanation } = finding;
  if (explanation === undefined) return [finding.reason];
  if (explanation.isNew) return ["new: it has not run before"];
  const { changes } = explanation;
  const own = changes.filter(({ isUpstream }) => !isUpstream);
  const upstream = changes.filter(({ isUpstream }) => isUpstream);
  const elsewhere = new Set(
    upstream.map(({ stage }) => stage).filter((stage) =>
      told.has(stage) && isStale(stage)
    ),
  );
  return [
    ...own.map(({ text }) => text),
    ...elsewhere.size === 0
      ? []
      : [`because of ${[...elsewhere].join(", ")}: see above`],
    ...upstream.filter(({ stage }) => !elsewhere.has(stage))
      .map(({ stage, text }) =>
        `because ${stage} ${
          isStale(stage) ? "runs again" : "ran again"
        }: ${text}`
      ),
  ];
}

/** `2026-11-24 18:14`, by the clock of the person. */
function formatTime(time: number): string {
  return new Date(time).toLocaleString("sv-SE").slice(0, 16);
}
