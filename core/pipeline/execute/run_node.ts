/**
 * One try at one stage: takes its lock, has a worker run it, and says what
 * came of it.
 *
 * @module
 */

import { relative } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { printable } from "../../lib/printable.ts";
import { attribute } from "./attribute.ts";
import type { Damage } from "./executor.ts";
import type { Session } from "./session.ts";
import { makeArtifact, type MakeStep } from "./make_artifact.ts";
import { unpackError } from "./messages.ts";
import { MADE_MEANWHILE, outcomeOf } from "./outcomes.ts";
import { taskOf } from "./task_of.ts";
import { sourcesOf } from "../key/keys.ts";
import { pathOf } from "../source/digest.ts";
import type { StaleFinding } from "../survey.ts";
import type { StageNode, StageOutcome } from "../types.ts";

/** What a try came to. */
export type NodeStep =
  | {
    readonly type: "outcome";
    readonly outcome: StageOutcome;
    /** What the stage said. */
    readonly warnings: readonly string[];
  }
  | MakeStep & { readonly type: "locked" }
  /** An input was damaged; try again when it is whole. */
  | { readonly type: "damaged"; readonly damage: Damage };

/** Tries to run a stage whose inputs are there; never throws. */
export async function runNode(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
): Promise<NodeStep> {
  const outcome = (
    rest: Partial<StageOutcome>,
    warnings: readonly string[] = [],
  ): NodeStep => {
    const base = outcomeOf(node, "failed", finding.reason);
    return { type: "outcome", outcome: { ...base, ...rest }, warnings };
  };
  const interrupted = () =>
    outcome({ status: "interrupted", reason: "interrupted" });
  if (session.signal.aborted) return interrupted();
  const directory = session.store.directory({
    stage: node.stage.name,
    key: node.key,
  });
  try {
    const step = await makeNode(node, finding, session);
    if (step.type === "locked") return step;
    if (step.type === "found") {
      const { ms, warnings } = step.manifest;
      const reason = MADE_MEANWHILE;
      return outcome({ status: "cached", reason, ms, directory }, warnings);
    }
    const { end } = step;
    switch (end.type) {
      case "done": {
        const { ms, warnings } = end;
        return outcome({ status: "done", ms, directory }, warnings);
      }
      case "failed":
        throw unpackError(end.error);
      case "interrupted":
        return interrupted();
      case "damaged": {
        const { address: { key }, problem } = end;
        return { type: "damaged", damage: { key, problem, reader: node.key } };
      }
    }
  } catch (error) {
    return outcome({ error: attribute(error, node) });
  }
}

function makeNode(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
): Promise<MakeStep> {
  return makeArtifact(taskOf(node, finding, session), {
    store: session.store,
    pool: session.pool,
    forced: finding.forced,
    title: node.title,
    begin: () =>
      session.onEvent({ type: "start", node, reason: finding.reason }),
    handlers: {
      onMessage: (message) => {
        switch (message.type) {
          case "progress":
          case "log":
          case "warn":
          case "note":
            session.onEvent({ ...message, node });
        }
      },
      verify: () => verifySources(node, session),
      onOutput: (line) =>
        process.stderr.write(printable(`[${node.title}] ${line}\n`)),
    },
  });
}

/** The key is of the sources as they were planned: others must not pass for them. */
async function verifySources(node: StageNode, session: Session): Promise<void> {
  const sources = sourcesOf(node.stage, node.given);
  const digests = await session.digester.digest(
    sources.map(({ module }) => module),
  );
  for (const { what, module, field } of sources) {
    if (digests.get(module) === node.fields[field]) continue;
    const path = relative(session.plan.config.baseDirectory, pathOf(module));
    throw new UserError(
      `the source of ${what} changed since the run was planned, in ${path} or in what it imports`,
      { hint: "Run again: everything that did not change is kept" },
    );
  }
}
