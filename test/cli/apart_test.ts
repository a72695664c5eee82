/** Commands that start TensorFlow, in a process apart. */

import { expect, test } from "vitest";
import { isAlive, markOf } from "../../core/lib/owner.ts";
import { BIN, runCli, startChild } from "../processes/child.ts";

const GREETING =
  "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n" +
  "I0000 00:00:1795905234.533597   21013 port.cc:153] oneDNN custom operations are on. You may see";

/** Has the process apart write to stderr when it starts, as TensorFlow does. */
function apartWrites(text: string): NodeJS.ProcessEnv {
  const script =
    `import { writeSync } from "node:fs"; if (process.send) writeSync(2, ${
      JSON.stringify(`${text}\n`)
    }.replace("PID", process.pid));`;
  return {
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
  };
}

test.each(["check", "convert"])(
  "%s passes on what is said, but not TensorFlow's greeting",
  async (command) => {
    const flags = command === "check" ? ["./gone.ts"] : ["--to", "nyp"];
    const env = apartWrites(`${GREETING}\nsomething else`);
    const { code, stdout, stderr } = await runCli([command, ...flags], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^something else\nerror: Cannot /);
  },
);

const { started: _, ...HERE } = markOf();
const long = ["check", "gaussian", "--engine", "wasm"];

test("Ctrl-C ends both", async () => {
  const child = startChild([process.execPath, BIN, ...long], {
    env: apartWrites("runs as PID"),
  });
  const line = await child.until("runs as ");
  await child.kill("SIGINT");
  expect((await child.ended).code).toBe(130);
  expect(isAlive({ ...HERE, pid: Number(line.split(" ")[2]) })).toBe(false);
});

test("nothing goes on without the command", async () => {
  const child = startChild([process.execPath, BIN, ...long], {
    env: apartWrites("runs as PID"),
  });
  const line = await child.until("runs as ");
  await child.until("Contract and options");
  await child.kill("SIGKILL");
  const pid = Number(line.split(" ")[2]);
  await expect.poll(() => isAlive({ ...HERE, pid })).toBe(false);
});
