/**
 * One try at one stage: takes its lock, has a worker run it, and says what
 * came of it.
 *
 * @module
 */

import { relative } from "node:path";
import {
  ExplainedError,
  messageOf,
  RunError,
  UserError,
} from "../../errors.ts";
import type { LockOwner } from "../../store/store.ts";
import type { Session } from "./execute.ts";
import { type Task, unpackError } from "./messages.ts";
import { sourcesOf } from "../key/keys.ts";
import { pathOf } from "../source/digest.ts";
import type { Finding } from "../survey.ts";
import type { StageNode, StageOutcome } from "../types.ts";

/** What a try came to. */
export type NodeStep =
  | { readonly type: "outcome"; readonly outcome: StageOutcome }
  /** Another process is at it. */
  | { readonly type: "locked"; readonly owner: LockOwner | null }
  /** An input was damaged; try again when it is whole. */
  | {
    readonly type: "damaged";
    readonly key: string;
    readonly problem: string;
  };

type RunFinding = Finding & { readonly status: "run" };

/** Tries to run a stage whose inputs are there; never throws. */
export async function runNode(
  node: StageNode,
  finding: RunFinding,
  session: Session,
): Promise<NodeStep> {
  const outcome = (rest: Partial<StageOutcome>): NodeStep => {
    const { key, title, stage } = node;
    const base = {
      key,
      name: stage.name,
      title,
      reason: finding.reason,
      ms: 0,
    };
    return { type: "outcome", outcome: { ...base, status: "failed", ...rest } };
  };
  const interrupted = () =>
    outcome({ status: "interrupted", reason: "interrupted" });
  if (session.signal.aborted) return interrupted();
  const { store } = session;
  const address = { stage: node.stage.name, key: node.key };
  const directory = store.directory(address);
  try {
    const lock = await store.tryLock(address);
    if (!lock.locked) return { type: "locked", owner: lock.owner };
    try {
      const made = finding.forced ? null : await store.inspect(address);
      if (made?.status === "hit") {
        const { ms, warnings } = made.manifest;
        session.warnings.push(...warnings);
        const reason = "made by another run meanwhile";
        return outcome({ status: "cached", reason, ms, directory });
      }
      if (finding.forced) await store.clearAttempt(address);
      const end = await perform(node, finding, session);
      switch (end.type) {
        case "done":
          session.warnings.push(...end.warnings);
          return outcome({ status: "done", ms: end.ms, directory });
        case "failed":
          throw unpackError(end.error);
        case "interrupted":
          return interrupted();
        case "damaged":
          return {
            type: "damaged",
            key: end.address.key,
            problem: end.problem,
          };
      }
    } finally {
      await lock.release();
    }
  } catch (error) {
    return outcome({ error: attribute(error, node) });
  }
}

async function perform(
  node: StageNode,
  finding: RunFinding,
  session: Session,
) {
  await verifySources(node, session);
  session.onEvent({ type: "start", node, reason: finding.reason });
  return await session.pool.run(taskOf(node, finding, session), {
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
    onOutput: (line) => process.stderr.write(`[${node.title}] ${line}\n`),
  });
}

function taskOf(
  node: StageNode,
  finding: RunFinding,
  session: Session,
): Task {
  const { plan, store, threads } = session;
  const { stage, key, prior } = node;
  return {
    address: { stage: stage.name, key },
    fields: node.fields,
    module: urlOf(stage.module),
    options: node.options,
    prior: prior === null ? null : {
      module: urlOf(prior.definition.module),
      options: prior.options,
      label: prior.label,
    },
    latentDim: node.latentDim,
    seed: node.seed,
    engine: plan.engine,
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([name, input]) => [
        name,
        { stage: plan.nodes.get(input)!.stage.name, key: input },
      ]),
    ),
    earlier: finding.earlier ?? null,
    store: store.location,
    baseDirectory: plan.config.baseDirectory,
    threads,
  };
}

/** A module's URL, without the query that a loader may have put behind it. */
function urlOf(module: string): string {
  return module.replace(/[?#].*$/, "");
}

/** The key is of the sources as they were planned: others must not pass for them. */
async function verifySources(node: StageNode, session: Session): Promise<void> {
  const sources = sourcesOf(node.stage, node.prior);
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

/** The error with stage and prior in front; the original is its cause. */
function attribute(error: unknown, node: StageNode): Error {
  const { name } = node.stage;
  const rest = node.title.slice(name.length + 1);
  const where = `Cannot run stage "${name}"${
    rest === "" ? "" : ` for ${rest}`
  }`;
  const message = `${where}: ${messageOf(error)}`;
  if (!(error instanceof ExplainedError)) {
    return new Error(message, { cause: error });
  }
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  const options = { ...hint, cause: error };
  return error instanceof UserError
    ? new UserError(message, options)
    : new RunError(message, options);
}
