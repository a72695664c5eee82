/**
 * One try at one stage: takes its lock, has a worker run it, and says what
 * came of it.
 *
 * @module
 */

import { relative } from "node:path";
import { UserError } from "../../lib/errors.ts";
import { printable } from "../../lib/printable.ts";
import { makeArtifact, type MakeStep } from "./make_artifact.ts";
import type { Session } from "./session.ts";
import { failure, INTERRUPTED } from "./stage_result.ts";
import { taskOf } from "./task_of.ts";
import { sourcesOf } from "../key/keys.ts";
import { pathOf } from "../source/digest.ts";
import type { StaleFinding } from "../survey.ts";
import type { StageNode } from "../types.ts";

/** Tries to run a stage whose inputs are there; never throws. */
export async function runNode(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
): Promise<MakeStep> {
  return session.signal.aborted
    ? INTERRUPTED
    : await makeNode(node, finding, session).catch(failure);
}

async function makeNode(
  node: StageNode,
  finding: StaleFinding,
  session: Session,
): Promise<MakeStep> {
  return await makeArtifact(taskOf(node, finding, session), {
    store: session.store,
    pool: session.pool,
    forced: finding.forced,
    title: node.title,
    reason: finding.reason,
    handlers: {
      onMessage: (message) => session.onEvent({ ...message, node }),
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
