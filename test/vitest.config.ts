import { defineConfig } from "vitest/config";
import { processPool } from "./processes/pool.ts";

const HANGS_MS = 600_000;

export default defineConfig({
  test: {
    include: ["test/**/*_test.ts"],
    globalSetup: ["test/set_up.ts"],
    // Each file gets a process of its own: an engine is process-wide state.
    pool: processPool(),
    // What a test prints goes out at once, and is not lost with its process.
    disableConsoleIntercept: true,
    // By default one core is left out: half of a small machine.
    maxWorkers: "100%",
    // These end what hangs, and nothing else: a test waits for events, which on
    // a busy machine may take many times as long as they do on a quiet one.
    testTimeout: HANGS_MS,
    hookTimeout: HANGS_MS,
    expect: { poll: { timeout: HANGS_MS / 2 } },
  },
});
