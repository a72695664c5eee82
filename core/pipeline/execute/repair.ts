/**
 * Has stages run until all that were asked for have come to their outcome, and
 * what reads the results has read them: an artifact that turns out to be
 * damaged on the way is made anew, and who lacked it tries again.
 *
 * @module
 */

import { DamagedArtifactError } from "../../store/damaged.ts";
import type { ArtifactStore } from "../../store/store.ts";
import { NOT_ASKED } from "../selection.ts";
import {
  damageReason,
  damageWarning,
  type Finding,
  type StaleFinding,
} from "../survey.ts";
import type { PipelineEvent, Plan, StageNode, StageOutcome } from "../types.ts";
import type { Damage, ExecuteOptions } from "./executor.ts";
import { outcomeOf, outcomeOfFinding, outcomeWithout } from "./outcomes.ts";

/** What {@link runRepairing} works with. */
export interface RepairOptions {
  readonly store: ArtifactStore;
  /** By key, for every node of the plan. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** Keys of the stages that were asked for. */
  readonly wanted: ReadonlySet<string>;
  readonly onEvent: (event: PipelineEvent) => void;
  /** Has an executor run what is to run. */
  execute(
    round: Pick<ExecuteOptions, "todo" | "outcomes" | "settle">,
  ): Promise<readonly Damage[]>;
}

/** What became of a plan's nodes. */
export interface Settled {
  /** By key. */
  readonly outcomes: ReadonlyMap<string, StageOutcome>;
  /** What stages said, and what was damaged. */
  readonly warnings: readonly string[];
}

/** An artifact is made anew so often. */
const MAX_REPAIRS = 3;

/**
 * Runs what `findings` say is to run and gives what `read` makes of it.
 *
 * @param read Reads the results from the store; called again after a repair.
 * @throws {DamagedArtifactError} Where one stays damaged that `read` wants.
 */
export async function runRepairing<T>(
  plan: Plan,
  options: RepairOptions,
  read: (settled: Settled) => Promise<T>,
): Promise<T> {
  const { findings, store, wanted, execute } = options;
  const ledger = openLedger(options.onEvent);
  const { outcomes, settle, warnings } = ledger;
  const repairs = new Map<string, number>();
  let todo = new Map<string, StaleFinding>();
  for (const [key, finding] of findings) {
    const node = plan.nodes.get(key)!;
    if (finding.status === "stale") {
      todo.set(key, finding);
      continue;
    }
    const said = finding.status === "cached" ? finding.warnings : [];
    settle(node, outcomeOfFinding(node, finding, store), said);
  }
  /** Whether the artifact is to be made once more; then a person is told. */
  const mayRepair = ({ key, problem }: Omit<Damage, "reader">): boolean => {
    const times = repairs.get(key) ?? 0;
    if (times === MAX_REPAIRS) return false;
    repairs.set(key, times + 1);
    warnings.push(damageWarning(plan.nodes.get(key)!, problem));
    return true;
  };
  for (;;) {
    const damages = await execute({ todo, outcomes, settle });
    if (damages.length > 0) {
      todo = afterDamage(damages, { plan, todo, ledger, mayRepair });
      if (todo.size > 0) continue;
    }
    try {
      return await read(ledger);
    } catch (error) {
      if (!(error instanceof DamagedArtifactError)) throw error;
      const { address: { key }, problem } = error;
      const node = plan.nodes.get(key);
      if (node === undefined || !mayRepair({ key, problem })) throw error;
      todo = new Map();
      if (wanted.has(key)) todo.set(key, repairFinding(problem));
      else settle(node, outcomeOf(node, "skipped", NOT_ASKED));
    }
  }
}

/** What is to run in the next round. */
function afterDamage(
  damages: readonly Damage[],
  { plan, todo, ledger: { outcomes, settle }, mayRepair }: {
    readonly plan: Plan;
    readonly todo: ReadonlyMap<string, StaleFinding>;
    readonly ledger: Ledger;
    mayRepair(damage: Damage): boolean;
  },
): Map<string, StaleFinding> {
  // Several may have met the same one; the first says what was wrong with it.
  const first = new Map<string, Damage>();
  for (const one of damages) {
    if (!first.has(one.key)) first.set(one.key, one);
  }
  const anew = new Map<string, StaleFinding>();
  for (const damage of first.values()) {
    if (mayRepair(damage)) anew.set(damage.key, repairFinding(damage.problem));
  }
  for (const { key, problem, reader } of damages) {
    if (anew.has(key)) continue;
    const node = plan.nodes.get(reader)!;
    const error = new Error(
      `Cannot run ${node.title}: its input was damaged, again and again: ${problem}`,
    );
    const { reason } = todo.get(reader)!;
    settle(node, { ...outcomeOf(node, "failed", reason), error });
  }
  const next = new Map<string, StaleFinding>();
  for (const [key, node] of plan.nodes) {
    const finding = anew.get(key) ??
      (outcomes.has(key) ? undefined : todo.get(key));
    if (finding === undefined) continue;
    const without = Object.values(node.inputs).flatMap((input) =>
      next.has(input) ? [] : outcomeWithout(node, outcomes.get(input)!) ?? []
    )[0];
    if (without === undefined) {
      next.set(key, finding);
    } else settle(node, without);
  }
  return next;
}

function repairFinding(problem: string): StaleFinding {
  return { status: "stale", reason: damageReason(problem), forced: false };
}

interface Ledger {
  readonly outcomes: Map<string, StageOutcome>;
  readonly warnings: string[];
  readonly settle: ExecuteOptions["settle"];
}

function openLedger(onEvent: (event: PipelineEvent) => void): Ledger {
  const outcomes = new Map<string, StageOutcome>();
  const warnings: string[] = [];
  const settle = (
    node: StageNode,
    outcome: StageOutcome,
    said: readonly string[] = [],
  ) => {
    const isFirst = !outcomes.has(node.key);
    outcomes.set(node.key, outcome);
    warnings.push(...said);
    // Of a stage that stays cached it is told once.
    if (isFirst || outcome.status !== "cached") {
      onEvent({ type: "end", node, outcome });
    }
  };
  return { outcomes, warnings, settle };
}
