/**
 * `doctor`: what this machine has, what it lacks, what to do.
 *
 * @module
 */

import { formatColumns } from "../../lib/columns.ts";
import { spellSetup } from "../../lib/command_line.ts";
import { diagnose, type Finding } from "../../engine/doctor.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import { describeProxies } from "../../lib/network/describe.ts";
import { findBundle } from "../../load/launch.mjs";
import { EXIT, type Flags, type Terminal } from "../command.ts";

const MARKS = { ok: "ok", warn: "warn", fail: "FAIL" } as const;

/** Prints the findings; the exit code says whether one of them is a failure. */
export async function runDoctor(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const findings = [
    ...await diagnose(),
    await checkData(),
    { name: "proxy", ...describeProxies() },
    await checkStart(),
  ].map(spelled);
  const isFailing = findings.some(({ status }) => status === "fail");
  const code = isFailing ? EXIT.failed : EXIT.done;
  if (flags.json === true) {
    terminal.out(JSON.stringify({ findings }));
    return code;
  }
  const rows = findings.flatMap(({ name, status, found, advice }) =>
    [found, advice ?? []].flat().join("\n").split("\n").map((line, i) =>
      i === 0 ? [MARKS[status], name, line] : ["", "", line]
    )
  );
  for (const line of formatColumns(rows)) terminal.out(line);
  return code;
}

function spelled({ found, advice, ...finding }: Finding): Finding {
  return {
    ...finding,
    found: spellSetup(found),
    ...(advice === undefined ? {} : { advice: spellSetup(advice) }),
  };
}

/** Where images would come from; fetches nothing. */
async function checkData(): Promise<Finding> {
  const name = "data";
  const { findSource } = await import("../../../datasets/mod.ts");
  try {
    const source = await findSource({ download: false });
    if (source.kind === "files") {
      return { name, status: "ok", found: `IDX files in ${source.folder}` };
    }
    return {
      name,
      status: "warn",
      found:
        "no files yet: a run fetches MNIST from the public mirrors, or draws digits where it cannot",
      advice: source.advice,
    };
  } catch (error) {
    const advice = error instanceof UserError ? error.hint : undefined;
    return {
      name,
      status: "fail",
      found: messageOf(error),
      ...(advice === undefined ? {} : { advice }),
    };
  }
}

/** Whether commands start quickly. */
async function checkStart(): Promise<Finding> {
  const name = "start-up";
  const bundle = await findBundle();
  if ("code" in bundle) {
    return { name, status: "ok", found: `From the bundle, ${bundle.code}` };
  }
  return {
    name,
    status: "warn",
    found: `From the sources, which is slower: ${bundle.problem}`,
  };
}
