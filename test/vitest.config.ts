import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ARCHIVE, ENGINES, LongestFirst, SHARING } from "./processes/order.ts";
import { processPool } from "./processes/pool.ts";

const HANGS_MS = 600_000;

export default defineConfig({
  resolve: {
    tsconfigPaths: true,
    alias: [{
      find: /^.*\/load\/child_program\.ts$/,
      replacement: fileURLToPath(
        new URL("./processes/from_bundle.ts", import.meta.url),
      ),
    }],
  },
  test: {
    pool: processPool(),
    sequence: { sequencer: LongestFirst },
    // Servers of the tests are on this machine, whatever proxies it has.
    env: { no_proxy: "*" },
    // What a test prints goes out at once, and is not lost with its process.
    disableConsoleIntercept: true,
    // One more than cores: there is always a test that waits for a process.
    maxWorkers: availableParallelism() + 1,
    // These end what hangs, and nothing else: a test waits for events, which on
    // a busy machine may take many times as long as they do on a quiet one.
    testTimeout: HANGS_MS,
    hookTimeout: HANGS_MS,
    expect: { poll: { timeout: HANGS_MS / 2 } },
    projects: [
      {
        extends: true,
        test: {
          // Each file gets a process of its own: an engine is process-wide state.
          name: "own",
          include: ["test/**/*_test.ts"],
          exclude: [...SHARING, ...ENGINES, ARCHIVE],
          globalSetup: ["test/set_up.ts"],
        },
      },
      {
        extends: true,
        // Of who publishes: npm packs, installs and installs again.
        test: { name: "archive", include: [ARCHIVE] },
      },
      {
        extends: true,
        test: { name: "engines", include: [...ENGINES], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "sharing",
          include: [...SHARING],
          isolate: false,
          setupFiles: ["test/processes/untouched.ts"],
        },
      },
    ],
  },
});
