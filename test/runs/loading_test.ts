import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { outputOf } from "../processes/child.ts";

/** What the commands that look after runs import when they are run. */
const modules = [
  "cli/_artifact.ts",
  "cli/_comparison.ts",
  "cli/_list_runs.ts",
  "cli/_places.ts",
  "cli/_repeat.ts",
  "cli/_run.ts",
  "runs/archive/export_run.ts",
  "runs/archive/import_run.ts",
  "runs/check_record.ts",
  "runs/compare.ts",
  "runs/find_artifact.ts",
  "runs/gc.ts",
  "runs/verify.ts",
];

test("no command that looks after runs loads TensorFlow", async () => {
  const urls = modules.map((path) =>
    new URL(`../../core/${path}`, import.meta.url).href
  );
  const tf = new URL("../../core/engine/tf.ts", import.meta.url).href;
  const script = `
    await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    const { isTensorFlowLoaded } = await import(${JSON.stringify(tf)});
    console.log(isTensorFlowLoaded());
  `;
  const stdout = await outputOf([
    process.execPath,
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    script,
  ], { cwd: fileURLToPath(new URL("../../", import.meta.url)) });
  expect(stdout.trim()).toBe("false");
});
