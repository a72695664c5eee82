/** npm that dies before the command that it has started. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BIN, startChild } from "../processes/child.ts";
import { createCheckout } from "../runs/_checkout.ts";

const LAUNCHER = new URL("../../core/cli/launcher.ts", import.meta.url).href;
const STARTED_BY = new URL("../../core/load/starter.mjs", import.meta.url)
  .href;
const TSX = import.meta.resolve("tsx");

/** Starts a command by a shell, which is not replaced by it, or without one. */
const STARTER = `
const { spawn } = require("node:child_process");
const [how, ...words] = process.argv.slice(2);
const [file, ...args] = how === "shell" || how === "apart"
  ? ["sh", "-c", '"$@"; exit $?', "sh", ...words]
  : words;
spawn(file, args, { stdio: "inherit", detached: how === "apart" })
  .on("exit", (code) => process.exit(code));
`;
const ASK = `
import { findLauncher } from ${JSON.stringify(LAUNCHER)};
console.log(await findLauncher() === null ? "nobody" : "npm");
`;
const OF_NPM = {
  npm_execpath: "npm-cli.js",
  npm_lifecycle_script: undefined,
};
const OF_NOBODY = {
  npm_execpath: undefined,
  npm_lifecycle_event: undefined,
  npm_lifecycle_script: undefined,
  npm_config_user_agent: undefined,
};

describe.skipIf(process.platform === "win32")("npm", () => {
  test.each([
    ["npm", "shell", "npm"],
    ["npm", "direct", "npm"],
    ["npm-cli.js", "shell", "npm"],
    ["yarn-4.9.1.cjs", "direct", "npm"],
    ["npm", "apart", "nobody"],
    ["supervisor", "shell", "nobody"],
  ])("%s, %s: its death counts as that of %s", async (name, how, whom) => {
    expect(await ask(startedBy(name, how), OF_NPM)).toBe(whom);
  });

  test("is not looked for where nothing speaks of it", async () => {
    expect(await ask(startedBy("npm", "shell"), OF_NOBODY)).toBe("nobody");
  });

  test.each(["SIGTERM", "SIGKILL"] as const)(
    "a run ends in order where it dies by %s",
    async (signal) => {
      const { folder } = createCheckout();
      const words = ["run", "--set", "train.waits=true"];
      const child = startChild(
        [...startedBy("npm", "shell").command, process.execPath, BIN, ...words],
        { cwd: folder, env: OF_NPM },
      );
      await child.until("train Gaussian(0,1): started");
      await child.kill(signal);
      // Its streams are the run's, so this waits for that.
      expect((await child.ended).stderr).toContain(
        "Interrupted; the same command resumes from here",
      );
    },
  );

  test.skipIf(!existsSync("/proc/self/stat")).each(["direct", "shell"])(
    "a command ends whose npm (%s) has died before it looked",
    async (how) => {
      const { command, folder } = startedBy("npm", how);
      const script = join(folder, "command.mjs");
      const isGone = how === "direct"
        ? "process.ppid !== shell"
        : 'readFileSync(`/proc/${shell}/stat`, "utf8").split(" ")[3] !== npm';
      writeFileSync(
        script,
        `import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { starters } from ${JSON.stringify(STARTED_BY)};
import { endWithLauncher } from ${JSON.stringify(LAUNCHER)};
const [shell, parent] = starters;
const npm = String(parent);
console.log("runs");
while (!(${isGone})) await setTimeout(10);
endWithLauncher(starters);
setInterval(() => {}, 1000);`,
      );
      const child = startChild(
        [...command, process.execPath, "--import", TSX, script],
        { env: { ...OF_NPM, npm_lifecycle_script: '"$@"; exit $?' } },
      );
      await child.until("runs");
      await child.kill("SIGKILL");
      await child.ended;
    },
  );

  test.skipIf(!existsSync("/proc/self/stat"))(
    "a command ends whose npm has died before its first line",
    async () => {
      const { command, folder } = startedBy("npm", "direct");
      const script = join(folder, "command.mjs");
      const started = join(folder, "started");
      writeFileSync(
        script,
        `import { writeFileSync } from "node:fs";
import { endWithLauncher } from ${JSON.stringify(LAUNCHER)};
endWithLauncher();
setInterval(() => {}, 1000);
writeFileSync(${JSON.stringify(started)}, "");`,
      );
      const npm = startChild([
        ...command,
        ...[
          "sh",
          "-c",
          'echo runs; while kill -0 $PPID; do sleep 0.05; done; exec "$@"',
        ],
        ...["sh", process.execPath, "--import", TSX, script],
      ], {
        env: { ...OF_NPM, npm_lifecycle_script: 'exec "$@"' },
        // Whoever adopts the command is of another session.
        detached: true,
      });
      await npm.until("runs");
      await npm.kill("SIGKILL");
      await npm.ended;
      expect(existsSync(started)).toBe(true);
    },
  );

  test("a command that does not listen ends, too", async () => {
    const { command, folder } = startedBy("npm", "shell");
    const script = join(folder, "command.mjs");
    writeFileSync(
      script,
      `import { endWithLauncher, findLauncher } from ${
        JSON.stringify(LAUNCHER)
      };
endWithLauncher();
await findLauncher();
setInterval(() => {}, 1000);
console.log("runs");`,
    );
    const child = startChild(
      [...command, process.execPath, "--import", TSX, script],
      { env: OF_NPM },
    );
    await child.until("runs");
    await child.kill("SIGKILL");
    await child.ended;
  });
});

async function ask(
  { command, folder }: ReturnType<typeof startedBy>,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const script = join(folder, "ask.mjs");
  writeFileSync(script, ASK);
  const words = [...command, process.execPath, "--import", TSX, script];
  return (await startChild(words, { env }).ended).stdout.trim();
}

function startedBy(name: string, how: string) {
  const folder = mkdtempSync(join(tmpdir(), "launcher-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, name);
  writeFileSync(script, STARTER);
  return { folder, command: [process.execPath, script, how] };
}
