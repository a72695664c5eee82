/**
 * How Vitest runs `npm test` (files `*_test.ts`) and `npm run proofs`
 * (`*_proof.ts`).
 *
 * @module
 */

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { ENGINES, LongestFirst, SHARING } from "./order.ts";
import { processPool } from "./pool.ts";

const HANGS_MS = 600_000;

/** Of the files whose names end with the kind. */
export function configOf(kind: "test" | "proof"): ViteUserConfig {
  const named = (files: readonly string[]) =>
    files.map((file) => `${file}_${kind}.ts`);
  return defineConfig({
    resolve: {
      tsconfigPaths: true,
      alias: [{
        find: /^.*\/load\/child_program\.ts$/,
        replacement: fileURLToPath(new URL("from_bundle.ts", import.meta.url)),
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
            include: named(["test/**/*"]),
            exclude: named([...SHARING, ...ENGINES]),
            globalSetup: ["test/set_up.ts"],
          },
        },
        {
          extends: true,
          test: { name: "engines", include: named(ENGINES), isolate: false },
        },
        {
          extends: true,
          test: {
            name: "sharing",
            include: named(SHARING),
            isolate: false,
            setupFiles: ["test/processes/untouched.ts"],
          },
        },
      ],
    },
  });
}
