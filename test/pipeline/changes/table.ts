/**
 * Prints the table of changes for `core/pipeline/README.md`: `npm run changes`.
 * With `--json` the bare results, with `--planned` what would run, unproved.
 *
 * @module
 */

import { runPlan } from "../../../core/pipeline/runner.ts";
import { registerResolver } from "../../../core/load/resolver.ts";
import { scriptFlags } from "../../script_flags.ts";
import { CHANGES } from "./changes.ts";
import { type ChangeResult, measureChange } from "./measure_change.ts";
import { createChangesProject, removeProject } from "./project.ts";

const { planned, json } = scriptFlags({
  planned: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
});
registerResolver();
const project = createChangesProject();
try {
  const first = await runPlan(await project.plan());
  if (first.status !== "done") throw new Error("The project does not run");
  const results: ChangeResult[] = [];
  const isRun = !planned;
  for (const change of CHANGES) {
    results.push(await measureChange(project, change, { isRun }));
  }
  console.log(
    json ? JSON.stringify(results) : table(results),
  );
} finally {
  removeProject(project);
}

function table(results: readonly ChangeResult[]): string {
  const rows = results.map(({ reruns, why }, index) => {
    const said = why.map((text) => `\`${text}\``).join(", ");
    return `| ${CHANGES[index]!.what} | ${reruns} | ${said} |`;
  });
  return [
    "| what changed | what runs again | what `why` says |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
