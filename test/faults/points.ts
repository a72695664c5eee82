/**
 * Faults at the calls to the file system that a run makes, each in turn.
 *
 * @module
 */

import { type Bench, ONE_WORKER, type Template } from "./_bench.ts";
import type { Fault, FaultAction } from "./_fault.ts";
import type { Ended, Program } from "./_project.ts";
import type { Attempt } from "./_tally.ts";
import { traceCalls } from "./_trace.ts";

/** A run whose calls are gone through. */
export interface PointsPlan {
  readonly kind: string;
  readonly template: Template;
  readonly program: Program;
  readonly args?: readonly string[];
  readonly role: Fault["role"];
  readonly calls: Fault["calls"];
  readonly action: FaultAction;
  readonly lasting?: boolean;
}

/** Every call of the plan's run as an attempt. */
export async function listPoints(
  bench: Bench,
  plan: PointsPlan,
): Promise<readonly Attempt[]> {
  const { project } = bench;
  const { role, calls, program } = plan;
  const args = plan.args ?? (program === "stages" ? [ONE_WORKER] : []);
  const lines = await traceCalls(bench, { ...plan, args });
  return lines.map((line, i) => ({
    kind: plan.kind,
    what: `call ${i + 1}: ${shorten(line, project.outputs)}`,
    attempt: async () => {
      bench.prepare(plan.template);
      const { action, lasting = false } = plan;
      const disturbed = await project.run({
        program,
        args,
        fault: { role, calls, action, lasting, at: i + 1 },
      });
      return {
        happened: disturbed.fired !== null,
        complaints: [
          ...judge(disturbed, action),
          ...await bench.recover(program),
        ],
      };
    },
  }));
}

/** Nobody can do anything about these but a person. */
const REFUSALS: readonly FaultAction[] = ["ENOSPC", "EACCES", "EROFS"];

/** How a process has to end that was disturbed. */
function judge(
  { code, signal, err, out, fired }: Ended,
  action: FaultAction,
): readonly string[] {
  const problems: string[] = [];
  if (fired === null || action === "kill" || action === "kill half") {
    return problems;
  }
  if (signal !== null) problems.push(`it ended by ${signal}`);
  const wanted = REFUSALS.includes(action) ? 2 : 1;
  // What only saves time may fail without a word.
  if (code !== 0 && code !== wanted) {
    problems.push(`it ended with ${code}, want ${wanted}: ${err}${out}`);
  }
  if (code !== 0 && (!err.includes("hint:") || err.includes("this is a bug"))) {
    problems.push(`it does not say what to do: ${err}`);
  }
  return problems;
}

/** A call without what differs from run to run. */
function shorten(line: string, outputs: string): string {
  return line.replaceAll(`${outputs}/`, "").replaceAll(outputs, ".")
    .replaceAll(/[0-9a-f]{40,}/g, (key) => key.slice(0, 4))
    .replaceAll(/~[^/]*/g, "~");
}
