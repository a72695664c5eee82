/**
 * A command in a process of its own, for its stderr passes through this one:
 * TensorFlow writes a greeting there that no setting silences.
 *
 * @module
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isGreeting } from "../engine/native/greeting.ts";
import { EXIT, type Terminal } from "./command.ts";
import { whenLauncherIsGone } from "./launcher.ts";

const BIN = fileURLToPath(new URL("./bin.mjs", import.meta.url));
const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** So often is a command told to end; npm may tell of each Ctrl-C twice. */
const MAX_TOLD = 2;

/** Whether this process is one that {@link runApart} has started. */
export function isApart(): boolean {
  return process.send !== undefined;
}

/** Runs the command line `argv` apart, and gives its exit code. */
export async function runApart(
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const child = fork(BIN, argv, {
    stdio: ["inherit", "inherit", "pipe", "ipc"],
    // Colours are wanted where this process's stderr would have them.
    env: {
      ...process.env,
      ...(process.stderr.isTTY === true ? { FORCE_COLOR: "1" } : {}),
    },
  });
  let told = 0;
  const passOn = (signal: NodeJS.Signals) => {
    // The second one ends it at once, but where it has no ear for it.
    child.kill(++told > MAX_TOLD ? "SIGKILL" : signal);
  };
  for (const signal of PASSED_ON) process.on(signal, passOn);
  const forget = whenLauncherIsGone(() => told > 0 || passOn("SIGTERM"));
  createInterface({ input: child.stderr! }).on("line", (line) => {
    // That process has made it printable.
    if (!isGreeting(line)) terminal.err(line, "colored");
  });
  try {
    const [code, signal] = await once(child, "close") as [
      number | null,
      NodeJS.Signals | null,
    ];
    if (told > MAX_TOLD) return EXIT.interrupted;
    if (signal === null) return code ?? EXIT.failed;
    if (!PASSED_ON.some((one) => one === signal)) {
      terminal.err(`error: the process ended by signal ${signal}`);
    }
    return 128 + constants.signals[signal];
  } finally {
    for (const signal of PASSED_ON) process.off(signal, passOn);
    forget();
  }
}

/** Ends this process, which was started by {@link runApart}, with that one. */
export function endWithParent(): void {
  process.once("disconnect", () => process.exit(EXIT.failed));
  process.channel?.unref();
}
