/** The command `doctor`. @module */

import { spellCommands } from "../../lib/command_line.ts";
import { formatColumns } from "../../lib/columns.ts";
import type { Finding } from "../../engine/doctor.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import { type Command, EXIT } from "../command.ts";
import { jsonFlag } from "../flags.ts";

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;

/** Says what this machine has, what it lacks, what to do; exit 1 where it cannot do without. */
export const doctor: Command = {
  name: "doctor",
  description: "Say what is there, what is missing and what to do about it",
  flags: [jsonFlag],
  examples: ["doctor"],
  run: async (flags, terminal) => {
    const { diagnose } = await import("../../engine/doctor.ts");
    const { describeProxies } = await import("../../lib/network/describe.ts");
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
  },
};

function spelled({ found, advice, ...finding }: Finding): Finding {
  return {
    ...finding,
    found: spellCommands(found),
    ...(advice === undefined ? {} : { advice: spellCommands(advice) }),
  };
}

/** Where images would come from; fetches nothing. */
async function checkData(): Promise<Finding> {
  const name = "data";
  const { findSource } = await import("../../../datasets/mod.ts");
  try {
    const source = await findSource({ download: false });
    if (source.kind === "files") {
      return {
        name,
        status: "ok",
        found: `${source.format.name} files in ${source.folder}`,
      };
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
  const { findBundle } = await import("../../load/launch.mjs");
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
