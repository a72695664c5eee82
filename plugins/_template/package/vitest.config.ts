import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // An engine is state of the process.
    pool: "forks",
    // It comes as TypeScript.
    server: { deps: { inline: ["vae-priors"] } },
  },
});
