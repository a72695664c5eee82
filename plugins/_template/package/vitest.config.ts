import { defineConfig } from "vitest/config";

// An engine is state of the process.
export default defineConfig({ test: { pool: "forks" } });
